/// A target nucleus, or the average over an element's isotopes.
public struct Nucleus: Sendable, Hashable {
  /// Z.
  public let charge: Int
  /// A: relative atomic mass.
  public let massNumber: Double

  /// - Throws: ``NucleusError`` unless 1 <= Z <= 118 and Z <= A <= 4 Z (1 <= A <= 4 for hydrogen).
  public init(charge: Int, massNumber: Double) throws {
    guard (1...118).contains(charge), massNumber >= Double(charge), massNumber <= 4 * Double(charge) else {
      throw NucleusError.notANucleus(charge: charge, massNumber: massNumber)
    }
    self.init(unchecked: charge, massNumber)
  }

  init(unchecked charge: Int, _ massNumber: Double) {
    self.charge = charge
    self.massNumber = massNumber
  }

  /// M = A u [GeV].
  public var mass: Double { massNumber * PhysicalConstants.atomicMass }
}

public enum NucleusError: Error, Hashable, CustomStringConvertible {
  case notANucleus(charge: Int, massNumber: Double)

  public var description: String {
    switch self {
    case .notANucleus(let charge, let massNumber):
      "Z = \(charge), A = \(massNumber) is no nucleus (it needs 1 <= Z <= 118 and Z <= A <= 4 Z) give Z and A of the target"
    }
  }
}
