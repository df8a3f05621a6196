/// Repeated measurements of a rate.
public struct RateMeasurement: Sendable, Hashable, Codable {
  /// Each repeat's, ascending.
  public let rates: [Double]

  /// - Parameter rates: at least one; the statistics are NaN without any.
  public init(_ rates: [Double]) { self.rates = rates.sorted() }

  public var lowest: Double { rates.first ?? .nan }
  public var highest: Double { rates.last ?? .nan }
  public var median: Double {
    let middle = rates.count / 2
    guard middle < rates.count else { return .nan }
    return rates.count % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2
  }

  private enum CodingKeys: CodingKey { case median, lowest, highest, rates }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(try container.decode([Double].self, forKey: .rates))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(median, forKey: .median)
    try container.encode(lowest, forKey: .lowest)
    try container.encode(highest, forKey: .highest)
    try container.encode(rates, forKey: .rates)
  }
}

/// What a device can do at most, measured; the denominators of "fraction of peak".
public struct DeviceCeilings: Sendable, Hashable, Codable {
  /// Double-precision multiply-adds in registers [flop/s], two operations each.
  public var multiplyAdd: RateMeasurement
  /// a = b + 3 c on arrays larger than any cache [byte/s], 24 bytes per element.
  public var bandwidth: RateMeasurement
  /// Copies from pinned memory of the host to the device, and back [byte/s]; nil where the device computes in the host's
  /// memory.
  public var hostToDevice: RateMeasurement?
  public var deviceToHost: RateMeasurement?

  public init(
    multiplyAdd: RateMeasurement, bandwidth: RateMeasurement, hostToDevice: RateMeasurement? = nil,
    deviceToHost: RateMeasurement? = nil
  ) {
    self.multiplyAdd = multiplyAdd
    self.bandwidth = bandwidth
    self.hostToDevice = hostToDevice
    self.deviceToHost = deviceToHost
  }

  enum CodingKeys: String, CodingKey {
    case multiplyAdd = "multiply_add_flop_per_s"
    case bandwidth = "bandwidth_bytes_per_s"
    case hostToDevice = "host_to_device_bytes_per_s"
    case deviceToHost = "device_to_host_bytes_per_s"
  }
}

extension DeviceCeilings {
  /// Two measurements of the same device as one.
  public func joined(with other: DeviceCeilings) -> DeviceCeilings {
    func joined(_ a: RateMeasurement, _ b: RateMeasurement) -> RateMeasurement { RateMeasurement(a.rates + b.rates) }
    func joined(_ a: RateMeasurement?, _ b: RateMeasurement?) -> RateMeasurement? {
      if let a, let b { joined(a, b) } else { a ?? b }
    }
    return DeviceCeilings(
      multiplyAdd: joined(multiplyAdd, other.multiplyAdd), bandwidth: joined(bandwidth, other.bandwidth),
      hostToDevice: joined(hostToDevice, other.hostToDevice), deviceToHost: joined(deviceToHost, other.deviceToHost))
  }
}

/// A device that can measure its own limits.
public protocol MeasurableDevice: Device {
  /// - Parameter repeats: measurements per limit, after one to warm up.
  func measureCeilings(repeats: Int) throws -> DeviceCeilings
}
