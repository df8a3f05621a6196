import LeptonicPortal

/// A target as a person writes it: an element, or charge and mass number of a nucleus.
public struct ProductionTarget: Sendable, Hashable {
  /// The element's symbol, or `Z,A`.
  public let name: String
  public let nucleus: Nucleus

  /// Reads `Pb` (in any case of letters) or `82,207.2`; nil for an element that ``LeptonicPortal/TargetMaterial`` does not
  /// have, and for no nucleus.
  public init?(_ text: String) {
    if let material = TargetMaterial.named(text) {
      (name, nucleus) = (material.symbol, material.nucleus)
      return
    }
    let fields = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " } }
    guard fields.count == 2, let charge = Int(fields[0]), let massNumber = Double(fields[1]),
      let nucleus = try? Nucleus(charge: charge, massNumber: massNumber)
    else { return nil }
    (name, self.nucleus) = (fields.joined(separator: ","), nucleus)
  }
}
