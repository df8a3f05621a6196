import ComputeDevices
import LeptonicPortal

/// The h_mue or the g at which the relic density has a given value.
///
/// All points are solved together. The density is first computed at 31 couplings, a factor of sqrt(e) apart, over
/// the whole ``range``; every pair of neighbours on both sides of the target brackets a solution, which is then refined
/// until the density agrees to 1e-9. Where the density has an extremum on the wrong side of the target, its vertex is
/// looked at too, so that two solutions closer than that factor are found as well, unless the density
/// touches the target only.
///
///     let coupling = RelicCoupling(darkMatter: .fermion, device: NativeDevice())
///     let h = try coupling.h(mPhi: 0.317, mPsi: 0.1057, g: 0.08).smallest
public struct RelicCoupling: Sendable {
  /// Masses and the coupling that is given.
  public struct Point: Sendable, Hashable {
    /// [GeV]
    public var mPhi, mPsi, mPsi2: Double
    /// g (GeV for scalars) where h is wanted, h_mue where g is.
    public var coupling: Double

    /// - Parameter mPsi2: `mPsi` by default.
    public init(mPhi: Double, mPsi: Double, mPsi2: Double? = nil, coupling: Double) {
      self.mPhi = mPhi
      self.mPsi = mPsi
      self.mPsi2 = mPsi2 ?? mPsi
      self.coupling = coupling
    }
  }

  /// Where couplings are looked for: from 1e-6 to ``Perturbativity/largestCoupling``; for the g of scalars, in units of
  /// m_phi.
  public static let range = 1e-6...Perturbativity.largestCoupling
  /// Omega h^2 as Planck measured it (arXiv:1807.06209).
  public static let observedDensity = 0.120

  private let darkMatter: DarkMatter
  private let density: DensityEvaluation

  public init(darkMatter: DarkMatter, relic: RelicChoices = RelicChoices(), device: any Device) {
    self.darkMatter = darkMatter
    density = DensityEvaluation(model: Model(darkMatter: darkMatter, relic: relic), device: device)
  }

  /// The h_mue that give the density `target`, g being given.
  public func h(at points: [Point], for target: Double = observedDensity) throws -> [CouplingSolution] {
    try solutions(at: points, for: target, scale: { _ in 1 }) { point, h in
      [point.mPhi, point.mPsi, point.mPsi2, h, point.coupling]
    }
  }

  /// The g (GeV for scalars) that give the density `target`, h_mue being given.
  public func g(at points: [Point], for target: Double = observedDensity) throws -> [CouplingSolution] {
    let isScalar = darkMatter == .scalar
    return try solutions(at: points, for: target, scale: { isScalar ? $0.mPhi : 1 }) { point, g in
      [point.mPhi, point.mPsi, point.mPsi2, point.coupling, g]
    }
  }

  /// ``h(at:for:)`` at one point.
  public func h(
    mPhi: Double, mPsi: Double, mPsi2: Double? = nil, g: Double, target: Double = observedDensity
  ) throws -> CouplingSolution {
    try h(at: [Point(mPhi: mPhi, mPsi: mPsi, mPsi2: mPsi2, coupling: g)], for: target)[0]
  }

  /// ``g(at:for:)`` at one point.
  public func g(
    mPhi: Double, mPsi: Double, mPsi2: Double? = nil, h: Double, target: Double = observedDensity
  ) throws -> CouplingSolution {
    try g(at: [Point(mPhi: mPhi, mPsi: mPsi, mPsi2: mPsi2, coupling: h)], for: target)[0]
  }

  private func solutions(
    at points: [Point], for target: Double, scale: (Point) -> Double, inputs: (Point, Double) -> [Double]
  ) throws -> [CouplingSolution] {
    /// 1 - target/Omega: falls through 0 where the density falls through the target; for Omega ~ coupling^-2, a parabola.
    func excess(_ asked: [(point: Int, coupling: Double)]) throws -> [Double] {
      try density.values(at: asked.map { inputs(points[$0.point], $0.coupling) }).map { 1 - target / $0 }
    }
    var searches = points.map { CouplingSearch(scale: scale($0)) }
    while true {
      let asked = searches.indices.flatMap { index in searches[index].wanted.map { (point: index, coupling: $0) } }
      if asked.isEmpty { return searches.map(\.solution) }
      var answers = try excess(asked)[...]
      for index in searches.indices {
        let count = searches[index].wanted.count
        searches[index].receive(Array(answers.prefix(count)))
        answers = answers.dropFirst(count)
      }
    }
  }
}

/// Omega h^2 at lists of points.
struct DensityEvaluation: Sendable {
  let model: Model
  let device: any Device

  /// - Parameter points: m_phi, m_psi, m_psi2, h_mue, g of each.
  func values(at points: [[Double]]) throws -> [Double] {
    guard let formula = model.formula(for: RelicObservables.density), !points.isEmpty,
      let output = formula.outputs.firstIndex(of: RelicObservables.density)
    else { return [] }
    var tables = formula.inputs.indices.map { column in points.map { $0[column] } }
    var step = Program.Step(
      kernel: formula.kernel, inputs: tables.indices.map { .table($0, strides: [1]) },
      outputs: Array(formula.outputs.indices))
    if let auxiliary = try formula.auxiliary?() {
      step.auxiliary = tables.count
      tables.append(auxiliary)
    }
    let program = Program(
      shape: [points.count], tables: tables, steps: [step], streamCount: formula.outputs.count,
      results: [Program.Result(stream: output, type: .float64)])
    return try device.evaluateAll(program)[0]
  }
}
