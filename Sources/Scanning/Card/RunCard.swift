import ComputeDevices
import LeptonicPortal

/// What a scan is: the content of a run card, version 1, with every default filled in.
public struct RunCard: Sendable, Equatable {
  /// The newest version of cards that this program reads.
  public static let version = 1
  /// Grids beyond this are refused: at 10^9 points per second they would take a quarter of an hour, but a single
  /// variable of them fills 8 TB.
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

  /// The four axes and the second mass.
  public struct Axes: Sendable, Equatable {
    public var mPhi: AxisSpec
    public var hMue: AxisSpec
    public var mPsi: AxisSpec
    public var g: AxisSpec
    public var mPsi2: SecondMass

    public init(
      mPhi: AxisSpec, hMue: AxisSpec, mPsi: AxisSpec, g: AxisSpec, mPsi2: SecondMass = .splitting(0)
    ) {
      self.mPhi = mPhi
      self.hMue = hMue
      self.mPsi = mPsi
      self.g = g
      self.mPsi2 = mPsi2
    }

    /// Points of the full grid; nil if the number is beyond an Int.
    public var pointCount: Int? {
      [mPhi, hMue, mPsi, g].reduce(1 as Int?) { product, axis in
        guard let (count, overflow) = product?.multipliedReportingOverflow(by: axis.count), !overflow else {
          return nil
        }
        return count
      }
    }
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
  public var axes: Axes
  /// Names of the variables to compute, in the order of the card.
  public var observables: [String]
  public var precision: Precision
  public var seed: UInt64
  /// How the relic density is computed.
  public var relic: RelicChoices
  /// The cross section as an observable; nil for none.
  public var production: Production?

  public init(
    darkMatter: DarkMatter = .fermion, axes: Axes, observables: [String], precision: Precision = .float64,
    seed: UInt64 = 1, relic: RelicChoices = RelicChoices(), production: Production? = nil
  ) {
    self.darkMatter = darkMatter
    self.axes = axes
    self.observables = observables
    self.precision = precision
    self.seed = seed
    self.relic = relic
    self.production = production
  }
}
