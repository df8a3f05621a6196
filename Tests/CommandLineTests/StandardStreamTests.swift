import Foundation
import Testing

/// Standard output and error that are full, closed, or read by nobody.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "Linux has a full device"))
struct StandardStreamTests {
  let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    try leptoscan.write(
      """
      leptoscan: 1
      axes:
        m_phi: { from: 110 MeV, to: 10 GeV, points: 40 }
        h_mue: { from: 1e-5, to: 1e-1, points: 41 }
        m_psi: 0.1
        g: { from: 0.01, to: 1, points: 40 }
      observables: [delta_a_mu, br_invisible]

      """, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"])
  }

  private var program: String { "'\(Leptoscan.executable.path)'" }

  /// A pipe without reader from the start; `head` would have to be outrun.
  private let intoNothing = "exec 9> >(exit 0); wait $!;"

  @Test(arguments: ["2>/dev/full", "2>&-", ">/dev/full", ">&- 2>&-", "<&- >&- 2>&-", "2>&9", ">&9 2>&9"])
  func aScanGoesOn(redirection: String) throws {
    defer { leptoscan.cleanUp() }
    let scan = "\(program) scan card.yaml -o out.h5 --progress json \(redirection)"
    #expect(try leptoscan.shell("\(intoNothing) \(scan)").exitCode == 0)
    #expect(try leptoscan.contents(of: "out.h5") == leptoscan.contents(of: "scan.h5"))
  }

  @Test func messagesNeedNobody() throws {
    defer { leptoscan.cleanUp() }
    #expect(try leptoscan.shell("\(program) scan no.yaml -o out.h5 2>/dev/full").exitCode == 65)
    #expect(try leptoscan.shell("\(program) scan no.yaml -o out.h5 2>&-").exitCode == 65)
  }

  @Test func anExportIsCompleteOrFails() throws {
    defer { leptoscan.cleanUp() }
    let export = "\(program) export scan.h5 -o -"
    let full = try leptoscan.shell("\(export) >/dev/full")
    #expect(full.exitCode == 74 && full.errors.hasPrefix("leptoscan: standard output cannot be written "))
    #expect(try leptoscan.shell("\(export) >&-").exitCode == 74)
    // As `cat` and others: ended by the signal, without a word.
    let unread = try leptoscan.shell("\(intoNothing) \(export) >&9")
    #expect(unread.exitCode == 128 + SIGPIPE && unread.errors.isEmpty)
    #expect(try leptoscan.shell("\(export) | head -n 1 > first").exitCode == 0)
    #expect(try leptoscan.contents(of: "first").starts(with: Data("m_phi,".utf8)))
  }

  /// A limit on the size of files is the full disk of an ordinary user.
  @Test func nothingIsLeftOfAnExportThatDoesNotFit() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.shell("trap '' XFSZ; ulimit -f 64; \(program) export scan.h5 -o e.csv")
    #expect(outcome.exitCode == 74, "\(outcome.errors)")
    #expect(!leptoscan.exists("e.csv") && !leptoscan.exists("e.csv.part"))
  }
}
