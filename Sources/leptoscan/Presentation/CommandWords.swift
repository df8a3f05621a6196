import ArgumentParser
import Cards
import Foundation

/// The words of a command line: as they are passed to the parser, and what is wrong with them where it refuses them.
struct CommandWords {
  let words: [String]
  private let command: (any ParsableCommand.Type)?

  /// - Parameter words: without the name of the program; underscores in the names of options may stand for hyphens.
  init(_ words: [String]) {
    let command = words.first.flatMap(CommandWords.command)
    self.command = command
    let known = command.map(CommandWords.options) ?? []
    var isOption = true
    self.words = words.map { word in
      isOption = isOption && word != "--"
      guard isOption, word.hasPrefix("--") else { return word }
      let name = CommandWords.name(word)
      let hyphened = name.replacing("_", with: "-")
      return known.contains(name) || !known.contains(hyphened) ? word : hyphened + word.dropFirst(name.count)
    }
  }

  /// The command that the words ask for.
  /// - Throws: ``UsageError`` that names an unknown command or option, the parser's errors.
  func parsed() throws -> any ParsableCommand {
    do {
      return try Leptoscan.parseAsRoot(words)
    } catch {
      // Help is no error, and whatever else is missing, a misspelt name is the likely reason.
      if Leptoscan.exitCode(for: error) != .success, let problem { throw problem }
      throw error
    }
  }

  /// What to say of the first word that is neither a command nor an option, where the parser found something wrong.
  private var problem: UsageError? {
    guard let first = words.first, !first.hasPrefix("-"), first != "help" else { return nil }
    guard let command else {
      let names = CommandWords.commands.compactMap { $0.configuration.commandName }
      return UsageError("unknown command \(first) (\(CommandWords.hint(first, names))) see leptoscan --help")
    }
    let known = CommandWords.options(of: command)
    let options = words.dropFirst().prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map(CommandWords.name)
    guard let unknown = options.first(where: { !known.contains($0) && !CommandWords.isGeneral($0) }) else { return nil }
    return UsageError(
      "unknown option \(unknown) (\(CommandWords.hint(unknown, known))) see leptoscan \(first) --help")
  }

  /// The nearest of the names, whatever hyphens they begin with.
  private static func hint(_ word: String, _ names: [String]) -> String {
    func bare(_ name: String) -> String { String(name.drop { $0 == "-" }).replacing("_", with: "-") }
    guard let found = nearest(to: bare(word), among: names.map(bare)) else { return "none has a name like it" }
    return "did you mean \(names.first { bare($0) == found } ?? found)?"
  }

  private static var commands: [any ParsableCommand.Type] { Leptoscan.configuration.subcommands }

  private static func command(_ name: String) -> (any ParsableCommand.Type)? {
    commands.first { $0.configuration.commandName == name }
  }

  /// The part before `=`.
  private static func name(_ word: String) -> String { String(word.prefix { $0 != "=" }) }

  /// Understood by the parser after every command, and not in its help.
  private static func isGeneral(_ option: String) -> Bool {
    ["--help-hidden", "--experimental-dump-help", "--generate-completion-script"].contains(option)
  }

  /// The long options of a command, as its help lists them in the first column.
  private static func options(of command: any ParsableCommand.Type) -> [String] {
    let help = Leptoscan.helpMessage(for: command, includeHidden: true, columns: HelpText.unbroken)
    let rows = help.split(separator: "\n").drop { !$0.hasPrefix("USAGE:") }.filter { $0.hasPrefix("  -") }
    return rows.flatMap { row in
      let label = row.dropFirst(2).prefix { !$0.isWhitespace || $0 == " " }.split(separator: "  ").first ?? ""
      return label.matches(of: /--[a-z0-9][a-z0-9-]*/).map { String($0.output) }
    }
  }
}
