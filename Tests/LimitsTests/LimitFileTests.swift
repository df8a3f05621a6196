import ComputeDevices
import Foundation
import LeptonicPortal
import Limits
import ScanStore
import Scanning
import Testing

@Suite struct LimitFileTests {
  private func schema(_ limits: LimitCurves) -> FileSchema {
    FileSchema(
      limits: limits, provenance: Provenance(source: "test", device: NativeDevice().identity, resolvedCard: "card"))
  }

  @Test func linesLieAlongTheirAxes() throws {
    let several = try LimitExample(
      mPhi: "{ values: [0.2, 1] }", mPsi: "{ ratio_to_m_phi: { values: [0.2, 1/3, 0.4] } }",
      g: "{ values: [0.08, 1] }")
    #expect(several.curves.space.dimensions.map(\.name) == ["m_phi", "m_psi_over_m_phi", "g"])
    let one = try LimitExample(mPhi: "1", mPsi: "{ ratio_to_m_phi: 0.4 }", g: "0.08")
    for line in several.curves.lines {
      let (all, single) = (several[line.name], one[line.name])
      #expect(all.count == 12)
      // m_phi 1, ratio 0.4, g 0.08.
      #expect(all[10] == single[0] || (all[10].isNaN && single[0].isNaN), "\(line.name)")
    }
  }

  @Test func fileComesBack() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "limits-\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let limits = try LimitExample(mPhi: "{ from: 0.11, to: 5, points: 7 }").curves
    try ScanFileWriter.create(path, schema: schema(limits)).publish()

    let file = try ScanFile.open(path)
    #expect(try file.variable(SoughtCoupling.hMue.limitName).dimensions == [constraintName, "m_phi"])
    #expect(try file.readTexts(constraintName) == limits.lines.map(\.name))
    #expect(try file.readValues("constraint_kind") == limits.lines.map(\.kind.rawValue))
    let kaon = try #require(limits.lines.firstIndex { $0.name == "k_e_nu_phi" })
    let stored = try file.readDoubles(SoughtCoupling.hMue.limitName, elements: kaon * 7..<kaon * 7 + 7)
    #expect(stored.map(\.bitPattern) == limits.couplings[kaon].map(\.bitPattern))
    #expect(try file.readDoubles("confidence_level")[kaon] == 0.9)
    #expect(try file.readTexts("citations")[kaon] == "Heintze:1979")
    #expect(!file.variables.contains { $0.name == "h_mue" })
    #expect(file.attributes["measurements"] == "gk2022" && file.attributes["treatment"] == "exact")
    #expect(try FileVerification(of: file).damaged.isEmpty)
    #expect(!Recalculation.isPossible(for: file), "it has a card, but is no scan of it")
  }

  /// At all masses or at some the same couplings and status follow from the card in the file; others are found.
  @Test(arguments: [100, 3]) func linesAreSolvedForAgain(masses: Int) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "limits-\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let yaml = """
      leptoscan: 1
      axes: { m_phi: { from: 0.11, to: 5, points: 8 }, h_mue: 1e-3, m_psi: { ratio_to_m_phi: 1/3 }, g: { values: [0.1, 1] } }
      measurements: 2025
      experiments: [na64e-2022]
      constraints: [g_minus_2_muon, k_e_nu_phi, relic_density, na64e_2022]
      """
    let card = try RunCard(yaml: yaml, file: "card.yaml", knownObservables: Model.observableNames)
    let device = NativeDevice()
    let limits = try LimitCurves(of: card, device: device)
    var schema = FileSchema(
      limits: limits,
      provenance: Provenance(source: "test", device: device.identity, resolvedCard: card.resolved))
    try ScanFileWriter.create(path, schema: schema).publish()
    // A smallest coupling, a largest and a status at each point.
    let count = 3 * min(masses, 8) * 2 * limits.lines.count
    let intact = try #require(try Recalculation(ofLimits: ScanFile.open(path), masses: masses, device: device))
    #expect(intact.valuesChecked == count && intact.differences.isEmpty)

    func replace(_ name: String, by values: StoredArray) throws {
      let place = try #require(schema.variables.firstIndex { $0.name == name })
      schema.variables[place].content = .values(values)
    }
    var couplings = limits.couplings.flatMap(\.self)
    couplings[14] = 0.5
    try replace("h_mue_limit", by: StoredArray(couplings))
    var largest = limits.largestCouplings.flatMap(\.self)
    largest[0] = 0.25
    try replace("h_mue_limit_largest", by: StoredArray(largest))
    var statuses = limits.statuses.flatMap { $0.map(\.rawValue) }
    let status = Double(statuses[15])
    statuses[15] = 5
    try replace("h_mue_limit_status", by: StoredArray(statuses))
    try ScanFileWriter.create(path, schema: schema, overwrite: true).publish()
    let wrong = try #require(try Recalculation(ofLimits: ScanFile.open(path), masses: masses, device: device))
    #expect(wrong.differences.map(\.variable) == ["h_mue_limit", "h_mue_limit_largest", "h_mue_limit_status"])
    #expect(wrong.differences.map(\.element) == [14, 0, 15] && wrong.differences.map(\.stored) == [0.5, 0.25, 5])
    #expect(status != 5 && wrong.differences.last?.recomputed == status)
  }

  @Test func meaningsMatchTheKinds() throws {
    let attributes = try #require(
      schema(LimitExample(mPhi: "1").curves).variables.first { $0.name == "constraint_kind" }?.attributes)
    let words = attributes["flag_meanings"]?.text?.split(separator: " ").map(String.init)
    #expect(words == LimitKind.allCases.map(\.meaning))
    #expect(attributes["flag_values"]?.values() == LimitKind.allCases.map(\.rawValue))
  }

  /// Names, numbers and words of the variables are those of docs/limits.md.
  @Test(arguments: SoughtCoupling.allCases) func statusIsStored(sought: SoughtCoupling) throws {
    let curves = try LimitExample(mPhi: "1", mPsi: "{ ratio_to_m_phi: 0.99 }", g: "1", hMue: "1e-5", seeking: sought)
      .curves
    let schema = schema(curves)
    let name = sought == .hMue ? "h_mue_limit" : "g_limit"
    #expect([sought.limitName, sought.largestName, sought.statusName] == [name, "\(name)_largest", "\(name)_status"])
    let status = try #require(schema.variables.first { $0.name == sought.statusName })
    #expect(
      status.attributes["flag_meanings"]
        == "one_coupling several_couplings every_coupling_beyond no_coupling_beyond outside_domain not_computable")
    #expect(status.attributes["flag_values"]?.values() == [0, 1, 2, 3, 4, 5] as [UInt8])
    #expect(status.content == .values(StoredArray(curves.statuses.flatMap(\.self).map(\.rawValue))))
    let others = ["h_mue", "g"].filter { $0 != sought.rawValue }
    #expect(schema.variables.map(\.name).filter(["h_mue", "g"].contains) == others)
  }

  @Test func everyCitationIsInTheBibliography() throws {
    for set in MeasurementSet.all {
      let lines = try LimitExample(mPhi: "1", set: set.name).curves.lines
      #expect(lines.flatMap(\.citations).allSatisfy { Bibliography.entry($0) != nil })
      #expect(Set(lines.map(\.name)).count == lines.count)
    }
  }

  @Test func tooManyPoints() {
    #expect(throws: LimitError.tooManyPoints(1_002_001, seeking: .hMue)) {
      try LimitExample(
        mPhi: "{ from: 0.2, to: 1, points: 1001 }", g: "{ from: 0.1, to: 1, points: 1001 }")
    }
  }
}
