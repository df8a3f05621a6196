extension Bibliography {
  /// What computes, not what was measured: this program, constants, and the methods behind the relic density.
  static let methods: [Entry] = [
    Entry(
      key: "leptoscan", kind: "misc",
      fields: [
        Field(name: "author", value: "{The leptoscan developers}"),
        Field(name: "title", value: "leptoscan: dense scans of the leptonic scalar portal"),
        Field(name: "note", value: "version as in the attribute source of each file"),
      ]),
    preprint(
      "CODATA:2022", "Mohr, P. J. and Newell, D. B. and Taylor, B. N. and Tiesinga, E.",
      "CODATA Recommended Values of the Fundamental Physical Constants: 2022", 2024, arXiv: "2409.03887"),
    article(
      "GondoloGelmini:1991", "Gondolo, P. and Gelmini, G.", "Cosmic abundances of stable particles: Improved analysis",
      "Nucl. Phys. B 360, 145", 1991),
    article(
      "EdsjoGondolo:1997", "Edsj{\\\"o}, J. and Gondolo, P.", "Neutralino relic density including coannihilations",
      "Phys. Rev. D 56, 1879", 1997, arXiv: "hep-ph/9704361"),
    article(
      "DreesHajkarimSchmitz:2015", "Drees, M. and Hajkarim, F. and Schmitz, E. R.",
      "The Effects of QCD Equation of State on the Relic Density of WIMP Dark Matter", "JCAP 06, 025", 2015,
      arXiv: "1503.03513"),
    article(
      "LaineMeyer:2015", "Laine, M. and Meyer, M.", "Standard Model thermodynamics across the electroweak crossover",
      "JCAP 07, 035", 2015, arXiv: "1503.04935"),
    article(
      "SaikawaShirai:2020", "Saikawa, K. and Shirai, S.",
      "Precise WIMP Dark Matter Abundance and Standard Model Thermodynamics", "JCAP 08, 011", 2020,
      arXiv: "2005.03544"),
  ]
}

extension DegreesOfFreedom {
  /// The key of the table's publication in ``Bibliography``.
  var citation: String {
    switch self {
    case .dhs: "DreesHajkarimSchmitz:2015"
    case .laineMeyer: "LaineMeyer:2015"
    case .saikawaShirai: "SaikawaShirai:2020"
    }
  }
}

extension Model {
  /// The keys in ``Bibliography`` of what stands behind observables of this model and behind its extensions, each once.
  public func citations(of observables: [Quantity]) -> [String] {
    let relic = Set(RelicObservables.all).subtracting([RelicObservables.status])
    let methods =
      observables.contains(where: relic.contains)
      ? ["GondoloGelmini:1991", "EdsjoGondolo:1997", self.relic.degreesOfFreedom.citation] : []
    let keys = ["leptoscan", "GninenkoKrasnikov:2022"] + methods + ["PDG:2024", "CODATA:2022"]
    var seen = Set<String>()
    return (keys + extensions.flatMap(\.citations)).filter { seen.insert($0).inserted }
  }
}
