import Benchmarking
import ComputeDevices
import Foundation

extension DeviceResult {
  /// The result for a person.
  var text: String {
    var lines = ["\(device)  \(name) (\(driver), \(computeUnits) compute units)"]
    if let ceilings { lines.append(ceilings.text) }
    if !kernels.isEmpty { lines.append(kernelTable) }
    if let scan { lines.append(scan.text) }
    return (lines + failures.map { "  FAILED \($0)" }).joined(separator: "\n")
  }

  private var kernelTable: String {
    var table = TextTable(rightAligned: [1, 2, 3, 4, 5, 6])
    table.add("kernel", "points/s", "with transfer", "to HDF5", "flops/point", "of multiply-add", "of bandwidth")
    for kernel in kernels {
      table.add(
        kernel.kernel, scaled(kernel.kernelRate.median), scaled(kernel.transferRate.median),
        kernel.fileRate.map { scaled($0.median) } ?? "-",
        kernel.flopsPerPoint.map { String(format: "%.1f", $0) } ?? "-",
        kernel.fractionOfMultiplyAdd.map(percent) ?? "-", kernel.fractionOfBandwidth.map(percent) ?? "-")
    }
    return table.text
  }

  private func percent(_ fraction: Double) -> String { String(format: "%.1f %%", 100 * fraction) }
}

extension DeviceCeilings {
  fileprivate var text: String {
    var parts = [
      "multiply-add \(scaled(multiplyAdd.highest))flop/s", "bandwidth \(scaled(bandwidth.highest))B/s",
    ]
    if let hostToDevice { parts.append("to the device \(scaled(hostToDevice.median))B/s") }
    if let deviceToHost { parts.append("to the host \(scaled(deviceToHost.median))B/s") }
    return "  limits: " + parts.joined(separator: ", ")
  }
}

extension ScanResult {
  fileprivate var text: String {
    "  scan of \(scaled(Double(points))) points: \(scaled(computeRate.median)) points/s computed "
      + "(\(scaled(unsharedRate.median)) without sharing along axes), "
      + "\(scaled(fileRate.median)) points/s to HDF5 (\(scaled(fileBytesPerSecond))B/s)"
  }
}
