import Cards
import Constraints
import Experiments
import LeptonicPortal
import Production

extension CardReader {
  /// The names under `observables`; nil after a report.
  /// - Parameters:
  ///   - known: those that the card computes.
  ///   - isComplete: whether these are all, and not without those of blocks that are wrong.
  mutating func observables(_ node: CardNode, known: [String], isComplete: Bool) -> [String]? {
    let example = "observables: [\(known.prefix(2).joined(separator: ", "))]"
    guard let nodes = list(node, named: "observables", example: example) else { return nil }
    // What the blocks of a card that can be read so far may add besides.
    let possible = isComplete ? known : known + ProductionObservables.names + ConstraintChoices.totalNames
    var names: [String] = []
    for node in nodes {
      let name = node.node.scalar?.string ?? ""
      if !known.contains(name), let missing = MissingBlock(for: name, beside: known) {
        if isComplete {
          report(
            at: node.position, "the observable \(name) is not computed here", why: missing.why,
            suggestion: "\(missing.suggestion), or remove \(name)")
        }
        continue
      }
      guard let name = word(node, named: "observable", among: possible, why: "it is none of those computed here") else {
        continue
      }
      if names.contains(name) {
        report(
          at: node.position, "the observable \(name) is listed twice", why: "each is stored once",
          suggestion: "remove one of the two")
      } else {
        names.append(name)
      }
    }
    return names
  }
}

/// What a card lacks that asks for an observable of a block that it does not have.
private struct MissingBlock {
  let why: String
  let suggestion: String

  /// - Parameter known: the observables that the card computes.
  /// - Returns: nil for an observable of no block, and where a name of the card's blocks may be misspelt.
  init?(for observable: String, beside known: [String]) {
    func isGiven(_ prefix: String) -> Bool { known.contains { $0.hasPrefix(prefix) } }
    let measured = "measurements: \(MeasurementSet.latest.name)"
    if ProductionObservables.names.contains(observable) {
      (why, suggestion) = ("the card has no block production", "add the block production")
    } else if ConstraintChoices.totalNames.contains(observable) {
      why = "the card compares with nothing that counts"
      suggestion = "add \(measured), or name under constraints what shall count"
    } else if let experiment = MissingBlock.experiment(of: observable) {
      (why, suggestion) = ("the card does not name this experiment", "add experiments: [\(experiment)]")
    } else if observable.hasPrefix(MissingBlock.eventsPrefix), !isGiven(MissingBlock.eventsPrefix) {
      (why, suggestion) = ("the card names no experiments", "add experiments: [na64e-2022]")
    } else if observable.hasPrefix(ConstraintChoices.likelihoodPrefix), !isGiven(ConstraintChoices.likelihoodPrefix) {
      (why, suggestion) = ("the card does not compare with this measurement", "add \(measured)")
    } else {
      return nil
    }
  }

  private static let eventsPrefix = "events_"

  /// The built-in experiment behind `events_NAME` and `log_likelihood_NAME`; nil for other names.
  private static func experiment(of observable: String) -> String? {
    Experiment.shippedNames.first { name in
      let variable = name.replacing("-", with: "_")
      return observable == eventsPrefix + variable || observable == ConstraintChoices.likelihoodPrefix + variable
    }
  }
}
