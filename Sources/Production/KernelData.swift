import LeptonicPortal
import PortalKernels

/// The run-time data of the production kernels, laid out as in Kernels/portable/production_layout.h.
struct KernelData {
  private(set) var values: [Double]

  /// - Parameter rules: quadrature rules in the order in which the kernel reads them.
  init(_ process: ProductionProcess, cuts: ProductionCuts = .none, rules: [GaussLegendre]) {
    values = [Double](repeating: 0, count: Int(PORTAL_PROCESS_RULES))
    set(PORTAL_PROCESS_LEPTON_IN, process.incomingMass)
    set(PORTAL_PROCESS_LEPTON_OUT, process.outgoingMass)
    set(PORTAL_PROCESS_NUCLEUS, process.nucleus.mass)
    set(PORTAL_PROCESS_COUPLING_PLUS, process.coupling.plus)
    set(PORTAL_PROCESS_COUPLING_MINUS, process.coupling.minus)
    set(PORTAL_PROCESS_CHARGE, Double(process.nucleus.charge))
    set(PORTAL_PROCESS_SCREENING, process.nucleus.atomicScreening)
    set(PORTAL_PROCESS_NUCLEAR_SIZE, process.nucleus.nuclearSize)
    set(PORTAL_PROCESS_INELASTIC_SCREENING, process.formFactor == .elastic ? 0 : process.nucleus.inelasticScreening)
    set(PORTAL_PROCESS_LOWEST_RECOIL, cuts.recoilEnergy.lowerBound)
    set(PORTAL_PROCESS_HIGHEST_RECOIL, cuts.recoilEnergy.upperBound)
    set(PORTAL_PROCESS_LARGEST_VERSINE, cuts.largestVersine)
    for rule in rules { values += [Double(rule.nodes.count)] + rule.nodes + rule.weights }
  }

  /// Quadrature refined to a relative accuracy.
  init(_ process: ProductionProcess, cuts: ProductionCuts, tolerance: Double) {
    let levels = QuadratureOrder.ladder
    self.init(
      process, cuts: cuts, rules: levels.flatMap { [$0.recoil, $0.polar, $0.transfer].map(GaussLegendre.init) })
    set(PORTAL_PROCESS_TOLERANCE, tolerance)
    set(PORTAL_PROCESS_LEVELS, Double(levels.count))
  }

  /// Monte Carlo: samples that belong to `random`, in strata found by a coarse quadrature.
  init(_ process: ProductionProcess, cuts: ProductionCuts, random: RandomStream, plan: SamplingPlan) {
    let order = QuadratureOrder.profile
    self.init(process, cuts: cuts, rules: [order.polar, order.transfer].map(GaussLegendre.init))
    set(PORTAL_PROCESS_SEED, Double(random.seed))
    set(PORTAL_PROCESS_STREAM, Double(random.stream))
    set(PORTAL_PROCESS_STRATA, Double(plan.strata))
    set(PORTAL_PROCESS_TILES, Double(plan.tilesPerStratum))
  }

  /// What a histogram kernel fills.
  mutating func setHistogram(_ histogram: HistogramBins) {
    set(PORTAL_PROCESS_VARIABLE, Double(histogram.variable.rawValue))
    setEdges(histogram.kernelEdges)
  }

  /// Edges of a histogram's bins, or of the strata of events.
  mutating func setEdges(_ edges: [Double]) {
    for (i, edge) in edges.enumerated() { set(PORTAL_PROCESS_EDGES + Int32(i), edge) }
  }

  private mutating func set(_ index: Int32, _ value: Double) { values[Int(index)] = value }
}
