import Cards
import ExperimentFiles

extension Experiment {
  /// The names of the experiments that are part of the program.
  public static let shippedNames = (0..<experiment_file_count()).map { String(cString: experiment_file_name($0)) }

  /// The experiment of that name; nil if the program has none.
  public static func shipped(_ name: String) throws(CardError) -> Experiment? {
    guard let text = shippedText(name) else { return nil }
    return try Experiment(yaml: text, file: "\(name).yaml")
  }

  /// The YAML text of a shipped experiment, as a start for one's own; nil if there is none of that name.
  public static func shippedText(_ name: String) -> String? {
    shippedNames.firstIndex(of: name).map { String(cString: experiment_file_text(Int32($0))) }
  }

  /// Whether a text means a file and not a name.
  package static func isPath(_ text: String) -> Bool {
    text.contains("/") || [".yaml", ".yml"].contains { text.hasSuffix($0) }
  }

  /// The experiment of that name, or that of a file.
  /// - Parameter nameOrPath: a path has a slash or ends in `.yaml` or `.yml`.
  public init(named nameOrPath: String) throws {
    if Experiment.isPath(nameOrPath) {
      try self.init(contentsOf: nameOrPath)
    } else if let experiment = try Experiment.shipped(nameOrPath) {
      self = experiment
    } else {
      throw UnknownExperiment(name: nameOrPath)
    }
  }
}

/// A name that no experiment has.
public struct UnknownExperiment: Error, Hashable, CustomStringConvertible {
  public let name: String

  public init(name: String) { self.name = name }

  public var description: String {
    "unknown experiment '\(name)' (it is none of those that leptoscan has, and no path of a file) "
      + choice(of: Experiment.shippedNames, insteadOf: name)
  }
}
