import ComputeDevices
import Constraints
import LeptonicPortal

/// What a scan is: the content of a run card, version 1, with every default filled in.
public struct RunCard: Sendable, Equatable {
  /// The newest version of cards that this program reads.
  public static let version = 1
  /// More points are refused: at 10^9 points per second they would take a quarter of an hour, but a single variable of
  /// them fills 8 TB.
  public static let mostPoints = 1_000_000_000_000
  /// The values of an axis are held in memory.
  public static let mostPointsPerAxis = 10_000_000

  /// The second dark particle's mass.
  public enum SecondMass: Sendable, Hashable {
    /// m_psi2 in GeV.
    case absolute(Double)
    /// m_psi2 = m_psi + splitting, in GeV; 0 by default.
    case splitting(Double)
    /// m_psi2 = ratio m_psi.
    case ratioToMPsi(Double)

    /// m_psi2 for a given m_psi.
    public func value(forMPsi mPsi: Double) -> Double {
      switch self {
      case .absolute(let mass): mass
      case .splitting(let splitting): mPsi + splitting
      case .ratioToMPsi(let ratio): ratio * mPsi
      }
    }
  }

  /// The grids along the four axes and the second mass.
  public typealias Axes = ParameterAxes<AxisSpec>

  /// The points of a scan.
  public enum Points: Sendable, Equatable {
    /// Every combination of the axes' values.
    case grid(Axes)
    /// Drawn from ranges.
    case sampled(Sampling)
    /// Those of a file.
    case listed(ListedPoints)
  }

  /// How floating-point results are stored.
  public enum Precision: String, Sendable, Hashable, CaseIterable {
    case float64, float32

    public var elementType: ElementType {
      switch self {
      case .float64: .float64
      case .float32: .float32
      }
    }
  }

  public var darkMatter: DarkMatter
  public var points: Points
  /// Names of the variables to compute, in the order of the card.
  public var observables: [String]
  public var precision: Precision
  public var seed: UInt64
  /// How the relic density is computed.
  public var relic: RelicChoices
  /// The cross section as an observable; nil for none.
  public var production: Production?
  /// How many events of each m_phi `leptoscan events` generates; nil if the card does not say.
  public var events: Int?
  /// What is compared with measurements and experiments; nil for nothing.
  public var constraints: ConstraintChoices?

  public init(
    darkMatter: DarkMatter = .fermion, points: Points, observables: [String], precision: Precision = .float64,
    seed: UInt64 = 1, relic: RelicChoices = RelicChoices(), production: Production? = nil,
    events: Int? = nil, constraints: ConstraintChoices? = nil
  ) {
    self.darkMatter = darkMatter
    self.points = points
    self.observables = observables
    self.precision = precision
    self.seed = seed
    self.relic = relic
    self.production = production
    self.events = events
    self.constraints = constraints
  }

  /// The axes of a grid; nil for other points.
  public var axes: Axes? { if case .grid(let axes) = points { axes } else { nil } }
}
