import ComputeDevices
import LeptonicPortal
import PortalKernels

/// Energy and momentum in the laboratory frame [GeV]; the beam is along z.
public struct FourMomentum: Sendable, Hashable {
  public var energy, x, y, z: Double

  public init(energy: Double, x: Double, y: Double, z: Double) {
    (self.energy, self.x, self.y, self.z) = (energy, x, y, z)
  }
}

/// One weighted event l N -> l' N phi.
public struct ProductionEvent: Sendable, Hashable {
  /// [pb] for h = 1: the mean over all events of a run is the cross section.
  public var weight: Double
  public var phi: FourMomentum
  /// l'.
  public var lepton: FourMomentum
  /// `energy` is the kinetic energy, which is far smaller than M.
  public var nucleus: FourMomentum
}

extension MonteCarloIntegrator {
  /// Weighted events, at least `count`; none where the process is closed. Event i follows from (seed, stream, point, i).
  public func events(
    energy: Double, mPhi: Double, count: Int, recoilEnergy: ClosedRange<Double> = ProductionCuts.none.recoilEnergy
  ) throws -> [ProductionEvent] {
    let wanted = min(64, max(1, count))
    let edges = try RecoilStrata(
      count: wanted, process: process, energy: energy, mPhi: mPhi, cuts: recoilEnergy, device: device
    ).edges
    guard edges.count > 1, count > 0 else { return [] }
    let perStratum = (count + wanted - 1) / wanted
    let kernel = Kernel(portal_kernel_production_event)
    // Strata vary fastest, so that any leading part of a run covers phase space.
    let inputs: [Program.Operand] = [
      .table(0, strides: [0, 0]), .table(1, strides: [0, 0]), .table(2, strides: [0, 1]), .table(3, strides: [0, 1]),
      .table(4, strides: [wanted, 1]), .table(5, strides: [0, 0]),
    ]
    let outputs = Array(0..<kernel.outputCount)
    let program = Program(
      shape: [perStratum, wanted],
      tables: [
        [energy], [mPhi], Array(edges.dropLast()), Array(edges.dropFirst()),
        (0..<perStratum * wanted).map(Double.init), [Double(random.point)], process.auxiliary(random: random),
      ], steps: [Program.Step(kernel: kernel, inputs: inputs, outputs: outputs, auxiliary: 6)],
      streamCount: outputs.count, results: outputs.map { .init(stream: $0, type: .float64) })
    let columns = try device.evaluateAll(program)
    func momentum(_ first: Int, _ i: Int) -> FourMomentum {
      FourMomentum(
        energy: columns[first][i], x: columns[first + 1][i], y: columns[first + 2][i], z: columns[first + 3][i])
    }
    return columns[0].indices.map {
      ProductionEvent(
        weight: columns[0][$0] * Double(wanted), phi: momentum(1, $0), lepton: momentum(5, $0),
        nucleus: momentum(9, $0))
    }
  }
}
