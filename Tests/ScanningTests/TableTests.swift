import Foundation
import ScanStore
import Scanning
import Testing

@Suite struct TableTests {
  private func csv(_ schema: FileSchema, variables: [String]? = nil) throws -> [String] {
    let path = FileManager.default.temporaryDirectory.appending(path: "table-\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ScanFileWriter.create(path, schema: schema).publish()
    let table = try TableExport(of: ScanFile.open(path), variables: variables)
    var text = ""
    try table.csv { text += $0 }
    #expect(text.hasSuffix("\n"))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.count == table.rowCount + 1 && lines.first == table.columns.joined(separator: ","))
    return lines
  }

  private func axis(_ name: String, _ values: [Double]) -> FileSchema.Variable {
    .init(name, dimensions: [name], content: .values(StoredArray(values)))
  }

  private var scan: FileSchema {
    FileSchema(
      dimensions: [.init("m_phi", size: 2), .init("h_mue", size: 3), .init("g", size: 2)],
      variables: [
        axis("m_phi", [0.1, 0.3]), axis("h_mue", [1e-3, 1e-2, 0.1]), axis("g", [1, 2]),
        .init("m_psi", dimensions: ["m_phi"], content: .values(StoredArray([0.05, 0.1 + 0.05]))),
        .init("mass", content: .values(StoredArray([7.0]))),
        .init("status", dimensions: ["m_phi"], content: .values(StoredArray([0, 1] as [UInt8]))),
        .init(
          "moment", dimensions: ["m_phi", "h_mue"],
          content: .values(StoredArray([1, 2, 3, 4, .nan, 6] as [Float])), attributes: ["coordinates": "m_psi mass"]),
        .init("width", dimensions: ["m_phi", "g"], content: .values(StoredArray([10.0, 20, 30, 40]))),
        .init("resolved_card", content: .text("card")),
      ])
  }

  @Test func variablesAreRepeatedAlongAxesThatTheyLack() throws {
    let lines = try csv(scan)
    #expect(lines[0] == "m_phi,h_mue,g,m_psi,mass,status,moment,width")
    #expect(lines.count == 13)
    #expect(lines[1] == "0.1,0.001,1.0,0.05,7.0,0,1.0,10.0")
    #expect(lines[2] == "0.1,0.001,2.0,0.05,7.0,0,1.0,20.0")
    #expect(lines[9] == "0.3,0.01,1.0,0.15000000000000002,7.0,1,nan,30.0")
    #expect(lines[12] == "0.3,0.1,2.0,0.15000000000000002,7.0,1,6.0,40.0")
  }

  @Test func chosenVariablesSpanTheirAxesOnly() throws {
    #expect(
      try csv(scan, variables: ["width"]) == [
        "m_phi,g,m_psi,mass,width", "0.1,1.0,0.05,7.0,10.0", "0.1,2.0,0.05,7.0,20.0",
        "0.3,1.0,0.15000000000000002,7.0,30.0", "0.3,2.0,0.15000000000000002,7.0,40.0",
      ])
    #expect(try csv(scan, variables: ["g"]) == ["mass,g", "7.0,1.0", "7.0,2.0"])
  }

  @Test func labelsAreQuotedWhereNeeded() throws {
    let schema = FileSchema(
      dimensions: [.init("constraint", size: 2)],
      variables: [
        .init("constraint", dimensions: ["constraint"], content: .texts(["a", #"b, "c""#])),
        .init("limit", dimensions: ["constraint"], content: .values(StoredArray([1.0, 2]))),
      ])
    #expect(try csv(schema) == ["constraint,limit", "a,1.0", #""b, ""c""",2.0"#])
  }

  /// More rows than a block, with fields that lack the first, a middle and the last axis.
  @Test func longTables() throws {
    let sizes = [("a", 3), ("b", 190), ("c", 230)]
    func count(_ names: [String]) -> Int { sizes.filter { names.contains($0.0) }.map(\.1).reduce(1, *) }
    let fields = [["a", "b", "c"], ["b", "c"], ["a", "c"], ["a", "b"], ["b"]]
    let schema = FileSchema(
      dimensions: sizes.map { .init($0.0, size: $0.1) },
      variables: fields.map { names in
        .init(
          names.joined(separator: "_") + "_", dimensions: names,
          content: .values(StoredArray((0..<count(names)).map { Int64($0) })))
      })
    let lines = try csv(schema)
    for row in [0, 1, 65_535, 65_536, 65_537, 43_699, 43_700, 131_099] {
      let (a, b, c) = (row / (190 * 230), row / 230 % 190, row % 230)
      #expect(lines[row + 1] == "\(row),\(b * 230 + c),\(a * 230 + c),\(a * 190 + b),\(b)")
    }
  }

  @Test func whatIsNoTable() {
    #expect(throws: TableError.noNumbers("resolved_card")) { try csv(scan, variables: ["resolved_card"]) }
    #expect(throws: ScanStoreError.self) { try csv(scan, variables: ["none"]) }
    #expect(throws: TableError.self) { try csv(FileSchema(variables: [.init("t", content: .text("a"))])) }
  }
}
