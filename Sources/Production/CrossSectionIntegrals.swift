import ComputeDevices
import LeptonicPortal

/// Index spaces of at most this many nodes are evaluated at a time, so that memory stays bounded.
private let mostNodes = 1 << 20

extension CrossSectionCalculator {
  /// sigma of each (energy, m_phi) at one quadrature order, and evaluations per point.
  func totals(
    _ order: QuadratureOrder, _ points: [(energy: Double, mPhi: Double)], _ cuts: ProductionCuts
  ) throws -> (values: [Double], evaluations: Int) {
    let recoil = GaussLegendre(count: order.recoil), polar = GaussLegendre(count: order.polar)
    let perPoint = order.recoil * order.polar
    let values = try inBlocks(points, nodesPerPoint: perPoint) { block in
      let (integrand, jacobian) = try evaluateNodes(block, recoil, polar, order.transfer, cuts)
      return block.indices.map { point in
        var sum = 0.0
        for i in recoil.nodes.indices {
          let start = point * perPoint + i * order.polar
          let inner = weightedSum(integrand[start..<start + order.polar], polar.weights)
          sum += recoil.weights[i] * (jacobian[start] * inner)
        }
        return sum
      }
    }
    return (values, perPoint * order.transfer)
  }

  /// dsigma/dx of each (energy, m_phi, 1-x) at one quadrature order, and evaluations per point.
  func differentials(
    _ order: QuadratureOrder, _ points: [(energy: Double, mPhi: Double, oneMinusX: Double)], _ largestVersine: Double
  ) throws -> (values: [Double], evaluations: Int) {
    let polar = GaussLegendre(count: order.polar)
    let values = try inBlocks(points, nodesPerPoint: order.polar) { block in
      let tables = [
        block.map(\.energy), block.map(\.mPhi), block.map(\.oneMinusX), [largestVersine], polar.nodes,
        process.auxiliary(rule: GaussLegendre(count: order.transfer)),
      ]
      let strides = [[1, 0], [1, 0], [1, 0], [0, 0], [0, 1]]
      let step = Program.Step(
        kernel: method.differentialKernel, inputs: strides.enumerated().map { .table($0, strides: $1) }, outputs: [0],
        auxiliary: 5)
      let program = Program(
        shape: [block.count, order.polar], tables: tables, steps: [step], streamCount: 1,
        results: [.init(stream: 0, type: .float64)])
      let integrand = try device.evaluateAll(program)[0]
      return block.indices.map {
        weightedSum(integrand[$0 * order.polar..<($0 + 1) * order.polar], polar.weights)
      }
    }
    return (values, order.polar * order.transfer)
  }

  /// The integrand of dsigma/dx, and dx/du, on the product of points, recoil nodes and polar nodes.
  private func evaluateNodes(
    _ points: ArraySlice<(energy: Double, mPhi: Double)>, _ recoil: GaussLegendre, _ polar: GaussLegendre,
    _ transferNodes: Int, _ cuts: ProductionCuts
  ) throws -> (integrand: [Double], jacobian: [Double]) {
    let tables = [
      points.map(\.energy), points.map(\.mPhi), [cuts.recoilEnergy.lowerBound], [cuts.recoilEnergy.upperBound],
      recoil.nodes, [cuts.largestVersine], polar.nodes, process.auxiliary(rule: GaussLegendre(count: transferNodes)),
    ]
    let auxiliary = tables.count - 1
    let perPoint = [1, 0, 0], shared = [0, 0, 0]
    let (energy, mPhi) = (Program.Operand.table(0, strides: perPoint), Program.Operand.table(1, strides: perPoint))
    let steps = [
      Program.Step(
        kernel: method.recoilKernel,
        inputs: [
          energy, mPhi, .table(2, strides: shared), .table(3, strides: shared), .table(4, strides: [0, 1, 0]),
        ], outputs: [0, 1, 2], auxiliary: auxiliary),
      Program.Step(
        kernel: method.differentialKernel,
        inputs: [energy, mPhi, .stream(0), .table(5, strides: shared), .table(6, strides: [0, 0, 1])], outputs: [3],
        auxiliary: auxiliary),
    ]
    let program = Program(
      shape: [points.count, recoil.nodes.count, polar.nodes.count], tables: tables, steps: steps, streamCount: 4,
      results: [.init(stream: 3, type: .float64), .init(stream: 1, type: .float64)])
    let results = try device.evaluateAll(program)
    return (results[0], results[1])
  }

  private func inBlocks<Point>(
    _ points: [Point], nodesPerPoint: Int, _ evaluate: (ArraySlice<Point>) throws -> [Double]
  ) throws -> [Double] {
    let length = max(1, mostNodes / nodesPerPoint)
    return try stride(from: 0, to: points.count, by: length).flatMap { start in
      // Re-based, so that a block's indices count from 0.
      try evaluate(Array(points[start..<min(start + length, points.count)])[...])
    }
  }
}

private func weightedSum(_ values: ArraySlice<Double>, _ weights: [Double]) -> Double {
  var sum = 0.0
  for (value, weight) in zip(values, weights) { sum += value * weight }
  return sum
}
