import ComputeDevices
import Events
import Foundation
import LeptonicPortal
import Production
import ScanStore
import Scanning
import Testing

private let device = NativeDevice(threads: 2)

/// Runs of `leptoscan events`, and the files that they write.
final class EventRunTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "EventsTests-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func card(
    mPhi: String = "0.317", hMue: String = "1e-3", count: Int = 50,
    production: String = "channel: e-mu, target: Pb, energy: 100 GeV", seed: Int = 1
  ) throws -> RunCard {
    let yaml = """
      leptoscan: 1
      axes: { m_phi: \(mPhi), h_mue: \(hMue), m_psi: 0.1, g: 0.1 }
      production: { \(production) }
      events: { count: \(count) }
      seed: \(seed)
      """
    return try RunCard(yaml: yaml, file: "card.yaml", knownObservables: Model.observableNames)
  }

  private func provenance(_ card: RunCard) -> Provenance {
    Provenance(source: "test", device: device.identity, seed: card.seed, resolvedCard: card.resolved)
  }

  @Test func lesHouchesFile() throws {
    let card = try card(mPhi: "{ values: [0.317, 2] }")
    let run = try EventRun(card: card, device: device)
    let path = folder.appending(path: "events.lhe").path
    try run.writeLesHouches(to: OutputClaim(path, overwrite: false), provenance: provenance(card))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.first == "<LesHouchesEvents version=\"3.0\">" && lines.last == "</LesHouchesEvents>")
    #expect(text.contains("production: { channel: e-mu, target: Pb, energy: 100 GeV"))
    let start = try #require(lines.firstIndex(of: "<init>"))
    let beams = lines[start + 1].split(separator: " ")
    #expect(beams[0] == "11" && beams[1] == "1000822080" && Double(beams[2]) == 100 && beams.suffix(2) == ["3", "2"])
    for (index, sample) in run.samples.enumerated() {
      let process = lines[start + 2 + index].split(separator: " ").compactMap { Double($0) }
      #expect(process.count == 4 && process[3] == Double(index + 1))
      #expect(abs(process[0] / (1e-6 * sample.crossSection.value) - 1) < 1e-14)
    }
    let events = text.components(separatedBy: "<event>\n").dropFirst().map { $0.split(separator: "\n") }
    #expect(events.count == 100)
    for (index, event) in events.enumerated() {
      #expect(event[0].hasPrefix("5 \(index / 50 + 1) 1 "))
      let particles = event[1...5].map { $0.split(separator: " ").compactMap { Double($0) } }
      #expect(particles.map { $0[0] } == [11, 1_000_822_080, 13, 9_000_006, 1_000_822_080])
      #expect(particles.allSatisfy { $0.count == 13 } && event[6] == "</event>")
      for component in 6...9 {
        let momenta = particles.map { $0[component] }
        #expect(abs(momenta[0] + momenta[1] - momenta[2] - momenta[3] - momenta[4]) < 1e-10)
      }
      for p in particles {
        let square = p[9] * p[9] - p[6] * p[6] - p[7] * p[7] - p[8] * p[8]
        #expect(abs(square - p[10] * p[10]) < 1e-10 * p[9] * p[9])
      }
    }
    let error = #expect(throws: ScanStoreError.self) {
      try run.writeLesHouches(to: OutputClaim(path, overwrite: false), provenance: provenance(card))
    }
    #expect(error?.kind == .alreadyExists)
  }

  @Test func hdf5File() throws {
    let card = try card(mPhi: "{ values: [0.317, 2] }")
    let run = try EventRun(card: card, device: device)
    let path = folder.appending(path: "events.h5").path
    try run.writeHDF5(to: OutputClaim(path, overwrite: false), provenance: provenance(card))
    let file = try ScanFile.open(path)
    let phi = try #require(file.variables.first { $0.name == "p_phi" })
    #expect(phi.dimensions == ["m_phi", "event", "component"])
    func read(_ name: String, _ range: Range<Int>) throws -> [Double] {
      try file.readDoubles(name, elements: range)
    }
    var expected: [Double] = []
    for sample in run.samples {
      try sample.events.forEachBlock { events in
        expected += events.flatMap { [$0.phi.energy, $0.phi.x, $0.phi.y, $0.phi.z] }
      }
    }
    #expect(try read("p_phi", 0..<400) == expected)
    #expect(try read("p_beam", 0..<1) == [100])
    let sigma = try read("sigma_pb", 0..<2)
    #expect(sigma == run.samples.map(\.crossSection.value))
    #expect(try read("cross_section_pb", 0..<2) == sigma.map { 1e-3 * 1e-3 * $0 })
  }

  @Test func refusesCardsThatAreNoRun() throws {
    func error(_ card: RunCard) -> EventRunError? {
      do {
        _ = try EventRun(card: card, device: device)
        return nil
      } catch { return error as? EventRunError }
    }
    #expect(
      try error(card(hMue: "{ values: [0.1, 0.2, 0.3] }")) == .severalValues(name: "h_mue", count: 3))
    let beams = "channel: e-mu, target: Pb, energy: { values: [10, 20] }"
    #expect(try error(card(production: beams)) == .severalValues(name: "energy", count: 2))
    #expect(
      try error(card(production: "channel: e-mu, target: Pb, energy: 9, method: ww"))
        == .approximation(.weizsaeckerWilliams))
    #expect(
      try error(card(production: "channel: e-mu, target: Pb, energy: 9, recoil_min: 8.9")) == .nothingLeft(mPhi: 0.317))
    var card = try card()
    card.events = nil
    #expect(error(card) == .missing(block: "events"))
    card.production = nil
    #expect(error(card) == .missing(block: "production"))
    #expect(throws: ProductionError.self) { try EventRun(card: self.card(mPhi: "200"), device: device) }
  }
}
