import ComputeDevices
import Foundation
import LeptonicPortal
import ScanStore
import Scanning
import Testing

/// Scans of the points of a file.
@Suite struct ListedScanTests {
  private let folder: ScanFolder

  init() throws { folder = try ScanFolder() }

  /// Points in no order; with `splitting`, m_psi2 differs from m_psi at the last one.
  private func list(_ count: Int = 200, splitting: Bool = false) -> String {
    var generator = SystemRandomNumberGenerator()
    let rows = (0..<count).map { i in
      let masses = (Double.random(in: 0.11...9, using: &generator), Double.random(in: 0.01...3, using: &generator))
      let second = splitting ? ",\(masses.1 + (i == count - 1 ? 0.1 : 0))" : ""
      return "\(masses.0),\(Double(i % 17 + 1) * 1e-4),\(masses.1),\(Double(i + 1) / 300)\(second)\n"
    }
    return "m_phi,h_mue,m_psi,g\(splitting ? ",m_psi2" : "")\n\(rows.joined())"
  }

  private func card(_ file: String = "list.csv", more: String = "") -> String {
    "leptoscan: 1\npoints: { file: \(file)\(more) }\nobservables: [delta_a_mu, width_invisible, br_invisible]\n"
  }

  private func write(_ text: String, to name: String = "list.csv") throws {
    try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
  }

  @Test(arguments: [false, true]) func everyRowKeepsItsPlace(splitting: Bool) throws {
    try write(list(splitting: splitting))
    try folder.write(folder.scan(card: card()), to: "scan.h5")
    let file = try ScanFile.open(folder.path("scan.h5"))
    let list = try PointList(contentsOf: folder.path("list.csv"))
    for name in ["m_phi", "h_mue", "m_psi", "g"] { #expect(try file.readDoubles(name) == list.columns[name]) }
    #expect(file.variables.contains { $0.name == "m_psi2" } == splitting)
    let evaluation = try PointEvaluation(of: list, model: Model(darkMatter: .fermion), device: folder.device)
    for name in ["delta_a_mu", "width_invisible", "br_invisible", "status"] {
      let column = try #require(evaluation.quantities.firstIndex { $0.name == name })
      #expect(try file.readDoubles(name) == evaluation.values[column])
    }
  }

  /// The output of a scan is a list itself, whose points give the same numbers.
  @Test func outputsAreLists() throws {
    try folder.write(folder.scan(card: SampledScanTests.card(mPhi: "317 MeV", mPsi: "0.1")), to: "first.h5")
    try folder.write(folder.scan(card: card("first.h5")), to: "second.h5")
    let (first, second) = (try ScanFile.open(folder.path("first.h5")), try ScanFile.open(folder.path("second.h5")))
    for name in ["h_mue", "g", "delta_a_mu", "width_invisible", "br_invisible"] {
      #expect(try first.readDoubles(name) == second.readDoubles(name))
    }
    #expect(try second.readDoubles("m_phi") == Array(repeating: 0.317, count: 300))
  }

  @Test(arguments: [false, true]) func mergedShardsAreTheWholeScan(splitting: Bool) throws {
    try write(list(splitting: splitting))
    let reference = try folder.wholeScan(folder.scan(card: card()))
    let names = (1...7).map { "part-\($0).h5" }
    for (index, name) in names.enumerated() {
      try folder.write(folder.scan(card: card(), shard: "\(index + 1)/7"), to: name)
      let recalculation = try Recalculation(of: ScanFile.open(folder.path(name)), device: folder.device)
      #expect(recalculation.differences.isEmpty && recalculation.valuesChecked > 100)
    }
    // The files hold the points: the list is not needed any more.
    try FileManager.default.removeItem(atPath: folder.path("list.csv"))
    let merge = try ShardMerge(names.shuffled().map(folder.path), device: folder.device)
    let writer = try merge.output.create(folder.path("merged.h5"))
    try merge.run(into: writer)
    try writer.publish()
    #expect(try folder.contents("merged.h5") == reference)
    let recalculation = try Recalculation(of: ScanFile.open(folder.path("merged.h5")), device: folder.device)
    #expect(recalculation.differences.isEmpty && recalculation.valuesChecked >= 190 * 8)
    let error = #expect(throws: MergeError.self) {
      try ShardMerge(names.dropFirst().map(folder.path), device: folder.device)
    }
    #expect(error?.description.contains("add shard 1/7") == true)
  }

  @Test func aWrongParameterIsFound() throws {
    try write(list())
    try folder.write(folder.scan(card: card()), to: "scan.h5")
    let extent = try #require(try ScanFile.open(folder.path("scan.h5")).variable("m_phi").extent)
    try folder.flipBit(at: extent.byteOffset + 8 * 3 + 5, of: "scan.h5")
    let file = try ScanFile.open(folder.path("scan.h5"))
    #expect(try FileVerification(of: file).damaged.map(\.variable) == ["m_phi"])
    #expect(try Recalculation(of: file, device: folder.device).differences.contains { $0.element == 3 })
  }

  @Test func aChangedListIsNotResumed() throws {
    let text = list()
    try write(text)
    let path = folder.path("scan.h5")
    try folder.scan(card: card()).create(path).checkpoint()
    try write(text + "0.3,1e-3,0.1,1\n")
    let error = #expect(throws: ScanStoreError.self) { try folder.resume(folder.scan(card: card()), path) }
    #expect(error?.kind == .differentScan && error?.reason.contains("sha256") == true, "\(String(describing: error))")
    try write(text)
    #expect(try folder.resume(folder.scan(card: card()), path) != nil)
  }

  private func problem(_ card: String) -> String {
    do {
      _ = try folder.scan(card: card)
      return ""
    } catch {
      return "\(error)".replacingOccurrences(of: folder.url.path + "/", with: "")
    }
  }

  @Test func badListsAreRefused() throws {
    #expect(problem(card("none.csv")) == "none.csv: cannot be read (No such file or directory) check the path")
    try write("m_phi,h_mue,m_psi,g\n0.3,1e-3,0.1,1\n\n# three\n0.3,1e-3,0.1,0\n")
    #expect(problem(card()) == "list.csv:5:14: g is 0.0 (masses and couplings are positive) give a value above 0")
    try write("m_phi,h_mue,m_psi,g\n0.3,1e-3,0.1,1\n0.3,1e-3,0.1,1,5\n")
    #expect(problem(card()) == "list.csv:3:1: 5 values (the header names 4 columns) give one value per column")
    try write("m_phi,h_mue,m_psi,g\n0.3,1e-3,0.1,1\n")
    #expect(problem(card(more: ", count: 1")).isEmpty)
    #expect(
      problem(card(more: ", count: 2"))
        == "list.csv: 1 points are listed (the card says 2) correct count or remove it")
    let sum = SHA256.hexadecimal(of: try folder.contents("list.csv"))
    #expect(problem(card(more: ", sha256: \(sum.uppercased())")).isEmpty)
    let other = String(repeating: "0", count: 64)
    #expect(
      problem(card(more: ", sha256: '\(other)'"))
        == "list.csv: the list has changed (its sha256 is \(sum), not \(other)) correct the card or the list")
  }

  @Test func badHDF5ListsAreRefused() throws {
    let values: [(String, [String], [Double])] = [
      ("m_phi", ["point"], [0.3, 0.4]), ("h_mue", [], [1e-3]), ("m_psi", ["point"], [0.1, -1]), ("g", [], [1]),
    ]
    func write(_ variables: [(String, [String], [Double])], words: String? = nil, to name: String) throws {
      var schema = FileSchema(
        dimensions: [.init("point", size: 2), .init("other", size: 3)],
        variables: variables.map { .init($0.0, dimensions: $0.1, content: .values(StoredArray($0.2))) })
      if let words { schema.variables.append(.init(words, content: .text("one"))) }
      let writer = try ScanFileWriter.create(folder.path(name), schema: schema)
      try writer.publish()
    }
    try write(values, to: "negative.h5")
    #expect(
      problem(card("negative.h5"))
        == "negative.h5: point 1: m_psi is -1.0 (masses and couplings are positive) give a value above 0")
    try write(Array(values.dropLast()), to: "short.h5")
    #expect(problem(card("short.h5")) == "short.h5: no variable g (every point needs it) add it")
    try write(values.dropLast() + [("g", ["other"], [1, 2, 3])], to: "uneven.h5")
    #expect(problem(card("uneven.h5")).contains("g has 3 values, m_phi has 2 (a list has one value per point"))
    try write(values.dropLast() + [("g", ["point", "other"], [Double](repeating: 1, count: 6))], to: "flat.h5")
    #expect(problem(card("flat.h5")).hasPrefix("flat.h5: g has the shape 2 x 3 (a list has one value per point)"))
    try write(values.dropLast(), words: "g", to: "words.h5")
    #expect(problem(card("words.h5")).hasPrefix("words.h5: g holds no numbers of a type that can be read ("))
    try write(
      values.prefix(2) + [("m_psi", [], [0.1]), ("g", [], [1]), ("m_psi2", ["point"], [0.2, 0.05])], to: "order.h5")
    #expect(problem(card("order.h5")).contains("point 1: m_psi2 is 0.05"))
  }

  /// Two points whose m_phi is stored as other programs store it.
  private func write(
    mPhi: StoredArray, _ attributes: Attributes, mask: [Int32]? = nil, g: Attributes = [:], to name: String
  ) throws {
    var variables: [FileSchema.Variable] = [
      .init("m_phi", dimensions: ["point"], content: .values(mPhi), attributes: attributes),
      .init("h_mue", content: .values(StoredArray([1e-3]))), .init("m_psi", content: .values(StoredArray([0.1]))),
      .init("g", content: .values(StoredArray([1.0])), attributes: g),
    ]
    if let mask { variables.append(.init("m_phi_isvalid", dimensions: ["point"], content: .values(StoredArray(mask)))) }
    let schema = FileSchema(dimensions: [.init("point", size: 2)], variables: variables)
    try ScanFileWriter.create(folder.path(name), schema: schema, overwrite: true).publish()
  }

  /// Units are converted with one rounding, packed numbers unpacked.
  @Test func hdf5ListsAreConverted() throws {
    func masses() throws -> [Double]? { try PointList(hdf5: folder.path("list.h5")).columns["m_phi"] }
    try write(mPhi: StoredArray([317.0, 1000]), ["units": "MeV"], g: ["units": "1"], to: "list.h5")
    #expect(try masses() == [0.317, 1])
    try write(mPhi: StoredArray([3.17e-4, 1e-3]), ["Unit": "TeV/c^2"], to: "list.h5")
    #expect(try masses() == [0.317, 1])
    let packed: Attributes = ["scale_factor": 1e-3, "add_offset": .numbers([Float(0.25)]), "_FillValue": -1]
    try write(mPhi: StoredArray([67, 750] as [Int32]), packed, mask: [1, 1], to: "list.h5")
    #expect(try masses() == [0.317, 1])
    try write(
      mPhi: StoredArray([317, 1000] as [Int64]), ["units": "MeV", "valid_range": .numbers([1.0, 1000])], to: "list.h5")
    #expect(try masses() == [0.317, 1])
  }

  @Test func missingPointsOfHDF5ListsAreRefused() throws {
    let remedy = "leave the point out of the list"
    func expect(_ mPhi: [Double], _ attributes: Attributes, mask: [Int32]? = nil, _ message: String) throws {
      try write(mPhi: StoredArray(mPhi), attributes, mask: mask, to: "list.h5")
      #expect(problem(card("list.h5")) == "list.h5: \(message)")
    }
    let fill = 9.969209968386869e36
    try expect([0.3, fill], [:], "point 1: m_phi is missing (9.969209968386869e+36 is netCDF's fill value) \(remedy)")
    try expect([7, 0.3], ["_FillValue": 7.0], "point 0: m_phi is missing (7 is its _FillValue) \(remedy)")
    try expect(
      [0.3, 99], ["missing_value": .numbers([99.0, 999])],
      "point 1: m_phi is missing (99 is its missing_value) \(remedy)")
    try expect([0.3, 0.4], [:], mask: [1, 0], "point 1: m_phi is not valid (m_phi_isvalid says so) \(remedy)")
    try expect([0.3, 4], ["valid_max": 3.0], "point 1: m_phi is missing (4 is outside its valid range) \(remedy)")
    try expect(
      [0.3, 0.4], ["units": "furlong"],
      "m_phi has the unit 'furlong' (an energy is expected) use eV, keV, MeV, GeV or TeV")
    try expect(
      [0.3, 0.4], ["units": 3],
      "m_phi has units that are no text (a unit is a word) store plain numbers, or correct the attribute")
    try expect(
      [0.3, 0.4], ["scale_factor": "1e-3"],
      "m_phi has a scale_factor that cannot be used (it is a number) store plain numbers, or correct the attribute")
    try write(mPhi: StoredArray([0.3, 0.4]), [:], g: ["units": "GeV"], to: "list.h5")
    #expect(
      problem(card("list.h5"))
        == "list.h5: g has the unit 'GeV' (the coupling to fermions is dimensionless) give it without unit")
    #expect(try PointList(hdf5: folder.path("list.h5"), darkMatter: .scalar).columns["g"] == [1, 1])
  }
}
