import PortalKernels

/// The relic density of dark matter and what comes with it. Both species and their antiparticles count.
public enum RelicObservables {
  private static let references = "arXiv:2202.04410 eqs. (15)-(21); Gondolo, Gelmini, Nucl. Phys. B 360 (1991) 145"

  public static let density = Quantity(
    "relic_density", units: "1", longName: "relic density Omega h^2 of dark matter", references: references)
  public static let error = Quantity(
    "relic_density_error", units: "1",
    longName: "estimated relative error of relic_density: time steps, and annihilation after last_x")
  public static let sigmavFreezeOut = Quantity(
    "sigmav_freeze_out", units: "GeV-2", longName: "thermally averaged cross section at freeze-out")
  public static let sigmavX20 = Quantity(
    "sigmav_x20", units: "GeV-2", longName: "thermally averaged cross section at T = m_psi/20")
  public static let sigmavToday = Quantity(
    "sigmav_today", units: "GeV-2", longName: "annihilation cross section times velocity for T -> 0")
  public static let xFreezeOut = Quantity(
    "x_freeze_out", units: "1", longName: "m_psi/T at freeze-out (Y = 2.5 Y_eq)")
  public static let pAnn = Quantity(
    "p_ann", units: "cm3 s-1 GeV-1",
    longName: "f_eff <sigma v>/m_psi, which the CMB bounds; 0 where psi2 has decayed before",
    references: "arXiv:1807.06209 eq. (87): below 3.2e-28")
  public static let status = Quantity(
    "relic_status", units: "1", longName: "validity of relic_density",
    flags: [
      .init(value: 0, meaning: "ok"),
      .init(value: 1, meaning: "annihilation_forbidden_at_rest"),
      .init(value: 2, meaning: "outside_domain"),
      .init(value: 3, meaning: "no_freeze_out"),
      .init(value: 4, meaning: "width_too_narrow"),
      .init(value: 5, meaning: "width_exceeds_mass"),
    ])

  public static let all = [density, error, sigmavFreezeOut, sigmavX20, sigmavToday, xFreezeOut, pAnn, status]
}

extension Model {
  /// The formulas behind ``RelicObservables``.
  var relicFormulas: [Formula] {
    let tables = RelicTables(
      degreesOfFreedom: relic.degreesOfFreedom, annihilation: relic.annihilation, lastX: relic.lastX)
    let parameters = [
      Parameters.mPhi, Parameters.mPsi, Parameters.mPsi2, Parameters.hMue, Parameters.g(darkMatter),
    ]
    let fEff = relic.fEff
    let isExact = relic.treatment == .exact
    let isFermion = darkMatter == .fermion
    let onGrid = GridFormula(
      kernel: Kernel(isFermion ? portal_kernel_relic_fermions_shared : portal_kernel_relic_scalars_shared),
      grouping: [Parameters.mPhi, Parameters.mPsi, Parameters.mPsi2],
      varying: [Parameters.hMue, Parameters.g(darkMatter)],
      rowKernel: Kernel(isFermion ? portal_kernel_shared_average_fermions : portal_kernel_shared_average_scalars),
      storage: SharedAverages())
    let exact = Formula(
      Kernel(isFermion ? portal_kernel_relic_fermions : portal_kernel_relic_scalars), of: parameters,
      gives: [
        isExact ? RelicObservables.density : Intermediates.exactRelicDensity, RelicObservables.error,
        RelicObservables.sigmavFreezeOut, RelicObservables.sigmavX20, RelicObservables.sigmavToday,
        RelicObservables.xFreezeOut, RelicObservables.status,
      ], auxiliary: { try tables.build() }, onGrid: onGrid)
    let annihilationParameter = Formula(
      Kernel(portal_kernel_annihilation_parameter), of: [RelicObservables.sigmavToday, Parameters.mPsi],
      gives: [HeavierParticle.pAnnOfStable], auxiliary: { [fEff] })
    if isExact { return [exact, annihilationParameter] }
    let estimate = Formula(Kernel(portal_kernel_relic_gk2022), of: parameters, gives: [RelicObservables.density])
    return [exact, annihilationParameter, estimate]
  }
}
