import Foundation
import Testing

/// The numbers in docs/validation.md are those that the program computes.
@Suite struct ValidationTests {
  @Test func pageSaysWhatIsComputed() throws {
    let leptoscan = try Leptoscan()
    defer { leptoscan.cleanUp() }
    guard try leptoscan.shell("python3 -c ''").exitCode == 0 else {
      return print("validation: not checked: no python3")
    }
    let script = Leptoscan.checkout.appendingPathComponent("scripts/validation.py").path
    let outcome = try leptoscan.shell("python3 '\(script)' '\(Leptoscan.executable.path)'")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
  }
}
