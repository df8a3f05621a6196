import Foundation
import PortalKernels

/// Which annihilations deplete dark matter.
public enum Annihilation: String, Sendable, Hashable, CaseIterable {
  /// psi psibar -> e mu and psi psibar -> phi phi*.
  case all
  /// psi psibar -> e mu only.
  case leptons = "e-mu"
}

/// The run-time data of the relic-density kernels: what does not depend on the point, tabulated once.
///
/// The defaults keep the relic density within 2e-4 of the limit of fine tables (docs/relic-density.md).
public struct RelicTables: Sendable, Hashable {
  public var degreesOfFreedom: DegreesOfFreedom
  public var annihilation: Annihilation
  /// Annihilation is followed to the temperature m/lastX (``lastXRange``). What is left after the default of 2e4 lowers the
  /// density of an s-wave relic by less than 0.1 %; close to the resonance's threshold it can be a factor.
  public var lastX: Double
  /// A quarter of the number of temperature intervals, at least 4; counted up to an even number.
  public var quarters: Int
  /// Energy nodes per factor of sqrt(2): 1, 2, ...
  public var refinement: Int

  public init(
    degreesOfFreedom: DegreesOfFreedom = .dhs, annihilation: Annihilation = .all, lastX: Double = standardLastX,
    quarters: Int? = nil, refinement: Int = 1
  ) {
    self.degreesOfFreedom = degreesOfFreedom
    self.annihilation = annihilation
    self.lastX = lastX
    self.quarters = quarters ?? RelicTables.quarters(until: lastX)
    self.refinement = refinement
  }

  /// The x where the reference values of relic_density.csv end, too.
  public static let standardLastX = 2e4
  public static let lastXRange = 100.0...1e9

  /// As dense as the 100 of the default: the freeze-out takes 43 of them, and each unit of ln x 5.75.
  private static func quarters(until lastX: Double) -> Int {
    lastXRange.contains(lastX) ? Int((100 + 5.75 * log(lastX / standardLastX)).rounded(.up)) : 0
  }

  /// The tables as the kernels read them (Kernels/portable/relic_tables.h). The same bits on every host.
  ///
  /// - Throws: ``RelicTablesError`` where a setting is out of its range.
  public func build() throws -> [Double] {
    let freedom = degreesOfFreedom.table
    let settings = portal_relic_settings(
      quarters: Int32(clamping: quarters), refinement: Int32(clamping: refinement), last_x: lastX,
      phi_pairs: annihilation == .all)
    let count = Int32(freedom.temperature.count)
    let length = portal_relic_tables_length(settings, freedom.temperature, count)
    guard length > 0 else { throw RelicTablesError.settingOutOfRange(self) }
    var tables = [Double](repeating: 0, count: length)
    let isFilled = portal_relic_tables_fill(
      settings, freedom.temperature, freedom.hEff, freedom.gEff, count, &tables)
    guard isFilled else { throw RelicTablesError.settingOutOfRange(self) }
    return tables
  }
}

/// Why relic tables cannot be made.
public enum RelicTablesError: Error, Sendable, Hashable, CustomStringConvertible {
  case settingOutOfRange(RelicTables)

  public var description: String {
    switch self {
    case .settingOutOfRange(let tables):
      "cannot tabulate the relic density with quarters \(tables.quarters), refinement \(tables.refinement), "
        + "last x \(tables.lastX) (the kernels hold at most 160 energy nodes) use quarters 4 or more, refinement 1 or 2, "
        + "last x 100 to 1e9"
    }
  }
}
