import ComputeDevices
import Constraints
import Experiments
import LeptonicPortal
import Scanning

/// The lines of a run card: for each constraint and every m_phi, m_psi and g of the card the h_mue on it; or, for every m_phi,
/// h_mue and m_psi, the g on that of the relic density.
public struct LimitCurves: Sendable {
  public let lines: [LimitLine]
  /// Which coupling is solved for.
  public let sought: SoughtCoupling
  /// For each line the smallest couplings at the points of ``space``, row-major. 0: every coupling is beyond the line. NaN:
  /// none is, or it cannot be computed.
  public let couplings: [[Double]]
  /// The largest couplings, which are others where ``statuses`` say that there are several. The relic density's are all
  /// sought; of the other lines the first is.
  public let largestCouplings: [[Double]]
  /// How many couplings there are, or why there is none.
  public let statuses: [[LimitStatus]]
  /// The points: the card without its axis of the coupling.
  public let space: ParameterSpace
  public let model: Model
  /// The name of the measurement set.
  public let measurements: String
  /// Of the rates.
  public let treatment: RelicChoices.Treatment

  /// What of the model enters.
  var observables: [Quantity] {
    lines.compactMap { line in
      switch line.condition {
      case .observable(let quantity, _): quantity
      case .relicDensity: RelicObservables.density
      case .estimate, .signal: nil
      }
    }
  }

  /// The most points of a card, without its axis of the coupling.
  public static let mostPoints = 1_000_000

  /// The lines of the constraints that a card chooses: its measurements, the latest by default, and its experiments.
  /// - Throws: ``LimitError``, and what the device throws.
  public init(of card: RunCard, seeking sought: SoughtCoupling = .hMue, device: any Device) throws {
    let choices = card.constraints
    try self.init(
      of: card, seeking: sought, measurements: choices?.measurements ?? .latest,
      treatment: choices?.treatment ?? card.relic.treatment,
      experiments: choices?.experiments ?? [],
      selections: choices.flatMap { $0.areAllSelected ? nil : $0.selections }, device: device)
  }

  /// - Parameters:
  ///   - sought: of g there is the line of the relic density only.
  ///   - measurements: what has been measured.
  ///   - treatment: of the rates; that of the relic density is the card's own.
  ///   - experiments: those that look for phi; their yields are integrated at every m_phi.
  ///   - selections: whose lines are wanted; nil for all, projections of planned experiments included.
  /// - Throws: ``LimitError``, and what the device throws.
  public init(
    of card: RunCard, seeking sought: SoughtCoupling = .hMue, measurements: MeasurementSet,
    treatment: RelicChoices.Treatment, experiments: [Experiment] = [],
    selections: [ConstraintChoices.Selection]? = nil, device: any Device
  ) throws {
    guard let axes = card.axes else { throw LimitError.noGrid }
    let plane = CouplingPlane(axes, seeking: sought, model: card.model(), device: device)
    guard plane.count <= LimitCurves.mostPoints else { throw LimitError.tooManyPoints(plane.count, seeking: sought) }
    let mPhi = axes.mPhi.grid
    let measured = measurements.lines(
      of: plane.model, treatment: treatment, mPhi: mPhi.smallest...mPhi.largest, selections: selections)
    let selected = experiments.filter { experiment in
      selections.map { $0.contains { $0.name == experiment.variableName } } ?? true
    }
    lines =
      switch sought {
      case .hMue: try measured + selected.map { try $0.line(on: plane) }
      case .g: measured.filter(\.isOfRelicDensity)
      }
    if lines.isEmpty { throw LimitError.noLines(seeking: sought) }
    let solver = CouplingSolver(plane: plane)
    let solutions = try lines.map { try solver.solutions(on: $0.condition) }
    couplings = solutions.map { $0.map(\.smallest) }
    largestCouplings = solutions.map { $0.map(\.largest) }
    statuses = solutions.map { $0.map(\.status) }
    self.sought = sought
    space = plane.space
    model = plane.model
    self.measurements = measurements.name
    self.treatment = treatment
  }
}

/// Why lines cannot be found. Reads `PROBLEM (WHY) SUGGESTION`.
public enum LimitError: Error, Sendable, Equatable, CustomStringConvertible {
  case tooManyPoints(Int, seeking: SoughtCoupling)
  case noGrid
  case noLines(seeking: SoughtCoupling)
  /// A file's lines, and those of its card.
  case otherLines([String], [String])

  public var description: String {
    switch self {
    case .tooManyPoints(let count, let sought):
      """
      the card has \(count) points without \(sought.rawValue) (at each of them every constraint is solved, for at most \
      \(LimitCurves.mostPoints)) use fewer points along m_phi, m_psi or \(sought == .hMue ? "g" : "h_mue")
      """
    case .noGrid:
      "the card has no grid (constraints are solved along axes, and points are drawn or listed) use a card without points"
    case .otherLines(let stored, let expected):
      """
      the file has the lines \(stored.joined(separator: ", ")) (its card gives \(expected.joined(separator: ", "))) make \
      it anew: this leptoscan solves for others
      """
    case .noLines(.g):
      """
      the card has no line to solve for g on (that of relic_density is solved for g, the others for h_mue) name \
      relic_density under constraints, or leave constraints out
      """
    case .noLines(.hMue):
      """
      the card has no lines (none of its constraints bounds h_mue at these m_phi, below sqrt(4 pi)) name others under \
      constraints
      """
    }
  }
}
