/// Everything that leptoscan's numbers come from, as BibTeX.
public enum Bibliography {
  /// One source.
  public struct Entry: Sendable, Hashable {
    public let key: String
    /// `article`, `misc`, ...
    public let kind: String
    /// BibTeX fields in the order of printing.
    public let fields: [Field]

    /// The entry as BibTeX.
    public var bibTeX: String {
      let lines = fields.map { "  \($0.name) = {\($0.value)}" }
      return "@\(kind){\(key),\n" + lines.joined(separator: ",\n") + "\n}"
    }
  }

  public struct Field: Sendable, Hashable {
    public let name: String
    public let value: String
  }

  /// The source of that key; nil if there is none.
  public static func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

  /// All sources.
  public static let entries = results + methods

  /// The model and what was measured.
  private static let results: [Entry] = [
    preprint(
      "GninenkoKrasnikov:2022", "Gninenko, S. N. and Krasnikov, N. V.",
      "Leptonic scalar portal: Origin of muon {$g-2$} anomaly and dark matter?", 2022, arXiv: "2202.04410"),
    article(
      "MuonGm2:2021", "Abi, B. and others",
      "Measurement of the Positive Muon Anomalous Magnetic Moment to 0.46 ppm", "Phys. Rev. Lett. 126, 141801", 2021,
      arXiv: "2104.03281"),
    article(
      "WhitePaper:2020", "Aoyama, T. and others",
      "The anomalous magnetic moment of the muon in the Standard Model", "Phys. Rept. 887, 1", 2020,
      arXiv: "2006.04822"),
    preprint(
      "MuonGm2:2025", "Aguillard, D. P. and others",
      "Measurement of the Positive Muon Anomalous Magnetic Moment to 127 ppb", 2025, arXiv: "2506.03069"),
    preprint(
      "WhitePaper:2025", "Aliberti, R. and others",
      "The anomalous magnetic moment of the muon in the Standard Model: an update", 2025, arXiv: "2505.21476"),
    article(
      "Morel:2020", "Morel, L. and Yao, Z. and Clad{\\'e}, P. and Guellati-Kh{\\'e}lifa, S.",
      "Determination of the fine-structure constant with an accuracy of 81 parts per trillion", "Nature 588, 61", 2020),
    article(
      "Fan:2022", "Fan, X. and Myers, T. G. and Sukra, B. A. D. and Gabrielse, G.",
      "Measurement of the Electron Magnetic Moment", "Phys. Rev. Lett. 130, 071801", 2023, arXiv: "2209.13084"),
    article(
      "Parker:2018", "Parker, R. H. and Yu, C. and Zhong, W. and Estey, B. and M{\\\"u}ller, H.",
      "Measurement of the fine-structure constant as a test of the Standard Model", "Science 360, 191", 2018,
      arXiv: "1812.04130"),
    article(
      "TWIST:2014", "Bayes, R. and others", "A search for two body muon decay signals", "Phys. Rev. D 91, 052020", 2015,
      arXiv: "1409.0638"),
    article(
      "PIENU:2020", "Aguilar-Arevalo, A. and others",
      "Improved search for two body muon decay {$\\mu^+ \\to e^+ X_H$}", "Phys. Rev. D 101, 052014", 2020,
      arXiv: "2002.09170"),
    article("Heintze:1979", "Heintze, J. and others", nil, "Nucl. Phys. B 149, 365", 1979),
    article(
      "ATLAS:2014", "{ATLAS Collaboration}",
      "Search for the lepton flavor violating decay {$Z \\to e\\mu$} in {$pp$} collisions at {$\\sqrt{s} = 8$ TeV} with the {ATLAS} detector",
      "Phys. Rev. D 90, 072010", 2014, arXiv: "1408.5774"),
    article(
      "ATLAS:2022", "{ATLAS Collaboration}",
      "Search for the charged-lepton-flavor-violating decay {$Z \\to e\\mu$} in {$pp$} collisions at {$\\sqrt{s} = 13$ TeV} with the {ATLAS} detector",
      "Phys. Rev. D 108, 032015", 2023, arXiv: "2204.10783"),
    preprint(
      "CMS:2025", "{CMS Collaboration}",
      "Search for charged lepton flavor violating {$Z$} and {$Z'$} boson decays in proton-proton collisions at {$\\sqrt{s} = 13$ TeV}",
      2025, arXiv: "2508.07512"),
    article(
      "ATLAS:2023", "{ATLAS Collaboration}",
      "Combination of searches for invisible decays of the Higgs boson using 139 fb{$^{-1}$} of proton-proton collision data at {$\\sqrt{s} = 13$ TeV} collected with the {ATLAS} experiment",
      "Phys. Lett. B 842, 137963", 2023, arXiv: "2301.10731"),
    article(
      "Planck:2018", "{Planck Collaboration}", "Planck 2018 results. VI. Cosmological parameters",
      "Astron. Astrophys. 641, A6", 2020, arXiv: "1807.06209"),
    article(
      "NA64:2019", "Banerjee, D. and others", "Dark matter search in missing energy events with {NA64}",
      "Phys. Rev. Lett. 123, 121801", 2019, arXiv: "1906.00176"),
    article(
      "NA64:2023", "Andreev, Yu. M. and others", "Search for Light Dark Matter with {NA64} at {CERN}",
      "Phys. Rev. Lett. 131, 161801", 2023, arXiv: "2307.02404"),
    preprint(
      "NA64mu:2024", "Andreev, Yu. M. and others",
      "Exploration of the Muon {$g-2$} and Light Dark Matter explanations in {NA64} with the {CERN SPS} high energy muon beam",
      2024, arXiv: "2401.01708"),
    preprint(
      "LDMX:2018", "{\\AA}kesson, T. and others", "Light Dark Matter eXperiment ({LDMX})", 2018, arXiv: "1808.05219"),
    preprint(
      "LDMX:2025", "{\\AA}kesson, T. and others", "{LDMX} -- The Light Dark Matter eXperiment", 2025,
      arXiv: "2508.11833"),
    preprint(
      "M3:2018", "Kahn, Y. and Krnjaic, G. and Tran, N. and Whitbeck, A.",
      "{M$^3$}: A New Muon Missing Momentum Experiment to Probe {$(g-2)_\\mu$} and Dark Matter at {Fermilab}", 2018,
      arXiv: "1804.03144"),
    article(
      "Tsai:1966", "Tsai, Y.-S. and Whitis, V.",
      "Thick-target bremsstrahlung and target considerations for secondary-particle production by electrons",
      "Phys. Rev. 149, 1248", 1966),
    article("PDG:2024", "Navas, S. and others", "Review of Particle Physics", "Phys. Rev. D 110, 030001", 2024),
  ]

  static func article(
    _ key: String, _ author: String, _ title: String?, _ journal: String, _ year: Int, arXiv: String? = nil
  ) -> Entry {
    let titleField = title.map { [("title", $0)] } ?? []
    let eprint = arXiv.map { [("eprint", $0), ("archivePrefix", "arXiv")] } ?? []
    return Entry(
      key: key, kind: "article",
      fields: fields([("author", author)] + titleField + [("journal", journal), ("year", "\(year)")] + eprint))
  }

  static func preprint(_ key: String, _ author: String, _ title: String, _ year: Int, arXiv: String) -> Entry {
    Entry(
      key: key, kind: "misc",
      fields: fields([
        ("author", author), ("title", title), ("year", "\(year)"), ("eprint", arXiv), ("archivePrefix", "arXiv"),
      ]))
  }

  private static func fields(_ pairs: [(String, String)]) -> [Field] {
    pairs.map { Field(name: $0.0, value: $0.1) }
  }
}
