import ComputeDevices
import LeptonicPortal
import Production
import Testing

/// What the tests compute with; bits do not depend on the device (ComputeDevicesTests).
let device = NativeDevice(threads: 2)

func process(_ channel: ProductionChannel, _ target: String) throws -> ProductionProcess {
  ProductionProcess(channel: channel, nucleus: try #require(TargetMaterial.named(target)).nucleus)
}

func calculator(
  _ channel: ProductionChannel, _ target: String = "Pb", method: CrossSectionMethod = .exact,
  tolerance: Double = 1e-6
) throws -> CrossSectionCalculator {
  CrossSectionCalculator(
    process: try process(channel, target), method: method, tolerance: tolerance, device: device)
}

extension ReferenceTable.Row {
  func calculator() throws -> CrossSectionCalculator {
    let channel = try #require(ProductionChannel(rawValue: String(try text("channel"))))
    return try ProductionTests.calculator(channel, String(try text("target")))
  }
}
