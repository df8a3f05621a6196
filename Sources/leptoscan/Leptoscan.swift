import ArgumentParser

@main
struct Leptoscan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leptoscan", abstract: "Scan the leptonic scalar portal.", subcommands: [])
}
