import Foundation
import ScanStore
import Testing

/// What builds say of themselves, and how they find it out.
@Suite struct VersionTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  @Test func theVersionIsTheSameEverywhere() throws {
    defer { leptoscan.cleanUp() }
    let told = try leptoscan.run(["--version"]).output.trimmingCharacters(in: .newlines)
    let parts = try #require(try /leptoscan ([0-9.]+)( \([0-9a-f]{12}(\+changes)?\))?/.wholeMatch(in: told), "\(told)")
    for (file, line) in [
      ("CITATION.cff", "version: \(parts.1)\n"), ("python/leptoscan/__init__.py", "\"\(parts.1)\"\n"),
    ] {
      let text = try String(contentsOf: Leptoscan.checkout.appendingPathComponent(file), encoding: .utf8)
      #expect(text.contains(line), "\(file)")
    }
    try leptoscan.write(
      "leptoscan: 1\naxes: { m_phi: 0.3, h_mue: { values: [1e-3, 1e-2] }, m_psi: 0.1, g: 1 }\n", to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    let file = try ScanFile.open(leptoscan.folder.appendingPathComponent("out.h5").path)
    #expect(file.attributes["source"]?.text == told)
    #expect(file.attributes["numerics_version"]?.values(as: Int32.self)?.count == 1)
  }

  /// The script that SwiftPM runs before a build, in a repository, without one, and within somebody else's.
  @Test func theCommitIsThatOfTheSourceOrNone() throws {
    defer { leptoscan.cleanUp() }
    let script = Leptoscan.checkout.appendingPathComponent("scripts/write-commit").path
    func commit(_ package: String = "package") throws -> String {
      let ended = try leptoscan.shell("sh '\(script)' \(package) .")
      #expect(ended.exitCode == 0, "\(ended.errors)")
      let text = String(decoding: try leptoscan.contents(of: "BuiltCommit.swift"), as: UTF8.self)
      return text.split(separator: "\"").dropFirst().first.map(String.init) ?? ""
    }
    func git(_ arguments: String) throws {
      let ended = try leptoscan.shell("cd package && git -c user.name=a -c user.email=a@example.org \(arguments)")
      #expect(ended.exitCode == 0, "\(ended.errors)")
    }
    #expect(try leptoscan.shell("mkdir -p package/Sources && echo 1 > package/Sources/a").exitCode == 0)
    guard try leptoscan.shell("git --version").exitCode == 0 else { return print("not checked: there is no git") }
    #expect(try commit() == "\n", "there is no repository")
    try git("init -q")
    #expect(try commit() == "\n", "nothing is committed")
    try git("add -A")
    try git("commit -qm first")
    let first = try commit()
    #expect(first.wholeMatch(of: /[0-9a-f]{12}/) != nil, "\(first)")
    try leptoscan.write("2", to: "package/README.md")
    #expect(try commit() == first, "it is not built")
    try leptoscan.write("2", to: "package/Sources/b")
    #expect(try commit() == first + "+changes")
    try git("add -A")
    #expect(try commit() == first + "+changes")
    try git("commit -qm second")
    #expect(try commit() != first && !commit().contains("+"))
    #expect(try leptoscan.shell("mkdir -p package/inner/Sources").exitCode == 0)
    #expect(try commit("package/inner") == "\n", "the repository is not its own")
  }
}
