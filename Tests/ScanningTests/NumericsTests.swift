import ComputeDevices
import Foundation
import LeptonicPortal
import PortalKernels
import ScanStore
import Scanning
import Testing

/// A change of some bit of some file needs another `numericsVersion`, so that unfinished scans and shards of other builds are
/// refused. This notices most such changes: it scans a little of everything and knows what came out with the present number. It
/// says nothing about what is right.
///
/// When it fails: raise `numericsVersion`, unless it was raised since the last push or only variables were added, and put the
/// number printed here.
@Suite struct NumericsTests {
  private static let known: (version: Int32, fingerprint: UInt64) = (3, 11_219_672_098_763_282_033)

  private static let cards = [
    """
    leptoscan: 1
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV, points: 4 }
      h_mue: { from: 1e-5, to: 1e-1, points: 3 }
      m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, points: 3, spacing: linear } }
      g: { from: 0.01, to: 1, points: 2 }
    measurements: 2025
    experiments: [na64e-2022, na64mu-2022]

    """,
    """
    leptoscan: 1
    dark_matter: scalar
    points: { method: sobol, count: 64 }
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV }
      h_mue: { from: 1e-5, to: 1e-1 }
      m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.9, spacing: linear } }
      g: { from: 0.01 GeV, to: 1 GeV }
    measurements: gk2022

    """,
  ]

  @Test func theNumbersOfAScanHaveTheirVersion() throws {
    let device = NativeDevice()
    let path = FileManager.default.temporaryDirectory.appending(path: "numerics-\(UUID().uuidString).h5").path
    defer { unlink(path) }
    var fingerprint: UInt64 = 0
    for text in Self.cards {
      let card = try RunCard(yaml: text, file: "card.yaml", knownObservables: Model.observableNames)
      let plan = try ScanPlan(job: card.job(list: nil), device: device)
      let provenance = Provenance(source: "test", device: device.identity, resolvedCard: card.resolved)
      let writer = try ScanOutput(plan: plan, provenance: provenance).create(path, overwrite: true)
      try ScanExecution(plan: plan, devices: [device]).run(into: FileSink(writer))
      try writer.publish()
      let file = try ScanFile.open(path)
      for variable in file.variables where variable.name != "resolved_card" {
        for sum in try file.checksums(of: variable.name) ?? [] {
          fingerprint = (fingerprint &* 0x100_0000_01b3) ^ sum
        }
      }
    }
    #expect(
      numericsVersion == Self.known.version && fingerprint == Self.known.fingerprint,
      "numerics \(numericsVersion) now give \(fingerprint)")
  }
}
