import PortalKernels

/// The model with its choices made: which formula gives each quantity.
///
/// A scan never calls a formula by name. It asks for quantities, and the formulas that lead to them follow from here,
/// so that each is evaluated only over the parameters that it depends on.
public struct Model: Sendable {
  public let darkMatter: DarkMatter
  public let relic: RelicChoices
  /// What experiments and statistics add.
  public let extensions: [ModelExtension]
  /// The formula behind each quantity that is not a parameter; where several give one, the first.
  private var formulas: [Quantity: Formula] = [:]

  public init(
    darkMatter: DarkMatter, relic: RelicChoices = RelicChoices(), extensions: [ModelExtension] = []
  ) {
    self.darkMatter = darkMatter
    self.relic = relic
    self.extensions = extensions
    for formula in allFormulas {
      for output in formula.outputs where formulas[output] == nil { formulas[output] = formula }
    }
  }

  /// The model with one more extension.
  public func adding(_ extension: ModelExtension) -> Model {
    Model(darkMatter: darkMatter, relic: relic, extensions: extensions + [`extension`])
  }

  /// m_phi, h_mue, m_psi, g, m_psi2, and those of the extensions.
  public var parameters: [Quantity] {
    [Parameters.mPhi, Parameters.hMue, Parameters.mPsi, Parameters.g(darkMatter), Parameters.mPsi2]
      + extensions.flatMap(\.parameters)
  }

  /// What can be asked for, in the order in which it is shown.
  public var observables: [Quantity] {
    [
      Observables.deltaAMu, Observables.deltaAE, Observables.widthVisible, Observables.widthInvisible,
      Observables.brInvisible,
    ] + RelicObservables.all + Observables.laboratory + HeavierParticle.all
      + extensions.flatMap(\.observables) + [Observables.status]
  }

  /// The names of ``observables`` without extensions, which are the same for every model.
  public static var observableNames: [String] { Model(darkMatter: .fermion).observables.map(\.name) }

  /// The formula that computes a quantity; nil for a parameter.
  public func formula(for quantity: Quantity) -> Formula? { formulas[quantity] }

  /// What has a formula: observables and what leads to them.
  public var computed: some Collection<Quantity> { formulas.keys }

  private var allFormulas: [Formula] {
    let invisibleKernel =
      darkMatter == .fermion ? portal_kernel_invisible_width_fermions : portal_kernel_invisible_width_scalars
    let (mPhi, h, g) = (Parameters.mPhi, Parameters.hMue, Parameters.g(darkMatter))
    let widthInvisiblePerG2 = Intermediates.widthInvisiblePerG2(darkMatter)
    let scale = Kernel(portal_kernel_times_squared_coupling)
    return [
      Formula(
        Kernel(portal_kernel_anomalous_moments), of: [mPhi],
        gives: [Intermediates.deltaAMuPerH2, Intermediates.deltaAEPerH2]),
      Formula(scale, of: [h, Intermediates.deltaAMuPerH2], gives: [Observables.deltaAMu]),
      Formula(scale, of: [h, Intermediates.deltaAEPerH2], gives: [Observables.deltaAE]),
      Formula(Kernel(portal_kernel_visible_width), of: [mPhi], gives: [Intermediates.widthVisiblePerH2]),
      Formula(scale, of: [h, Intermediates.widthVisiblePerH2], gives: [Observables.widthVisible]),
      Formula(
        Kernel(invisibleKernel), of: [mPhi, Parameters.mPsi, Parameters.mPsi2], gives: [widthInvisiblePerG2]),
      Formula(scale, of: [g, widthInvisiblePerG2], gives: [Observables.widthInvisible]),
      Formula(
        Kernel(portal_kernel_invisible_branching_ratio), of: [Observables.widthInvisible, Observables.widthVisible],
        gives: [Observables.brInvisible]),
      statusFormula,
    ] + relicFormulas + LaboratoryFormulas.all(darkMatter) + HeavierParticle.formulas(darkMatter)
      + extensions.flatMap(\.formulas)
  }

  private var statusFormula: Formula {
    let couplings = Perturbativity.allCases.filter { $0.applies(to: darkMatter) }.map { $0.coupling(darkMatter) }
    let kernel = darkMatter == .fermion ? portal_kernel_status_fermions : portal_kernel_status_scalars
    return Formula(Kernel(kernel), of: [Parameters.mPhi] + couplings, gives: [Observables.status])
  }
}
