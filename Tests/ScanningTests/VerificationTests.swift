import Foundation
import ScanStore
import Scanning
import Testing

@Suite struct VerificationTests {
  private let folder: ScanFolder

  init() throws { folder = try ScanFolder() }

  @Test(arguments: ["1/1", "2/3"]) func intactFilesPass(shard: String) throws {
    try folder.write(folder.scan(shard: shard), to: "scan.h5")
    let file = try ScanFile.open(folder.path("scan.h5"))
    let verification = try FileVerification(of: file)
    #expect(verification.damaged.isEmpty && verification.unchecked.isEmpty)
    #expect(verification.bytesChecked >= 1)
    let recalculation = try Recalculation(of: file, device: folder.device)
    #expect(recalculation.differences.isEmpty)
    let observables = file.variables.filter { $0.attributes["_FillValue"] != nil || $0.name == "status" }
    #expect(recalculation.valuesChecked >= observables.map(\.elementCount).reduce(0, +) / 2)
  }

  /// The first byte of every variable and, since each try reads the whole file, every 61st after it.
  @Test func wrongBytesOfTheNumbersAreFound() throws {
    _ = try folder.wholeScan(try folder.scan())
    let intact = try ScanFile.open(folder.path("whole.h5"))
    for variable in intact.variables {
      guard let extent = variable.extent else { continue }
      for offset in stride(from: extent.byteOffset, to: extent.byteOffset + extent.byteCount, by: 61) {
        try folder.flipBit(at: offset, of: "whole.h5")
        let verification = try FileVerification(of: ScanFile.open(folder.path("whole.h5")))
        #expect(verification.damaged.map(\.variable) == [variable.name], "byte \(offset)")
        try folder.flipBit(at: offset, of: "whole.h5")
      }
    }
  }

  @Test func everyWrongByteOfTheCardIsFound() throws {
    let scan = try folder.scan()
    let bytes = try folder.wholeScan(scan)
    let card = Data((scan.provenance.resolvedCard ?? "").utf8)
    let range = try #require(bytes.range(of: card))
    for offset in range {
      try folder.flipBit(at: offset, of: "whole.h5")
      #expect { try ScanFile.open(folder.path("whole.h5")) } throws: { ($0 as? ScanStoreError)?.kind == .damaged }
      try folder.flipBit(at: offset, of: "whole.h5")
    }
  }

  @Test func recalculationFindsAWrongNumber() throws {
    _ = try folder.wholeScan(try folder.scan())
    let extent = try #require(try ScanFile.open(folder.path("whole.h5")).variable("br_invisible").extent)
    try folder.flipBit(at: extent.byteOffset + 8 * 41, of: "whole.h5")
    let recalculation = try Recalculation(of: ScanFile.open(folder.path("whole.h5")), device: folder.device)
    #expect(recalculation.differences.map(\.variable) == ["br_invisible"])
    #expect(recalculation.differences.map(\.element) == [41])
  }
}
