import ComputeDevices
import Experiments
import LeptonicPortal
import Scanning
import Statistics

extension Experiment {
  /// The line on which the expected events reach ``signalLimit()``.
  func line(on plane: CouplingPlane) throws -> LimitLine {
    let masses = plane.masses
    let yields = try Yield(experiment: self, device: plane.device).eventsPerParticlePerH2(mPhi: masses.values)
    let events = zip(yields, masses.values).map { expectedEvents(yield: $0, mPhi: $1, hMue: 1) }
    let assumed = assumptions.map(\.key)
    let limit = observesMedian ? ", median expected limit" : ""
    return LimitLine(
      name: name, longName: title + limit, kind: evidence.counts ? .excluded : .projection, evidence: evidence,
      confidenceLevel: confidenceLevel, citations: citations,
      reference: assumed.isEmpty ? source : "\(source); assumed: \(assumed.joined(separator: ", "))",
      condition: .signal(
        perSquaredCoupling: Field(dimensions: masses.dimensions, values: events), equals: try signalLimit()))
  }
}
