import ComputeDevices
import Foundation
import Testing

struct DeviceCatalogTests {
  private let catalog: DeviceCatalog = {
    _ = openCLDescriptions  // sets the cache directories of this process
    return DeviceCatalog(cache: testCache)
  }()

  @Test func nativeIsAlwaysThere() throws {
    #expect(try catalog.devices(for: "native").map(\.identity.selector) == ["native"])
    #expect(catalog.selectors.starts(with: ["auto", "native"]))
  }

  @Test func autoPrefersGPUThenNative() throws {
    let gpus = catalog.usableOpenCL.filter { $0.kind == .gpu }.map(\.selector)
    let chosen = try #require(catalog.devices(for: "auto").first).identity.selector
    #expect(gpus.isEmpty ? chosen == "native" : gpus.contains(chosen))
    #expect((catalog.reserve(for: "auto") == nil) == gpus.isEmpty)
    for selector in ["native", "all", "opencl:0"] { #expect(catalog.reserve(for: selector) == nil) }
  }

  @Test func allHasEveryUsableDevice() throws {
    let selectors = try catalog.devices(for: "all").map(\.identity.selector)
    #expect(selectors == ["native"] + catalog.usableOpenCL.map(\.selector))
  }

  @Test func openCLDevicesAreFoundBySelector() throws {
    for device in catalog.usableOpenCL {
      let found = try #require(catalog.devices(for: device.selector).first as? OpenCLDevice)
      #expect(found.description.name == device.name)
      #expect(device.memory > 0 && device.computeUnits > 0 && !device.version.isEmpty)
    }
  }

  @Test(arguments: [("natve", "native"), ("nativ", "native"), ("aut", "auto"), ("al", "all")])
  func unknownSelectorSuggests(word: String, meant: String) {
    let error = #expect(throws: DeviceSelectionError.self) { try catalog.devices(for: word) }
    #expect(error?.description.hasSuffix("did you mean '\(meant)'?") == true)
    #expect(error?.description.contains("auto, native") == true)
  }

  @Test func listsTakeDevicesInOneOrder() throws {
    let all = ["native"] + catalog.usableOpenCL.map(\.selector)
    for list in [all.joined(separator: ","), all.reversed().joined(separator: ", ").uppercased()] {
      #expect(try catalog.devices(for: list).map(\.identity.selector) == all)
    }
  }

  @Test(arguments: [
    ("native,native", DeviceSelectionError.Problem.namedTwice, "native"), ("native,auto", .standsAlone, "auto"),
    ("all,native", .standsAlone, "all"), ("native,", .unknown, ""), ("native,cuda", .unknown, "cuda"),
    ("", .unknown, ""),
  ])
  func badListsAreRefused(list: String, problem: DeviceSelectionError.Problem, name: String) {
    let error = #expect(throws: DeviceSelectionError.self) { try catalog.devices(for: list) }
    #expect(error?.problem == problem && error?.selector == name)
  }

  @Test func unknownNumberIsRefused() {
    #expect(throws: DeviceSelectionError.self) { try catalog.devices(for: "opencl:99") }
    #expect(throws: DeviceSelectionError.self) { try catalog.devices(for: "cuda") }
  }
}

struct OpenCLDiagnosisTests {
  private func temporaryDirectory(file: String, content: String) throws -> String {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("diagnosis-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try Data(content.utf8).write(to: url.appendingPathComponent(file))
    return url.path
  }

  private var hasNVIDIA: Bool { DeviceCatalog().openCL.contains { $0.vendor.contains("NVIDIA") } }

  @Test func findsDriverThatNobodyAnnounces() throws {
    guard !hasNVIDIA else { return }
    let libraries = try temporaryDirectory(file: "libnvidia-opencl.so.1", content: "")
    let vendors = try temporaryDirectory(file: "pocl.icd", content: "libpocl.so.2\n")
    defer { for path in [libraries, vendors] { try? FileManager.default.removeItem(atPath: path) } }
    let diagnosis = OpenCLDiagnosis(catalog: DeviceCatalog(), vendors: vendors, libraryDirectories: [libraries])
    #expect(diagnosis.findings.contains(.driverNotAnnounced(library: libraries + "/libnvidia-opencl.so.1")))
    #expect(diagnosis.description.contains("set OCL_ICD_VENDORS=\(libraries)/libnvidia-opencl.so.1"))
  }

  @Test func announcedDriverIsNotReported() throws {
    let libraries = try temporaryDirectory(file: "libnvidia-opencl.so.1", content: "")
    let vendors = try temporaryDirectory(file: "nvidia.icd", content: "libnvidia-opencl.so.1\n")
    defer { for path in [libraries, vendors] { try? FileManager.default.removeItem(atPath: path) } }
    let diagnosis = OpenCLDiagnosis(catalog: DeviceCatalog(), vendors: vendors, libraryDirectories: [libraries])
    #expect(!diagnosis.findings.contains { if case .driverNotAnnounced = $0 { true } else { false } })
  }

  /// What a loader without drivers gives.
  private let empty = DeviceCatalog(
    native: NativeDevice(), openCL: [], failures: [.noPlatform], cache: ProgramCache(directory: nil))

  private func findings(
    icd content: String, libraryDirectories: [String] = [], environment: [String: String] = [:]
  ) throws -> [OpenCLDiagnosis.Finding] {
    let vendors = try temporaryDirectory(file: "some.icd", content: content)
    defer { try? FileManager.default.removeItem(atPath: vendors) }
    return OpenCLDiagnosis(
      catalog: empty, vendors: vendors, libraryDirectories: libraryDirectories, environment: environment
    ).findings
  }

  @Test func missingDriverFilesAreReported() {
    let diagnosis = OpenCLDiagnosis(
      catalog: empty, vendors: "/nowhere", libraryDirectories: [], environment: [:])
    #expect(diagnosis.findings.first == .noDriverFile(directory: "/nowhere"))
    #expect(!diagnosis.isUsable && !diagnosis.findings.contains(.unavailable(.noPlatform)), "said once")
    let working = OpenCLDiagnosis(catalog: DeviceCatalog(), vendors: "/nowhere", libraryDirectories: [])
    #expect(working.isUsable == !DeviceCatalog().usableOpenCL.isEmpty)
    #expect(!working.isUsable || !working.findings.contains(.noDriverFile(directory: "/nowhere")))
  }

  @Test func driversThatDoNotLoadAreNamed() throws {
    let found = try findings(icd: "libabsent-opencl.so.1\n")
    let text = try #require(found.first?.description)
    #expect(text.contains("/some.icd names libabsent-opencl.so.1, which is not used (dlopen: "))
    #expect(text.hasSuffix("install that driver again, or remove what names it"))
    #expect(!found.contains(.unavailable(.noPlatform)), "said once")
  }

  @Test func whereADriverLiesThatDoesNotLoadIsSaid() throws {
    let libraries = try temporaryDirectory(file: "libabsent-opencl.so.1", content: "")
    defer { try? FileManager.default.removeItem(atPath: libraries) }
    let found = try findings(icd: "libabsent-opencl.so.1\n", libraryDirectories: [libraries])
    #expect(found.first?.description.hasSuffix("set LD_LIBRARY_PATH=\(libraries)") == true)
  }

  @Test func whatIsNoDriverIsNamed() throws {
    #expect(try findings(icd: "/etc/passwd").first?.description.contains("dlopen: /etc/passwd") == true)
    #expect(try findings(icd: "\n").first?.description.contains("names no library (the file has no readable") == true)
    #if os(Linux)
      let mathematics = try findings(icd: "libm.so.6").first?.description
      #expect(mathematics?.contains("libm.so.6, which is not used (it is no OpenCL driver") == true)
    #endif
  }

  @Test func librariesOfTheVariableOfKhronosLoaderAreTried() throws {
    let diagnosis = OpenCLDiagnosis(
      catalog: empty, vendors: "/nowhere", libraryDirectories: [],
      environment: ["OCL_ICD_FILENAMES": "/absent/a.so:/absent/b.so"])
    let texts = diagnosis.problems.map(\.description)
    #expect(texts.contains { $0.hasPrefix("OCL_ICD_FILENAMES names /absent/a.so, ") })
    #expect(texts.contains { $0.hasPrefix("OCL_ICD_FILENAMES names /absent/b.so, ") })
    #expect(!diagnosis.findings.contains(.noDriverFile(directory: "/nowhere")), "one is named")
  }

  @Test func whyAPlatformGivesNothingIsSaid() {
    let error = OpenCLError(call: "clGetDeviceIDs", code: -6, device: "Platform X")
    let catalog = DeviceCatalog(
      native: NativeDevice(), openCL: [], failures: [.noDevice(platform: "Platform Y"), .failing(error)],
      cache: ProgramCache(directory: nil))
    let text = OpenCLDiagnosis(catalog: catalog, vendors: "/nowhere", libraryDirectories: []).description
    #expect(text.contains("Platform Y has no device (clGetDeviceIDs found none)"))
    #expect(text.contains("clGetDeviceIDs failed on Platform X (CL_OUT_OF_HOST_MEMORY, -6)"))
    let refusal = #expect(throws: DeviceSelectionError.self) { try catalog.devices(for: "opencl:0") }
    #expect(refusal?.description.contains("Platform Y has no device") == true)
    #expect(refusal?.description.contains("CL_OUT_OF_HOST_MEMORY") == true)
  }

  @Test(.enabled(if: !openCLDescriptions.isEmpty, "no OpenCL device with double precision"))
  func devicesThatComputeAreUsable() throws {
    let diagnosis = OpenCLDiagnosis(catalog: DeviceCatalog(), runningKernels: true)
    let titles = openCLDescriptions.map { "\($0.selector) \($0.name)" }
    #expect(diagnosis.findings.first == .usable(devices: titles))
  }
}
