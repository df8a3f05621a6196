import Foundation
import LeptonicPortal
import Production
import ScanStore
import Scanning

extension EventRun {
  /// Writes a Les Houches event file, version 3 (arXiv:hep-ph/0609017, arXiv:1405.1067): one process per m_phi, all events
  /// of weight 1 (IDWTUP = 3), cross sections at the card's h_mue.
  /// - Throws: `ScanStoreError`; errors of the device.
  public func writeLesHouches(to claim: OutputClaim, provenance: Provenance) throws {
    let file = try TextFile(claim)
    try file.append("<LesHouchesEvents version=\"3.0\">\n<header>\n\(header(provenance))</header>\n\(initialisation)")
    for (index, sample) in samples.enumerated() {
      try sample.events.forEachBlock { events in
        try file.append(events.map { record($0, process: index + 1, mPhi: sample.mPhi) }.joined())
      }
    }
    try file.append("</LesHouchesEvents>\n")
    try file.publish()
  }

  private func header(_ provenance: Provenance) -> String {
    let lines = samples.map { sample in
      "\(sample.mPhi) GeV: \(sample.crossSection.value) pb per h_mue^2, \(hMue * hMue * sample.crossSection.value) pb"
    }
    return """
      <!--
      \(provenance.source), seed \(provenance.seed): l N -> l' N phi in the laboratory frame, the nucleus at rest.
      Cross section by m_phi, for h_mue = 1 and for h_mue = \(hMue):
      \(lines.joined(separator: "\n"))
      phi has the number \(ParticleCodes.phi). The run card, all defaults included:
      \(provenance.resolvedCard ?? "")-->

      """
  }

  /// IDBMUP EBMUP PDFGUP PDFSUP IDWTUP NPRUP, then XSECUP XERRUP XMAXUP LPRUP per process.
  private var initialisation: String {
    let codes = ParticleCodes.leptons(block.channel)
    let processes = samples.enumerated().map { index, sample in
      let sigma = hMue * hMue * sample.crossSection.value
      return "\(number(sigma)) \(number(sigma * sample.crossSection.relativeError)) 1 \(index + 1)\n"
    }
    return """
      <init>
      \(codes.beam) \(ParticleCodes.nucleus(block.target)) \(number(energy)) \(number(block.target.nucleus.mass)) \
      0 0 0 0 3 \(samples.count)
      \(processes.joined())<generator name="leptoscan">exact tree level, arXiv:2202.04410</generator>
      </init>

      """
  }

  /// NUP IDPRUP XWGTUP SCALUP AQEDUP AQCDUP, then a line per particle: IDUP ISTUP MOTHUP ICOLUP PUP VTIMUP SPINUP.
  private func record(_ event: ProductionEvent, process: Int, mPhi: Double) -> String {
    let codes = ParticleCodes.leptons(block.channel)
    let nucleus = ParticleCodes.nucleus(block.target), mass = block.target.nucleus.mass
    let particles = [
      (codes.beam, "-1 0 0", beam, block.process.incomingMass), (nucleus, "-1 0 0", target, mass),
      (codes.outgoing, "1 1 2", event.lepton, block.process.outgoingMass),
      (ParticleCodes.phi, "1 1 2", event.phi, mPhi), (nucleus, "1 1 2", recoil(event), mass),
    ]
    let lines = particles.map { code, status, p, mass in
      "\(code) \(status) 0 0 \([p.x, p.y, p.z, p.energy, mass].map(number).joined(separator: " ")) 0 9\n"
    }
    let couplings = "\(number(mPhi)) \(number(PhysicalConstants.fineStructure)) 0"
    return "<event>\n5 \(process) 1 \(couplings)\n\(lines.joined())</event>\n"
  }
}

/// 17 significant digits, so that the double can be read back.
private func number(_ value: Double) -> String { String(format: "%.16e", value) }
