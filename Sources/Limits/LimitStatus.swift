import Fitting

/// How many couplings are on a line at one point, and what it means if none is.
public enum LimitStatus: UInt8, Sendable, Hashable, CaseIterable {
  case oneCoupling = 0
  /// Several give the observed relic density: as couplings grow it falls, rises where phi's width smears the resonance, and may
  /// fall again.
  case severalCouplings = 1
  /// Every coupling is beyond the line; the coupling is 0.
  case everyCouplingBeyond = 2
  /// No coupling that perturbation theory allows is; the coupling is NaN.
  case noCouplingBeyond = 3
  /// Masses or the given coupling are outside the domain of the relic density.
  case outsideDomain = 4
  /// The observable has no value at the largest couplings, or the line lies between couplings that have one and couplings
  /// that have none.
  case notComputable = 5

  /// The word in `flag_meanings` of an output file.
  public var meaning: String {
    switch self {
    case .oneCoupling: "one_coupling"
    case .severalCouplings: "several_couplings"
    case .everyCouplingBeyond: "every_coupling_beyond"
    case .noCouplingBeyond: "no_coupling_beyond"
    case .outsideDomain: "outside_domain"
    case .notComputable: "not_computable"
    }
  }
}

/// The couplings on a line at one point.
struct LimitSolution {
  /// 0 or NaN where there are none, see ``LimitStatus``.
  let smallest, largest: Double
  let status: LimitStatus

  /// The only coupling on a line; 0 if every coupling is beyond it.
  /// - Parameter status: if it is none, above `largestCoupling` or NaN.
  init(_ coupling: Double, upTo largestCoupling: Double, otherwise status: LimitStatus = .noCouplingBeyond) {
    let isOne = coupling <= largestCoupling
    smallest = isOne ? coupling : .nan
    largest = smallest
    self.status = !isOne ? status : coupling > 0 ? .oneCoupling : .everyCouplingBeyond
  }

  /// Couplings that give a relic density; those that leave less of it are beyond the line.
  init(_ solution: CouplingSolution) {
    let none = solution.status == .alwaysBelow ? 0 : Double.nan
    smallest = solution.couplings.first ?? none
    largest = solution.couplings.last ?? none
    status =
      switch solution.status {
      case .found: solution.couplings.count > 1 ? .severalCouplings : .oneCoupling
      case .alwaysBelow: .everyCouplingBeyond
      case .alwaysAbove: .noCouplingBeyond
      case .outsideDomain: .outsideDomain
      case .notComputable: .notComputable
      }
  }
}
