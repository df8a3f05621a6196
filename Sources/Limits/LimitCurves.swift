import ComputeDevices
import Constraints
import Experiments
import LeptonicPortal
import Scanning

/// The lines of a run card: for each constraint and every m_phi, m_psi and g of the card, the h_mue on it.
public struct LimitCurves: Sendable {
  public let lines: [LimitLine]
  /// For each line the couplings at the points of ``space``, row-major. 0: every coupling is beyond the line. NaN: none
  /// up to sqrt(4 pi) is.
  public let couplings: [[Double]]
  /// The points: the card without its axis of h_mue.
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

  /// The most points of a card, without its axis of h_mue.
  public static let mostPoints = 1_000_000

  /// The lines of the constraints that a card chooses: its measurements, the latest by default, and its experiments.
  /// - Throws: ``LimitError``, and what the device throws.
  public init(of card: RunCard, device: any Device) throws {
    let choices = card.constraints
    try self.init(
      of: card, measurements: choices?.measurements ?? .latest, treatment: choices?.treatment ?? card.relic.treatment,
      experiments: choices?.experiments ?? [],
      selections: choices.flatMap { $0.areAllSelected ? nil : $0.selections }, device: device)
  }

  /// - Parameters:
  ///   - measurements: what has been measured.
  ///   - treatment: of the rates; that of the relic density is the card's own.
  ///   - experiments: those that look for phi; their yields are integrated at every m_phi.
  ///   - selections: whose lines are wanted; nil for all, projections of planned experiments included.
  /// - Throws: ``LimitError``, and what the device throws.
  public init(
    of card: RunCard, measurements: MeasurementSet, treatment: RelicChoices.Treatment, experiments: [Experiment] = [],
    selections: [ConstraintChoices.Selection]? = nil, device: any Device
  ) throws {
    guard let axes = card.axes else { throw LimitError.noGrid }
    let plane = CouplingPlane(axes, model: card.model(), device: device)
    guard plane.count <= LimitCurves.mostPoints else { throw LimitError.tooManyPoints(plane.count) }
    let mPhi = axes.mPhi.grid
    let measured = measurements.lines(
      of: plane.model, treatment: treatment, mPhi: mPhi.smallest...mPhi.largest, selections: selections)
    let selected = experiments.filter { experiment in
      selections.map { $0.contains { $0.name == experiment.variableName } } ?? true
    }
    lines = try measured + selected.map { try $0.line(on: plane) }
    if lines.isEmpty { throw LimitError.noLines }
    let solver = CouplingSolver(plane: plane)
    couplings = try lines.map { try solver.couplings(on: $0.condition) }
    space = plane.space
    model = plane.model
    self.measurements = measurements.name
    self.treatment = treatment
  }
}

/// Why lines cannot be found. Reads `PROBLEM (WHY) SUGGESTION`.
public enum LimitError: Error, Sendable, Equatable, CustomStringConvertible {
  case tooManyPoints(Int)
  case noGrid
  case noLines
  /// A file's lines, and those of its card.
  case otherLines([String], [String])

  public var description: String {
    switch self {
    case .tooManyPoints(let count):
      """
      the card has \(count) points without h_mue (at each of them every constraint is solved, for at most \
      \(LimitCurves.mostPoints)) use fewer points along m_phi, m_psi or g
      """
    case .noGrid:
      "the card has no grid (constraints are solved along axes, and points are drawn or listed) use a card without points"
    case .otherLines(let stored, let expected):
      """
      the file has the lines \(stored.joined(separator: ", ")) (its card gives \(expected.joined(separator: ", "))) make \
      it anew: this leptoscan solves for others
      """
    case .noLines:
      """
      the card has no lines (none of its constraints bounds h_mue at these m_phi, below sqrt(4 pi)) name others under \
      constraints
      """
    }
  }
}
