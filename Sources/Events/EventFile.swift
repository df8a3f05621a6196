import LeptonicPortal
import Production
import ScanStore
import Scanning

extension EventRun {
  /// Writes an HDF5 file that opens as netCDF-4: four-momenta along event and component, and along m_phi where the card
  /// has several.
  /// - Throws: `ScanStoreError`; errors of the device.
  public func writeHDF5(to claim: OutputClaim, provenance: Provenance) throws {
    let writer = try ScanFileWriter.create(claim, schema: schema(provenance))
    let momenta: [(name: String, of: (ProductionEvent) -> FourMomentum)] = [
      ("p_lepton", \.lepton), ("p_phi", \.phi), ("p_nucleus", recoil),
    ]
    var checksums = momenta.map { _ in ChecksumGathering(elements: 4 * count * samples.count, type: .float64) }
    for (index, sample) in samples.enumerated() {
      var event = index * count
      try sample.events.forEachBlock { events in
        for (k, momentum) in momenta.enumerated() {
          let values = events.flatMap { momentum.of($0).components }
          try writer.write(variable: momentum.name, elementOffset: 4 * event, values: values)
          values.withUnsafeBytes { checksums[k].add($0, from: 4 * event) }
        }
        event += events.count
      }
    }
    for (momentum, gathered) in zip(momenta, checksums) {
      try writer.writeChecksums(gathered.sums, of: momentum.name)
    }
    try writer.publish()
  }

  private func schema(_ provenance: Provenance) -> FileSchema {
    let perMass = samples.count > 1 ? ["m_phi"] : []
    let codes = ParticleCodes.leptons(block.channel)
    func momentum(_ name: String, _ dimensions: [String], _ content: FileSchema.Content, _ what: String, _ code: Int)
      -> FileSchema.Variable
    {
      FileSchema.Variable(
        name, dimensions: dimensions + ["component"], content: content,
        attributes: ["long_name": .text("four-momentum of \(what)"), "units": "GeV", "pdg_id": .numbers([Int32(code)])])
    }
    let nucleus = ParticleCodes.nucleus(block.target)
    let events = perMass + ["event"]
    var variables = numbers(perMass)
    variables += [
      FileSchema.Variable(
        "component", dimensions: ["component"], content: .texts(["E", "px", "py", "pz"]),
        attributes: ["long_name": "component of a four-momentum in the laboratory, beam along z"]),
      momentum("p_beam", [], .values(StoredArray(beam.components)), "the beam lepton", codes.beam),
      momentum("p_target", [], .values(StoredArray(target.components)), "the nucleus at rest", nucleus),
      momentum("p_lepton", events, .reserved(.float64), "the outgoing lepton", codes.outgoing),
      momentum("p_phi", events, .reserved(.float64), "phi", ParticleCodes.phi),
      momentum("p_nucleus", events, .reserved(.float64), "the nucleus that recoils", nucleus),
    ]
    if let card = provenance.resolvedCard {
      variables.append(
        FileSchema.Variable(
          resolvedCardName, content: .text(card),
          attributes: ["long_name": "run card, all defaults included (YAML)"]))
    }
    var attributes = provenance.attributes(
      title: "Unweighted events of l N -> l' N phi", model: model, observables: [ProductionObservables.sigma])
    attributes[fileKindName] = "events"
    let masses = perMass.map { FileSchema.Dimension($0, size: samples.count) }
    return FileSchema(
      dimensions: masses + [.init("event", size: count), .init("component", size: 4)], variables: variables,
      attributes: attributes, hasChecksums: true)
  }

  /// What belongs to a whole sample.
  private func numbers(_ perMass: [String]) -> [FileSchema.Variable] {
    func variable(_ quantity: Quantity, _ dimensions: [String], _ values: [Double]) -> FileSchema.Variable {
      FileSchema.Variable(
        quantity.name, dimensions: dimensions, content: .values(StoredArray(values)),
        attributes: quantity.attributes())
    }
    let sigma = samples.map(\.crossSection.value)
    return [
      variable(Parameters.mPhi, perMass, samples.map(\.mPhi)), variable(Parameters.hMue, [], [hMue]),
      variable(ProductionObservables.energy, [], [energy]), variable(ProductionObservables.sigma, perMass, sigma),
      variable(ProductionObservables.error, perMass, samples.map(\.crossSection.relativeError)),
      variable(Self.crossSection, perMass, sigma.map { hMue * hMue * $0 }),
      variable(Self.efficiency, perMass, samples.map(\.events.efficiency)),
    ]
  }

  private static let crossSection = Quantity(
    "cross_section_pb", units: "pb", longName: "cross section of l N -> l' N phi at the card's h_mue")
  private static let efficiency = Quantity(
    "unweighting_efficiency", units: "1", longName: "part of the weighted events that was kept")
}

extension FourMomentum {
  /// E, px, py, pz.
  fileprivate var components: [Double] { [energy, x, y, z] }
}
