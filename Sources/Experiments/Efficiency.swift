import Foundation

/// The detected part of the signal: a number, or a table in m_phi.
public struct Efficiency: Sendable, Hashable {
  /// Rising [GeV].
  public let mPhi: [Double]
  /// Between 0 and 1, as many as masses.
  public let values: [Double]

  /// The same for every mass.
  public init(_ value: Double) {
    mPhi = [1]
    values = [value]
  }

  /// Linear in ln m_phi between the entries, constant beyond them.
  package init(mPhi: [Double], values: [Double]) {
    self.mPhi = mPhi
    self.values = values
  }

  public var isConstant: Bool { values.count == 1 }

  /// At a mass [GeV].
  public func value(mPhi mass: Double) -> Double {
    guard let above = mPhi.firstIndex(where: { $0 >= mass }) else { return values[values.count - 1] }
    guard above > 0 else { return values[0] }
    let part = log(mass / mPhi[above - 1]) / log(mPhi[above] / mPhi[above - 1])
    return values[above - 1] + part * (values[above] - values[above - 1])
  }
}
