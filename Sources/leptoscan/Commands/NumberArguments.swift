import ArgumentParser
import Cards

/// Numbers as options: energies in GeV, or with a unit as in a run card: 0.317, 317MeV, "317 MeV".

/// An energy in GeV.
func energyArgument(_ text: String) throws -> Double { try CouplingArgument(text).value }

/// A number without dimension.
func numberArgument(_ text: String) throws -> Double {
  let number = try CouplingArgument(text)
  if let unit = number.unit { throw ValidationError("it has the unit \(unit) and is dimensionless; remove the unit") }
  return number.value
}

/// A number that has a unit or none, which of them depends on other options.
struct CouplingArgument: ExpressibleByArgument {
  /// In GeV where it has a unit.
  let value: Double
  let unit: String?

  init?(argument: String) {
    guard let number = try? CouplingArgument(argument) else { return nil }
    self = number
  }

  init(_ text: String) throws {
    if let value = plainNumber(text) {
      (self.value, unit) = (value, nil)
      return
    }
    do {
      let number = try CardNumber(text)
      guard !number.isFraction else { throw CardNumber.Failure.notANumber }
      (value, unit) = (number.value, number.unit)
    } catch CardNumber.Failure.unknownUnit(let unit) {
      let units = CardNumber.Unit.energies.map(\.name)
      throw ValidationError("'\(printable(unit))' is no unit of energy; \(choice(of: units, insteadOf: unit))")
    } catch {
      throw ValidationError("it is no number; write it like 0.317 or 317MeV")
    }
  }
}
