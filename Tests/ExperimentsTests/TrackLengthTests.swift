import Experiments
import Foundation
import LeptonicPortal
import Testing

/// Against matrix exponentials in 40 digits (track_length.csv, made by Tests/ReferenceData/track_length.py).
@Suite("Track lengths of electrons")
struct TrackLengthTests {
  @Test func trackLengthsBelowAnEnergyLoss() throws {
    for row in try referenceRows("track_length") {
      let layers = try #require(row["layers"]).split(separator: "+").map { text -> TargetLayer in
        let parts = text.split(separator: ":")
        return TargetLayer(
          material: try #require(TargetMaterial.named(String(parts[0]))),
          radiationLengths: try #require(Double(parts[1])))
      }
      let particles = row["particles"]
      let transport = ElectronTransport(
        particles == "tsai-whitis" ? .tsaiWhitis : .shower, in: layers, number: layers.count - 1,
        particles: particles == "all" ? .all : .beamElectron)
      let (y, expected) = (try row.number("y"), try row.number("track_length"))
      let length = TrackLength(transport, above: exp(-y)).gaussRule(count: 24).lengths.reduce(0, +)
      // Behind thick layers nothing is left at the beam's energy but rounding.
      let scale = max(expected, 1e-3 * layers[layers.count - 1].radiationLengths)
      #expect(abs(length - expected) < (y > 7 ? 1e-7 : 3e-9) * scale, "\(row)")
    }
  }
}
