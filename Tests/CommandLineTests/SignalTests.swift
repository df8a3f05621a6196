import Foundation
import Testing

/// The first signal that asks for the end is always heard, whatever the command is at.
@Suite struct SignalTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  private var program: String { "'\(Leptoscan.executable.path)'" }

  /// A pipe into which nobody writes: the command is reading once it can be opened from here.
  @Test(arguments: ["scan slow -o out.h5", "scan slow -o out.h5 --dry-run"], ["TERM", "INT", "USR1"])
  func scansStopWhileTheyRead(command: String, signal: String) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.shell(
      "mkfifo slow; \(program) \(command) & exec 9> slow; kill -\(signal) $!; wait $!")
    #expect(outcome.exitCode == 75, "\(outcome.errors)")
    #expect(outcome.errors == "leptoscan: stopped (SIG\(signal); nothing is written) run it again\n")
    #expect(!leptoscan.exists("out.h5.part") && !leptoscan.exists("out.h5.part.journal"))
  }

  /// Commands that have nothing to store end as the system ends them.
  @Test func otherCommandsEndByTheSignal() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.shell("mkfifo slow; \(program) limits slow -o out.h5 & exec 9> slow; kill $!; wait $!")
    #expect(outcome.exitCode == 128 + SIGTERM && outcome.errors.isEmpty)
  }

  /// The message of a stop is not written behind the live line.
  @Test func aLiveLineIsEnded() throws {
    defer { leptoscan.cleanUp() }
    guard try leptoscan.shell("python3 -c 'import pty'").exitCode == 0 else { try Test.cancel("there is no Python") }
    try leptoscan.write(
      """
      leptoscan: 1
      axes:
        m_phi: { from: 110 MeV, to: 10 GeV, points: 120 }
        h_mue: { from: 1e-5, to: 1e-1, points: 40 }
        m_psi: { ratio_to_m_phi: { from: 0.2, to: 0.45, points: 40, spacing: linear } }
        g: { from: 0.01, to: 1, points: 40 }
      observables: [relic_density]

      """, to: "card.yaml")
    try leptoscan.write(
      """
      import os, pty, signal, sys
      pid, terminal = pty.fork()
      if pid == 0:
        os.execv(sys.argv[1], sys.argv[1:])
      text = b""
      while b"ETA" not in text:
        text += os.read(terminal, 4096)
      os.kill(pid, signal.SIGINT)
      try:
        while True:
          text += os.read(terminal, 4096)
      except OSError:
        pass
      code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
      sys.stderr.write(text.decode().replace("\\r\\n", "\\n"))
      sys.exit(code)

      """, to: "terminal.py")
    let outcome = try leptoscan.shell("python3 terminal.py \(program) scan card.yaml -o out.h5 --device native")
    #expect(outcome.exitCode == 75)
    #expect(outcome.errors.contains("\nleptoscan: stopped at "), "\(outcome.errors.suffix(400))")
  }
}
