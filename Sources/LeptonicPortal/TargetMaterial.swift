/// A target element with what yields need to know about it.
///
/// Source: Particle Data Group (2024), "Atomic and nuclear properties of materials"; relative atomic masses to the digits
/// that the cross section can tell apart.
public struct TargetMaterial: Sendable, Hashable {
  /// Chemical symbol.
  public let symbol: String
  public let name: String
  public let nucleus: Nucleus
  /// [g/cm^3].
  public let density: Double
  /// X0 [g/cm^2].
  public let radiationLength: Double
  /// Mass number of the most abundant isotope.
  public let principalIsotope: Int

  private init(
    _ symbol: String, _ name: String, _ z: Int, _ a: Double, density: Double, radiationLength: Double, isotope: Int
  ) {
    self.symbol = symbol
    self.name = name
    nucleus = Nucleus(unchecked: z, a)
    self.density = density
    self.radiationLength = radiationLength
    principalIsotope = isotope
  }

  /// By rising Z.
  public static let all: [TargetMaterial] = [
    .init("Be", "beryllium", 4, 9.0122, density: 1.848, radiationLength: 65.19, isotope: 9),
    .init("C", "carbon (graphite)", 6, 12.011, density: 2.210, radiationLength: 42.70, isotope: 12),
    .init("Al", "aluminium", 13, 26.98, density: 2.699, radiationLength: 24.01, isotope: 27),
    .init("Si", "silicon", 14, 28.0855, density: 2.329, radiationLength: 21.82, isotope: 28),
    .init("Ti", "titanium", 22, 47.867, density: 4.540, radiationLength: 16.16, isotope: 48),
    .init("Fe", "iron", 26, 55.845, density: 7.874, radiationLength: 13.84, isotope: 56),
    .init("Cu", "copper", 29, 63.546, density: 8.960, radiationLength: 12.86, isotope: 63),
    .init("Sn", "tin", 50, 118.710, density: 7.310, radiationLength: 8.82, isotope: 120),
    .init("W", "tungsten", 74, 183.84, density: 19.30, radiationLength: 6.76, isotope: 184),
    .init("Au", "gold", 79, 196.9666, density: 19.32, radiationLength: 6.46, isotope: 197),
    .init("Pb", "lead", 82, 207.2, density: 11.35, radiationLength: 6.37, isotope: 208),
    .init("U", "uranium", 92, 238.0289, density: 18.95, radiationLength: 6.00, isotope: 238),
  ]

  /// The element with that symbol, in any case of letters; nil if it is not in the table.
  public static func named(_ symbol: String) -> TargetMaterial? {
    all.first { $0.symbol.lowercased() == symbol.lowercased() }
  }
}
