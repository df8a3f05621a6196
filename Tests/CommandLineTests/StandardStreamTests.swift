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

  @Test(arguments: ["2>/dev/full", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>&9", ">&9 2>&9"])
  func aScanGoesOn(redirection: String) throws {
    defer { leptoscan.cleanUp() }
    let scan = "\(program) scan card.yaml -o out.h5 --progress json \(redirection)"
    #expect(try leptoscan.shell("\(intoNothing) \(scan)").exitCode == 0)
    #expect(try leptoscan.contents(of: "out.h5") == leptoscan.contents(of: "scan.h5"))
  }

  /// Its work is done; that its report is lost is said at the end.
  @Test func aScanWithoutRoomForItsReportIsComplete() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.shell("\(program) scan card.yaml -o out.h5 --progress none >/dev/full")
    #expect(outcome.exitCode == 74 && outcome.errors == full, "\(outcome.errors)")
    #expect(try leptoscan.contents(of: "out.h5") == leptoscan.contents(of: "scan.h5"))
  }

  private let full = """
    leptoscan: standard output cannot be written (write: No space left on device) free some space or redirect it \
    elsewhere

    """
  private static let point = "--m-phi 0.317 --h-mue 3.3e-3 --m-psi 0.1057 --g 0.08"

  /// Commands that are run for what they print.
  static let printing = [
    "--help", "--version", "help scan", "scan --help", "--generate-completion-script bash", "show scan.h5",
    "show scan.h5 --json", "show scan.h5 --card", "verify scan.h5", "verify scan.h5 --json", "cite",
    "cite scan.h5 --keys",
    "evaluate \(point)", "evaluate \(point) --json", "yield --list", "yield --experiment na64e-2022 --print",
    "yield --experiment na64e-2022 --m-phi 0.3", "export scan.h5 -o -", "doctor", "devices", "devices --json",
    "cross-section --channel e-mu --target Pb --energy 100 --m-phi 0.317 --json",
    "selftest --device native --points 8", "selftest --device native --points 8 --json",
    "bench --device native --points 1024 --repeats 1", "submit card.yaml --slurm -n 2 -o out.h5",
  ]

  /// Commands that write a file, and say so.
  static let writing = [
    "scan card.yaml -o out.h5 --dry-run", "limits card.yaml -o out.h5 --device native", "repack scan.h5 -o out.h5",
    "export scan.h5 -o out.csv", "profile scan.h5 -o out.h5 --variable br_invisible:max", "merge out.h5 1.h5 2.h5",
    "evaluate --points points.csv -o out.csv", "events events.yaml -o out.lhe --device native",
  ]

  private func writeInputs() throws {
    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.317,3.3e-3,0.1,0.08\n", to: "points.csv")
    try leptoscan.write(
      """
      leptoscan: 1
      axes: { m_phi: 0.3, h_mue: 1e-3, m_psi: 0.1, g: 0.1 }
      production: { channel: e-mu, target: Pb, energy: 100 GeV }
      events: { count: 3 }

      """, to: "events.yaml")
    for shard in 1...2 { _ = try leptoscan.run(["scan", "card.yaml", "-o", "\(shard).h5", "--shard", "\(shard)/2"]) }
  }

  @Test func everyCommandSaysThatStandardOutputIsFull() throws {
    defer { leptoscan.cleanUp() }
    try writeInputs()
    for command in StandardStreamTests.printing + StandardStreamTests.writing {
      let force = StandardStreamTests.writing.contains(command) ? "--force" : ""
      let outcome = try leptoscan.shell("\(program) \(command) \(force) >/dev/full")
      #expect(outcome.exitCode == 74 && outcome.errors.hasSuffix(full), "\(command): \(outcome)")
    }
  }

  /// As usual: what is printed for a reader who has gone ends by the signal, what is written to a file is completed.
  @Test func aPipeThatNobodyReadsIsNoError() throws {
    defer { leptoscan.cleanUp() }
    try writeInputs()
    for command in StandardStreamTests.printing {
      let outcome = try leptoscan.shell("\(intoNothing) \(program) \(command) >&9")
      let isQuiet = !outcome.errors.contains("standard output")
      #expect(outcome.exitCode == 128 + SIGPIPE && isQuiet, "\(command): \(outcome)")
    }
    for command in StandardStreamTests.writing {
      let outcome = try leptoscan.shell("\(intoNothing) \(program) \(command) --force >&9")
      #expect(outcome.exitCode == 0 && !outcome.errors.contains("standard output"), "\(command): \(outcome)")
    }
  }

  /// Nothing in the command line prints past the layer that notices.
  @Test func nothingPrintsByItself() throws {
    defer { leptoscan.cleanUp() }
    let sources = Leptoscan.checkout.appendingPathComponent("Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.allObjects ?? []
    for case let file as URL in files where file.pathExtension == "swift" {
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      let printing = lines.filter { $0.contains(/\b(print|puts|debugPrint|fputs)\(/) }
      let isExpected: (Substring) -> Bool = { $0.contains("func print(") || $0.contains("print(\" \".join(missing))") }
      #expect(printing.allSatisfy(isExpected), "\(file.lastPathComponent): \(printing)")
    }
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
