import Foundation

/// The devices of this machine, and what `--device` means.
///
/// `native` is all cores of this machine; `opencl:N` is OpenCL device N; `auto` takes the first of: an OpenCL GPU with
/// double precision, the native device; `all` takes every device that can run the kernels; a list with commas, such as
/// `native,opencl:1`, takes those devices.
public struct DeviceCatalog: Sendable {
  public let native: NativeDevice
  /// Every OpenCL device, those that cannot run the kernels too.
  public let openCL: [OpenCLDeviceDescription]
  /// Why there is no OpenCL device, or which driver's are missing.
  public let openCLFailures: [OpenCLUnavailable]
  private let cache: ProgramCache

  /// Looks for devices. Never fails: without OpenCL there is the native device.
  public init(native: NativeDevice = NativeDevice(), cache: ProgramCache = .standard()) {
    let found = OpenCLDiscovery()
    self.init(native: native, openCL: found.devices, failures: found.failures, cache: cache)
  }

  package init(
    native: NativeDevice, openCL: [OpenCLDeviceDescription], failures: [OpenCLUnavailable], cache: ProgramCache
  ) {
    self.native = native
    self.openCL = openCL
    openCLFailures = failures
    self.cache = cache
  }

  /// The OpenCL devices that can run the kernels.
  public var usableOpenCL: [OpenCLDeviceDescription] { openCL.filter { $0.hasFP64 && $0.isAvailable } }

  /// The OpenCL GPUs that can run the kernels, most compute units first.
  private var gpus: [OpenCLDeviceDescription] {
    usableOpenCL.filter { $0.kind == .gpu }.sorted { ($1.computeUnits, $0.index) < ($0.computeUnits, $1.index) }
  }

  /// What may stand after `--device`.
  public var selectors: [String] { ["auto", "native"] + openCL.map(\.selector) + ["all"] }

  /// What goes on where all devices of a selector failed: with `auto`, which promises no particular device, the native one.
  public func reserve(for selector: String) -> (any Device)? {
    selector.lowercased() == "auto" && !gpus.isEmpty ? native : nil
  }

  /// The devices that a selector means, at least one, in the order of ``selectors``.
  ///
  /// - Throws: ``DeviceSelectionError`` for what means no device, ``OpenCLDeviceUnusable`` for a device without double
  ///   precision.
  public func devices(for selector: String) throws -> [any Device] {
    switch selector.lowercased() {
    case "auto": return [try gpus.first.map { try OpenCLDevice($0, cache: cache) } ?? native]
    case "all": return [native] + (try usableOpenCL.map { try OpenCLDevice($0, cache: cache) })
    case let list:
      let names = list.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      return try ordered(names).map(device(named:))
    }
  }

  private func ordered(_ names: [String]) throws -> [String] {
    for (index, name) in names.enumerated() {
      if names.count > 1, ["auto", "all"].contains(name) { throw error(name, .standsAlone) }
      if names[..<index].contains(name) { throw error(name, .namedTwice) }
      if !selectors.contains(name) { throw error(name, .unknown) }
    }
    return selectors.filter(names.contains)
  }

  private func device(named name: String) throws -> any Device {
    guard let description = openCL.first(where: { $0.selector == name }) else { return native }
    return try OpenCLDevice(description, cache: cache)
  }

  private func error(_ name: String, _ problem: DeviceSelectionError.Problem) -> DeviceSelectionError {
    DeviceSelectionError(
      problem: problem, selector: name, available: selectors, openCLFailures: openCLFailures)
  }
}

/// `--device` names no device of this machine, or names devices badly.
public struct DeviceSelectionError: Error, Sendable, CustomStringConvertible {
  public enum Problem: Sendable {
    case unknown, namedTwice
    /// `auto` and `all` in a list.
    case standsAlone
  }

  public let problem: Problem
  /// The name that is wrong; one of a list.
  public let selector: String
  public let available: [String]
  let openCLFailures: [OpenCLUnavailable]

  public var description: String {
    switch problem {
    case .unknown: unknown
    case .namedTwice: "device '\(selector)' is named twice (a device computes once) name it once"
    case .standsAlone: "device '\(selector)' is in a list (it stands for devices itself) give it alone"
    }
  }

  private var unknown: String {
    let list = available.joined(separator: ", ")
    let hasOpenCL = available.contains { $0.hasPrefix("opencl") }
    if selector.hasPrefix("opencl"), !hasOpenCL, !openCLFailures.isEmpty {
      return "unknown device '\(selector)' (\(openCLFailures.map(\.description).joined(separator: "; ")))"
    }
    let hint = suggestion.map { "did you mean '\($0)'?" } ?? "use one of these"
    return "unknown device '\(selector)' (this machine has \(list)) \(hint)"
  }

  /// The available selector that shares most letters with the given one, in order; nil if that is less than half.
  private var suggestion: String? {
    let scored = available.map { ($0, commonLength(Array($0), Array(selector))) }
    guard let best = scored.max(by: { $0.1 * $1.0.count < $1.1 * $0.0.count }),
      2 * best.1 > max(best.0.count, selector.count)
    else { return nil }
    return best.0
  }
}

/// Length of the longest common subsequence.
private func commonLength(_ a: [Character], _ b: [Character]) -> Int {
  var previous = [Int](repeating: 0, count: b.count + 1)
  for x in a {
    var current = [0]
    for (j, y) in b.enumerated() { current.append(x == y ? previous[j] + 1 : max(previous[j + 1], current[j])) }
    previous = current
  }
  return previous[b.count]
}
