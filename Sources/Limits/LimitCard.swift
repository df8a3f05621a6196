import Cards
import LeptonicPortal
import Scanning

extension RunCardFile {
  /// Reads the card of a file of lines: where it names constraints but no measurements, these are the latest set.
  /// - Throws: `CardError` with everything that is wrong.
  public init(forLimits path: String) throws(CardError) {
    try self.init(forLimits: CardSource(path: path, kind: "run card"))
  }

  /// Reads such a card from text.
  /// - Parameter file: the name that messages carry.
  public init(forLimitsYAML yaml: String, file: String) throws(CardError) {
    try self.init(forLimits: CardSource(bytes: Array(yaml.utf8), file: file, kind: "run card"))
  }

  private init(forLimits source: CardSource) throws(CardError) {
    let text = source.text(
      adding: "measurements: \(MeasurementSet.latest.name)", whereKey: "constraints", standsWithout: "measurements")
    try self.init(yaml: text, file: source.file, knownObservables: Model.observableNames)
  }
}
