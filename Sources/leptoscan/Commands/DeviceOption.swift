import ArgumentParser
import ComputeDevices
import SelfTesting

/// `--device` of the commands that compute something: one fast device unless said otherwise.
typealias DeviceOption = DeviceSelection<FastestDevice>

/// What `--device` means where it is left out.
protocol DefaultDevice { static var selector: String { get } }
enum FastestDevice: DefaultDevice { static let selector = "auto" }
enum EveryDevice: DefaultDevice { static let selector = "all" }

/// `--device`, the same on every command but for its default.
struct DeviceSelection<Default: DefaultDevice>: ParsableArguments {
  @Option(
    name: .customLong("device"),
    help: ArgumentHelp(
      """
      Where to compute: auto (an OpenCL GPU with double precision, else all cores), native (all cores), opencl:N, all, or \
      several with commas, such as native,opencl:1.
      """,
      valueName: "device"))
  var selector = Default.selector
  @Option(
    help: ArgumentHelp(
      """
      The most threads of the native device (default: one for every core that leptoscan may use). OpenCL drivers have \
      threads of their own: POCL_MAX_PTHREAD_COUNT limits those of PoCL.
      """, valueName: "N"))
  var threads: Int?
  @Flag(help: "Compile OpenCL kernels anew instead of using the cache (LEPTOSCAN_CACHE_DIR).") var noCache = false

  func validate() throws {
    guard (1...4096).contains(threads ?? 1) else { throw ValidationError("--threads must be from 1 to 4096.") }
  }

  /// The native device, which helps the others too.
  var native: NativeDevice { threads.map { NativeDevice(threads: $0) } ?? NativeDevice() }

  /// The devices meant; a line on standard error where OpenCL was to be part of it and is not there.
  func devices() throws -> [any Device] { try executor().devices }

  /// For commands that compute on one device: the first of those meant, watched as devices are in a scan; a line on standard
  /// error where there are others.
  func device() throws -> any Device {
    let devices = try devices()
    guard let device = devices.first else { return native }
    if devices.count > 1 {
      printError("leptoscan: computing on \(device.identity.selector) alone: only scan shares its points among devices")
    }
    return device.identity.selector == "native" ? device : CheckedDevice(device)
  }

  /// What shares points among the devices meant.
  func executor() throws -> SharedExecutor {
    // OpenCL drivers are not even loaded.
    if selector.lowercased() == "native" { return SharedExecutor(devices: [native]) }
    let cache = noCache ? ProgramCache(directory: nil) : .standard()
    let catalog = DriverCrash.reported { DeviceCatalog(native: native, cache: cache) }
    let devices = try catalog.devices(for: selector)
    if let line = OpenCLAbsence.line(selector: selector.lowercased(), devices: devices, catalog: catalog) {
      printError("leptoscan: \(line)")
    }
    var executor = SharedExecutor(devices: devices)
    executor.reserve = catalog.reserve(for: selector)
    return executor
  }
}

extension DeviceIdentity {
  /// Several devices as one, for messages and for the file.
  init(of devices: [any Device]) {
    let identities = devices.map(\.identity)
    self.init(
      selector: identities.map(\.selector).joined(separator: ", "),
      name: identities.map(\.name).joined(separator: ", "), driver: identities.map(\.driver).joined(separator: ", "),
      computeUnits: identities.map(\.computeUnits).reduce(0, +))
  }
}
