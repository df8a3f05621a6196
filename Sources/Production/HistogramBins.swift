import PortalKernels

/// What is histogrammed, and the bins.
public struct HistogramBins: Sendable, Hashable {
  /// Energies in GeV, angles to the beam in radians, in the laboratory frame.
  public enum Variable: Int, Sendable, Hashable, CaseIterable {
    case leptonEnergy = 0
    case leptonAngle = 1
    case phiEnergy = 2
    case phiAngle = 3

    var isAngle: Bool { self == .leptonAngle || self == .phiAngle }
  }

  /// The largest number of bins.
  public static let mostBins = Int(PORTAL_HISTOGRAM_BINS)

  public let variable: Variable
  /// Rising; bin i is [edges[i], edges[i+1]).
  public let edges: [Double]

  /// - Throws: ``ProductionError/badBins(count:)`` unless there are 1 to ``mostBins`` bins with rising edges, angles from 0
  ///   to pi.
  public init(_ variable: Variable, edges: [Double]) throws {
    let isRising = zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 }
    let isInRange = !variable.isAngle || edges.allSatisfy { (0...Double.pi).contains($0) }
    guard (2...Self.mostBins + 1).contains(edges.count), isRising, isInRange else {
      throw ProductionError.badBins(count: edges.count - 1)
    }
    self.variable = variable
    self.edges = edges
  }

  /// Edges in the kernels' variable (1 - cos for angles), the unused ones infinite, so that those bins stay empty.
  var kernelEdges: [Double] {
    let own = variable.isAngle ? edges.map(versine) : edges
    return own + Array(repeating: .infinity, count: Self.mostBins + 1 - own.count)
  }
}
