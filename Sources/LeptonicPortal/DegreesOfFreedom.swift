import PortalKernels

/// A published table of the effective relativistic degrees of freedom of the Standard Model plasma.
public enum DegreesOfFreedom: String, Sendable, Hashable, CaseIterable {
  /// Drees, Hajkarim, Schmitz: the default, as in micrOMEGAs 6.
  case dhs
  case laineMeyer = "laine-meyer"
  case saikawaShirai = "saikawa-shirai"

  /// Where the table was published.
  public var reference: String {
    switch self {
    case .dhs: "arXiv:1503.03513"
    case .laineMeyer: "arXiv:1503.04935"
    case .saikawaShirai: "arXiv:2005.03544"
    }
  }

  /// Columns of equal length, temperatures ascending.
  public struct Table: Sendable, Hashable {
    /// [GeV]
    public var temperature: [Double] = []
    /// Of the entropy density.
    public var hEff: [Double] = []
    /// Of the energy density.
    public var gEff: [Double] = []
  }

  /// The published numbers.
  public var table: Table {
    var table = Table()
    // Lines that are not three numbers are the comment and the header.
    for line in text.split(separator: "\n") {
      let numbers = line.split(separator: ",").compactMap { Double($0) }
      guard numbers.count == 3 else { continue }
      table.temperature.append(numbers[0])
      table.hEff.append(numbers[1])
      table.gEff.append(numbers[2])
    }
    return table
  }

  private var text: String {
    let number =
      switch self {
      case .dhs: portal_freedom_dhs
      case .laineMeyer: portal_freedom_laine_meyer
      case .saikawaShirai: portal_freedom_saikawa_shirai
      }
    return String(cString: portal_freedom_text(number))
  }
}
