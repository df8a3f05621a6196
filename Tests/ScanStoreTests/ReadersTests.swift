import Foundation
import ScanStore
import Testing

/// The files as other people's software sees them. A reader that is not installed is passed over with a message.
///
/// `LEPTOSCAN_PYTHONS` names the Python interpreters to try, separated by colons.
@Suite struct ReadersTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path("scan.h5")
    try Example.write(to: path)
  }

  private static var pythons: [String] {
    let chosen = ProcessInfo.processInfo.environment["LEPTOSCAN_PYTHONS"] ?? "/usr/bin/python3:python3"
    return chosen.split(separator: ":").map(String.init)
  }

  @Test(arguments: pythons) func xarrayReads(python: String) throws {
    _ = try runScript("check_readers", python: python, path: path)
  }

  /// kerchunk and VirtualiZarr, pinned; `LEPTOSCAN_REFERENCES_PYTHON` names the interpreter that has them.
  @Test func readersByReference() throws {
    guard let python = ProcessInfo.processInfo.environment["LEPTOSCAN_REFERENCES_PYTHON"] else {
      return print("kerchunk, VirtualiZarr: not checked: LEPTOSCAN_REFERENCES_PYTHON is not set")
    }
    _ = try runScript("check_references", python: python, path: path)
  }

  @Test(arguments: pythons) func filesOfOtherWritersAreRead(python: String) throws {
    let path = directory.path("foreign.h5")
    guard try runScript("write_foreign", python: python, path: path) else { return }
    let file = try ScanFile.open(path)
    #expect(file.variables.map(\.name) == ["big_endian", "compound", "compressed", "null", "short", "words"])
    #expect(file.attributes.isEmpty)
    let compressed = try file.variable("compressed")
    #expect(compressed.dimensions == ["phony_dim_0", "phony_dim_1"] && compressed.shape == [3, 2])
    #expect(compressed.extent == nil)
    #expect(compressed.attributes["units"] == "GeV")
    #expect(try file.readDoubles("compressed") == [0, 1, 2, 3, 4, 5])
    #expect(try file.readDoubles("compressed", elements: 1..<4) == [1, 2, 3])
    #expect(try file.variable("big_endian").extent == nil)
    #expect(try file.readValues("big_endian") == [1.5, 2.5])
    #expect(try file.variable("short").content == .other)
    #expect(try file.variable("null").shape == [0])
    #expect(throws: ScanStoreError.self) { try file.readText("words") }
  }

  @Test(arguments: pythons) func filesOfXarrayAreRead(python: String) throws {
    let path = directory.path("netcdf.h5")
    guard try runScript("write_foreign", python: python, path: path) else { return }
    let file = try ScanFile.open(path)
    #expect(Set(file.dimensions) == [.init("m_phi", size: 2), .init("sample", size: 3)])
    let h = try file.variable("h_mue")
    #expect(h.dimensions == ["m_phi", "sample"])
    #expect(h.attributes["long_name"] == "coupling")
    #expect(try file.readDoubles("h_mue") == [0, 1, 2, 3, 4, 5])
    #expect(try file.readDoubles("m_phi") == [0.2, 0.4])
    #expect(!file.variables.contains { $0.name == "sample" })
  }

  /// Runs a script of the folder `Readers`; false where the interpreter or its packages are missing.
  private func runScript(_ name: String, python: String, path: String) throws -> Bool {
    let script = try #require(Bundle.module.url(forResource: name, withExtension: "py", subdirectory: "Readers"))
    let (status, output) = try run([python, script.path, path])
    if status == 77 || status == 127 {
      print("\(python): not checked: \(output)")
      return false
    }
    #expect(status == 0, "\(python): \(output)")
    return status == 0
  }

  @Test func ncdump() throws {
    let (status, output) = try run(["ncdump", "-h", path])
    if status == 127 { return print("ncdump: not checked: \(output)") }
    #expect(status == 0)
    let lines = output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let dimensions = Example.dimensions.map { "\($0.name) = \($0.size) ;" }
    #expect(Array(lines.dropFirst(2).prefix(dimensions.count)) == dimensions)
    for line in [
      "double relic_density(m_phi, h_mue, m_psi_over_m_phi, g) ;", "double delta_a_mu(m_phi, h_mue) ;",
      "float width_invisible(m_phi, m_psi_over_m_phi, g) ;", "width_invisible:_FillValue = NaNf ;",
      "ubyte status(m_phi, h_mue, m_psi_over_m_phi, g) ;", "status:flag_values = 0UB, 1UB, 2UB ;",
      "int64 count(sample) ;", "string constraint(constraint) ;", "string source(constraint) ;", "uint64 seed ;",
      "string resolved_card ;", #"m_phi:units = "GeV" ;"#,
      #":Conventions = "CF-1.11" ;"#, ":schema_version = 1 ;",
    ] {
      #expect(lines.contains(line), "\(line) not in\n\(output)")
    }
    #expect(!output.contains(" sample("), "a dimension without variable is shown as one")
  }

  @Test func h5dump() throws {
    let (status, output) = try run(["h5dump", "-H", path])
    if status == 127 { return print("h5dump: not checked: \(output)") }
    #expect(status == 0)
    #expect(output.contains(#"DATASET "relic_density""#) && !output.contains("error"), "\(output)")
  }

  /// Runs a program found along the path; its status is 127 where there is none.
  private func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
