import Foundation
import Testing

/// Where the system gives fewer threads, less memory and smaller files than usual, commands do with less or say so; none
/// hangs, none ends by a signal.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/statm"), "limits are those of Linux"))
struct ResourceLimitTests {
  let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    try leptoscan.write(
      """
      leptoscan: 1
      axes:
        m_phi: { from: 110 MeV, to: 10 GeV, points: 40 }
        h_mue: { from: 1e-5, to: 1e-1, points: 31 }
        m_psi: 0.1
        g: { from: 0.01, to: 1, points: 20 }
      observables: [delta_a_mu, br_invisible, relic_density]

      """, to: "card.yaml")
  }

  private let scan =
    "timeout -s KILL 120 '\(Leptoscan.executable.path)' scan card.yaml -o out.h5 --force --device native"

  /// A library in front of the system's that makes MOST_THREADS threads and no more; nil without a compiler.
  private func fewThreads() throws -> String? {
    try leptoscan.write(
      """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <errno.h>
      #include <pthread.h>
      #include <stdatomic.h>
      #include <stdlib.h>
      static atomic_int made;
      int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *context) {
        if (atomic_fetch_add(&made, 1) >= atoi(getenv("MOST_THREADS"))) return EAGAIN;
        int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = dlsym(RTLD_NEXT, "pthread_create");
        return create(thread, attributes, body, context);
      }

      """, to: "few.c")
    let options = "-shared -fPIC few.c -o few.so -ldl"
    let compiled = try leptoscan.shell("clang \(options) || cc \(options)")
    return compiled.exitCode == 0 ? leptoscan.folder.appendingPathComponent("few.so").path : nil
  }

  @Test func aScanDoesWithTheThreadsThatThereAre() throws {
    defer { leptoscan.cleanUp() }
    guard let library = try fewThreads() else { try Test.cancel("there is no C compiler") }
    #expect(try leptoscan.shell(scan).exitCode == 0)
    let whole = try leptoscan.contents(of: "out.h5")
    for threads in 0...4 {
      try FileManager.default.removeItem(at: leptoscan.folder.appendingPathComponent("out.h5"))
      let outcome = try leptoscan.shell("LD_PRELOAD='\(library)' MOST_THREADS=\(threads) \(scan)")
      #expect(outcome.exitCode == 0, "\(threads) threads: \(outcome.errors)")
      #expect(try leptoscan.contents(of: "out.h5") == whole, "\(threads) threads")
    }
  }

  /// With no thread to wait for signals they interrupt the only one.
  @Test(arguments: [0, 1, 9]) func signalsAreHeardWithFewThreads(threads: Int) throws {
    defer { leptoscan.cleanUp() }
    guard let library = try fewThreads() else { try Test.cancel("there is no C compiler") }
    let outcome = try leptoscan.shell(
      """
      mkfifo slow.yaml
      LD_PRELOAD='\(library)' MOST_THREADS=\(threads) '\(Leptoscan.executable.path)' scan slow.yaml -o out.h5 &
      exec 9> slow.yaml
      kill -TERM $!
      wait $!
      """)
    #expect(outcome.exitCode == 75, "\(outcome.errors)")
    #expect(outcome.errors == "leptoscan: stopped (SIGTERM; nothing is written) run it again\n")
  }

  /// A user of whom no other process runs, with a limit of so many.
  @Test(.enabled(if: geteuid() == 0, "only root can become a user without processes"), arguments: [1, 2, 3, 5])
  func aUserWithFewProcesses(processes: Int) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.shell(
      """
      chmod 777 .
      timeout -s KILL 120 setpriv --reuid \(40000 + processes) --clear-groups prlimit --nproc=\(processes):\(processes) \
        '\(Leptoscan.executable.path)' scan card.yaml -o out.h5 --device native
      """)
    // The user may not reach the program.
    if outcome.exitCode == 126 || outcome.exitCode == 127 { try Test.cancel("\(outcome.errors)") }
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
  }

  /// 127: the system's loader had too little for the program's libraries.
  private func expectNoSignal(_ limit: String) throws {
    let outcome = try leptoscan.shell("\(limit); \(scan)")
    #expect([0, 65, 73, 74, 127].contains(outcome.exitCode), "\(limit): \(outcome.exitCode) \(outcome.errors)")
    if outcome.exitCode != 0 { #expect(!outcome.errors.isEmpty, "\(limit)") }
  }

  @Test(arguments: [3, 4, 5, 6, 7, 8, 10, 12]) func fewOpenFiles(count: Int) throws {
    defer { leptoscan.cleanUp() }
    // The shell's own redirections need one.
    try expectNoSignal("exec 3>&- 4>&-; ulimit -n \(count)")
  }

  @Test(arguments: [64, 128, 512]) func smallStacks(kibibytes: Int) throws {
    defer { leptoscan.cleanUp() }
    try expectNoSignal("ulimit -s \(kibibytes)")
  }

  @Test(arguments: Array(stride(from: 50, through: 400, by: 25))) func littleMemory(mebibytes: Int) throws {
    defer { leptoscan.cleanUp() }
    try expectNoSignal("ulimit -v \(mebibytes << 10)")
  }

  @Test(arguments: [0, 1, 20, 200]) func smallFiles(kibibytes: Int) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.shell("(ulimit -f \(kibibytes); exec \(scan)) > report")
    #expect(outcome.exitCode == 74, "\(outcome.errors)")
  }
}
