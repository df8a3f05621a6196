import Constraints
import LeptonicPortal
import Production

extension RunCard {
  /// The model that the card asks for.
  /// - Parameter list: the points where the card names a file of them.
  public func model(list: PointList? = nil) -> Model {
    Model(darkMatter: darkMatter, relic: relic, extensions: extensions(masses: masses(list)))
  }

  /// What the card's blocks add to the model.
  private func extensions(masses: ClosedRange<Double>) -> [ModelExtension] {
    let base = Model(darkMatter: darkMatter, relic: relic)
    return [
      production?.observables(seed: seed).modelExtension,
      constraints.map { ConstraintExtension($0, model: base, mPhi: masses).modelExtension },
    ].compactMap(\.self)
  }

  /// The masses of phi that occur [GeV].
  private func masses(_ list: PointList?) -> ClosedRange<Double> {
    switch points {
    case .grid(let axes): axes.mPhi.grid.smallest...axes.mPhi.grid.largest
    case .sampled(let sampling): sampling.axes.mPhi.range.smallest...sampling.axes.mPhi.range.largest
    case .listed: list?.masses ?? PhysicalConstants.muonMass...PhysicalConstants.muonMass
    }
  }

  /// The grid; nil for other points.
  public var space: ParameterSpace? { axes?.space(darkMatter, energy: production?.energy) }

  /// What the card asks for; `status` always belongs to it.
  /// - Parameters:
  ///   - list: the points where the card names a file of them; those that are kept, where only some are.
  ///   - kept: the numbers of the points that are kept, ascending; nil for all.
  /// - Throws: ``PlanError``.
  public func job(list: PointList? = nil, kept: [Double]? = nil) throws -> ScanJob {
    var job = try allPoints(list: list, count: kept?.count)
    guard let kept else { return job }
    job.space.parameters[Parameters.point] = Field(dimensions: [0], values: kept)
    job.observables.insert(Parameters.point, at: 0)
    return job
  }

  /// The variable that decides which points are kept, at all points.
  func selectionJob(_ variable: String, list: PointList?) throws -> ScanJob {
    var job = try allPoints(list: list, count: nil)
    guard let quantity = job.model.observables.first(where: { $0.name == variable }) else {
      throw PlanError.nothingExcludes(variable)
    }
    job.observables = [quantity]
    return job
  }

  /// - Parameter count: how many points are drawn, if not as many as the card says.
  private func allPoints(list: PointList?, count: Int?) throws -> ScanJob {
    let model = model(list: list)
    switch points {
    case .grid(let axes):
      try axes.checkRatioTable()
      return job(model, axes.space(darkMatter, energy: production?.energy), parameters: [])
    case .sampled(let sampling):
      let space = ParameterSpace(
        dimensions: [PointList.dimension(count ?? sampling.count)], parameters: sampling.constants(darkMatter))
      let drawn = sampling.formulas(darkMatter, seed: seed)
      return job(model.adding(drawn), withEnergy(space), parameters: sampling.varied(darkMatter))
    case .listed:
      guard let list else { throw PlanError.listMissing }
      return job(model, withEnergy(list.space(for: model)), parameters: list.varied(model))
    }
  }

  /// - Parameter parameters: those that are stored point by point.
  private func job(_ model: Model, _ space: ParameterSpace, parameters: [Quantity]) -> ScanJob {
    let requested = model.observables.filter { observables.contains($0.name) || $0 == Observables.status }
    return ScanJob(
      model: model, space: space, observables: parameters + requested, precision: precision.elementType)
  }

  /// Points beside a beam, which has one energy then.
  private func withEnergy(_ space: ParameterSpace) -> ParameterSpace {
    guard let production else { return space }
    var space = space
    space.parameters[ProductionObservables.energy] = Field(dimensions: [], values: production.energy.values())
    return space
  }
}
