import ComputeDevices

/// One thing that a device was tested for.
public struct SelfTestCheck: Sendable, Hashable, Encodable {
  /// In what `largestError` and `limit` are measured.
  public enum Unit: String, Sendable, Encodable {
    /// Units in the last place of the expected value.
    case ulp
    /// |value/expected - 1|.
    case relative
  }

  /// What was tested, for instance `bits of exponential`.
  public var name: String
  public var passed: Bool
  /// Values compared.
  public var points: Int
  /// Values whose error is above the limit.
  public var failures: Int
  /// Over all points; nil where a number stands against a NaN or an infinity.
  public var largestError: Double?
  public var limit: Double
  public var unit: Unit
  /// What went wrong, as part of a sentence; empty if nothing did.
  public var finding: String

  enum CodingKeys: String, CodingKey {
    case name, passed, points, failures, limit, unit, finding
    case largestError = "largest_error"
  }

  public init(name: String, errors: Errors, limit: Double, unit: Unit) {
    self.name = name
    self.limit = limit
    self.unit = unit
    points = errors.values.count
    failures = errors.values.filter { !($0 <= limit) }.count
    largestError = errors.largest
    passed = failures == 0
    let size = errors.largest.map { "up to \(readable($0)) \(unit == .ulp ? "ulp" : "(relative)")" }
    finding = passed ? "" : "\(name): \(failures) of \(points) values off by \(size ?? "more than any number")"
  }

  /// A check that could not be made, for instance because a kernel does not compile.
  public init(name: String, failure: any Error) {
    self.init(name: name, errors: Errors(values: []), limit: 0, unit: .ulp)
    passed = false
    finding = "\(name): \(failure)"
  }

  /// The errors of some values.
  public struct Errors: Sendable {
    public var values: [Double]

    public init(values: [Double]) { self.values = values }

    var largest: Double? {
      let largest = values.reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
      return largest.isFinite ? largest : nil
    }
  }
}

/// What the self-test found on one device.
public struct SelfTestReport: Sendable, Encodable {
  public var device: DeviceIdentity
  public var checks: [SelfTestCheck]

  public var passed: Bool { checks.allSatisfy(\.passed) }

  /// What is wrong with the device, in one sentence; nil if nothing is.
  public var deviation: String? {
    let findings = checks.filter { !$0.passed }.map(\.finding)
    return findings.isEmpty ? nil : findings.joined(separator: "; ")
  }

  private enum CodingKeys: String, CodingKey {
    case device, driver, name, passed, deviation, checks
    case computeUnits = "compute_units"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(device.selector, forKey: .device)
    try container.encode(device.name, forKey: .name)
    try container.encode(device.driver, forKey: .driver)
    try container.encode(device.computeUnits, forKey: .computeUnits)
    try container.encode(passed, forKey: .passed)
    try container.encode(deviation, forKey: .deviation)
    try container.encode(checks, forKey: .checks)
  }
}

/// Three digits.
private func readable(_ value: Double) -> String {
  value == value.rounded() && value < 1e6 ? "\(Int(value))" : value.formatted(.number.precision(.significantDigits(3)))
}
