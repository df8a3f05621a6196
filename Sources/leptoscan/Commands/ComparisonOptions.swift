import ArgumentParser
import LeptonicPortal
import Scanning

/// What points are compared with: keys of a run card, as options.
struct ComparisonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Compare with a set of measurements: 2026, 2026-cs, 2025 or gk2022.", valueName: "set"))
  var measurements: String?
  @Option(
    help: ArgumentHelp(
      """
      Compare with experiments and give their expected events: built-in ones (yield --list) or YAML files, separated by \
      commas.
      """, valueName: "names|files"))
  var experiments: String?
  @Option(
    help: ArgumentHelp(
      """
      Only some constraints, separated by commas: g_minus_2_muon, na64e_2022, { name: relic_density, sides: both }, ... \
      (docs/constraints.md). All that are measured or recast by default.
      """, valueName: "names"))
  var constraints: String?
  @Option(
    help: ArgumentHelp("How rates are computed: exact, or as the paper estimates them, gk2022.", valueName: "word"))
  var treatment: String?

  func comparison(_ darkMatter: DarkMatter) throws -> Comparison {
    func list(_ text: String) -> String { text.hasPrefix("[") ? text : "[\(text)]" }
    let keys = [
      ("measurements", measurements), ("experiments", experiments.map(list)), ("constraints", constraints.map(list)),
      ("treatment", treatment),
    ]
    let lines = keys.compactMap { key, value in value.map { "\(key): \($0)\n" } }
    return try Comparison(yaml: lines.joined(), source: "options", darkMatter: darkMatter)
  }
}
