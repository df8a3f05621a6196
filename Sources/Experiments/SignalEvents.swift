import LeptonicPortal
import PortalKernels

extension Experiment {
  /// The name as part of the names of variables: `na64e_2022`.
  public var variableName: String { String(name.map { $0 == "-" ? "_" : $0 }) }

  /// The observable `events_NAME`: expected events, particles x yield x efficiency x h_mue^2 x BR_inv.
  public var eventsQuantity: Quantity {
    Quantity(
      "events_\(variableName)", units: "1", longName: "expected signal events: \(title)", references: source,
      evidence: evidence)
  }

  /// The formulas that lead to ``eventsQuantity`` for masses of phi in a range [GeV].
  ///
  /// The yield enters as a table, made on this machine's CPU when a plan is; with the same bits for every range.
  public func eventsFormulas(mPhi: ClosedRange<Double>) -> [Formula] {
    let perH2 = Quantity(
      "\(eventsQuantity.name)_per_h2", units: "1", longName: "\(eventsQuantity.name) for h_mue = br_invisible = 1")
    let produced = Quantity(
      "\(eventsQuantity.name)_produced", units: "1", longName: "\(eventsQuantity.name) for br_invisible = 1")
    return [
      Formula(
        Kernel(portal_kernel_signal_events), of: [Parameters.mPhi], gives: [perH2],
        auxiliary: { try signalTable(mPhi: mPhi) }),
      Formula(
        Kernel(portal_kernel_times_squared_coupling), of: [Parameters.hMue, perH2], gives: [produced]),
      Formula(
        Kernel(portal_kernel_product), of: [produced, Observables.brInvisible], gives: [eventsQuantity]),
    ]
  }

  /// The run-time data of the kernel `signal_events`, laid out as in Kernels/portable/signal_layout.h.
  package func signalTable(mPhi: ClosedRange<Double>) throws -> [Double] {
    let table = try YieldTable(experiment: self)
    let panels = table.panels(mPhi: mPhi)
    var data = [Double](repeating: 0, count: Int(PORTAL_SIGNAL_SERIES))
    func set(_ index: Int32, _ value: Double) { data[Int(index)] = value }
    set(PORTAL_SIGNAL_MASS_MAX, table.largestMass)
    set(PORTAL_SIGNAL_MASS_MIN, table.pole)
    set(PORTAL_SIGNAL_LARGEST, table.largestCoordinate)
    set(PORTAL_SIGNAL_FIRST, Double(panels.lowerBound) * YieldTable.width)
    set(PORTAL_SIGNAL_PER_WIDTH, 1 / YieldTable.width)
    set(PORTAL_SIGNAL_PANELS, Double(panels.count))
    set(PORTAL_SIGNAL_TERMS, Double(YieldTable.terms))
    set(PORTAL_SIGNAL_EFFICIENCIES, Double(efficiency.values.count))
    set(PORTAL_SIGNAL_PARTICLES, particlesOnTarget)
    return data + (try table.series(panels)) + efficiency.table
  }
}
