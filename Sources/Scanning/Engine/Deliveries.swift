import ComputeDevices

/// How much each device delivered in a run, less what was withdrawn.
struct Deliveries {
  private var bytesOfDevices: [String: Int] = [:]

  var bytes: Int { bytesOfDevices.values.reduce(0, +) }

  /// The part of each device, by selector; empty where nothing is delivered.
  var shares: [String: Double] {
    let total = bytes
    return total == 0 ? [:] : bytesOfDevices.mapValues { Double($0) / Double(total) }
  }

  mutating func add(_ bytes: Int, of device: DeviceIdentity) { bytesOfDevices[device.selector, default: 0] += bytes }

  mutating func remove(_ bytes: Int, of device: DeviceIdentity) { add(-bytes, of: device) }
}
