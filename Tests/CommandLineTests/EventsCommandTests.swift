import Foundation
import Testing

@Suite struct EventsCommandTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  private func card(events: String = "events: { count: 20 }") -> String {
    """
    leptoscan: 1
    axes: { m_phi: { values: [0.317, 1] }, h_mue: 3.3e-3, m_psi: 0.1, g: 0.08 }
    production: { channel: e-mu, target: Pb, energy: 100 GeV, recoil_min: 10 GeV }
    \(events)
    """
  }

  @Test func sameSeedSameBytes() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card(), to: "card.yaml")
    for name in ["a.lhe", "b.lhe", "a.h5", "b.h5"] {
      let outcome = try leptoscan.run(["events", "card.yaml", "-o", name, "--device", "native"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("40 events -> \(name)"))
    }
    #expect(try leptoscan.contents(of: "a.lhe") == leptoscan.contents(of: "b.lhe"))
    #expect(try leptoscan.contents(of: "a.h5") == leptoscan.contents(of: "b.h5"))
    let shown = try leptoscan.run(["show", "a.h5"])
    #expect(shown.output.contains("p_phi") && shown.output.contains("cross_section_pb"), "\(shown.output)")
    let again = try leptoscan.run(["events", "card.yaml", "-o", "a.lhe"])
    #expect(again.exitCode == 73 && again.errors.contains("cannot create a.lhe "))
    #expect(try leptoscan.run(["events", "card.yaml", "-o", "a.lhe", "--force"]).exitCode == 0)
  }

  @Test func damagedEventsAreFound() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card(), to: "card.yaml")
    _ = try leptoscan.run(["events", "card.yaml", "-o", "events.h5", "--device", "native"])
    let intact = try leptoscan.run(["verify", "events.h5"])
    #expect(intact.exitCode == 0 && !intact.output.contains("no checksum"), "\(intact.output)\(intact.errors)")
    for variable in ["p_lepton", "p_phi", "p_nucleus", "sigma_pb"] {
      try leptoscan.damageLastNumber(of: variable, in: "events.h5")
      let damaged = try leptoscan.run(["verify", "events.h5"])
      #expect(damaged.exitCode == 65 && damaged.output.contains("\(variable): block 0 "), "\(damaged.output)")
    }
  }

  @Test(arguments: [
    ("events: { count: 0 }", "o.lhe", Int32(65), "count is '0' (a whole number from 1 to"),
    ("seed: 1", "o.lhe", 65, "the card has no block events"),
    ("events: { count: 5 }\nseed: 4294967296", "o.lhe", 65, "seed is 4294967296"),
    ("events: { count: 5 }", "o.txt", 64, "must end in .h5 or .lhe"),
    ("events: { count: 5 }", "no/such/o.lhe", 73, "cannot create no/such/o.lhe "),
  ])
  func refusesBadInput(events: String, output: String, exitCode: Int32, message: String) throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card(events: events), to: "card.yaml")
    let outcome = try leptoscan.run(["events", "card.yaml", "-o", output])
    #expect(outcome.exitCode == exitCode)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
