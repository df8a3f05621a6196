import Foundation
import ScanStore
import Testing

/// Files that other programs wrote or changed, and virtual ones among files of the same names.
@Suite struct ForeignFileTests {
  let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    for (name, to) in [("card", 10), ("other", 9)] {
      try leptoscan.write(
        """
        leptoscan: 1
        axes: { m_phi: { from: 110 MeV, to: \(to) GeV, points: 7 }, h_mue: { values: [1e-3, 1e-2] }, m_psi: 0.1, g: 1 }
        observables: [delta_a_mu, br_invisible]

        """, to: "\(name).yaml")
    }
  }

  private func path(_ name: String) -> String { leptoscan.folder.appendingPathComponent(name).path }

  /// As a program leaves it that writes the file anew: what follows the HDF5 file, whose end is in its superblock, is lost.
  private func cutTrailer(of name: String) throws {
    let bytes = try leptoscan.contents(of: name)
    let end = bytes[28..<36].enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    #expect(end < bytes.count)
    truncate(path(name), off_t(end))
  }

  /// Every command that reads a file has it read by another process first, where nothing vouches for it.
  @Test func whatWouldCrashIsRefused() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write("#!/bin/sh\nkill -SEGV $$\n", to: "dies")
    try leptoscan.write("#!/bin/sh\nexec sleep 1000\n", to: "hangs")
    for name in ["dies", "hangs"] { chmod(path(name), 0o700) }
    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.3,1e-3,0.1,1\n", to: "list.csv")
    _ = try leptoscan.run(["evaluate", "--points", "list.csv", "-o", "list.h5"])
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"])
    for shard in ["1", "2"] {
      _ = try leptoscan.run(["scan", "card.yaml", "-o", "\(shard).h5", "--shard", "\(shard)/2"])
    }
    _ = try leptoscan.run(["merge", "virtual.h5", "1.h5", "2.h5", "--virtual"])
    try leptoscan.write("leptoscan: 1\npoints: { file: list.h5 }\nobservables: [delta_a_mu]\n", to: "listed.yaml")
    let dying = ["LEPTOSCAN_FILE_PROBE": path("dies")]
    let commands = [
      ["show", "scan.h5"], ["verify", "scan.h5"], ["export", "scan.h5", "-o", "-"],
      ["repack", "scan.h5", "-o", "r.h5", "--force"],
      ["profile", "scan.h5", "-o", "p.h5", "--variable", "br_invisible", "--force"], ["cite", "scan.h5"],
      ["evaluate", "--points", "list.h5", "-o", "e.csv", "--force"], ["scan", "listed.yaml", "-o", "s.h5", "--force"],
      ["merge", "m.h5", "1.h5", "2.h5", "--force"], ["verify", "virtual.h5"],
    ]
    // With their trailers they are opened at once.
    for command in commands { #expect(try leptoscan.run(command, environment: dying).exitCode == 0, "\(command)") }
    for file in ["scan.h5", "list.h5", "1.h5"] { try cutTrailer(of: file) }
    for command in commands {
      let refused = try leptoscan.run(command, environment: dying)
      #expect(refused.exitCode == 65 && refused.errors.contains("ends with signal 11"), "\(command): \(refused)")
      #expect(try leptoscan.run(command).exitCode == 0, "\(command)")
    }
    let hanging = ["LEPTOSCAN_FILE_PROBE": path("hangs"), "LEPTOSCAN_FILE_PROBE_SECONDS": "0.2"]
    let refused = try leptoscan.run(["show", "scan.h5"], environment: hanging)
    #expect(refused.exitCode == 65 && refused.errors.contains("reading it takes more than"), "\(refused)")
  }

  @Test func aRepackedFileKeepsItsTrailer() throws {
    defer { leptoscan.cleanUp() }
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"])
    _ = try leptoscan.run(["repack", "scan.h5", "-o", "packed.h5"])
    let verified = try leptoscan.run(["verify", "packed.h5", "--json"])
    #expect(verified.exitCode == 0 && verified.output.contains("\"metadata_checked\" : true"), "\(verified)")
  }

  /// HDF5 looks for the files of a virtual one in the current folder, too.
  @Test func filesOfTheCurrentFolderAreNamed() throws {
    defer { leptoscan.cleanUp() }
    for shard in ["1", "2"] {
      _ = try leptoscan.run(["scan", "card.yaml", "-o", "\(shard).h5", "--shard", "\(shard)/2"])
    }
    _ = try leptoscan.run(["merge", "virtual.h5", "1.h5", "2.h5", "--virtual"])
    #expect(try !leptoscan.run(["show", "virtual.h5"]).output.contains("current folder"))
    let moved = leptoscan.folder.appendingPathComponent("moved")
    try FileManager.default.createDirectory(at: moved, withIntermediateDirectories: false)
    for name in ["virtual.h5", "2.h5"] {
      try FileManager.default.moveItem(atPath: path(name), toPath: moved.appendingPathComponent(name).path)
    }
    let shown = try leptoscan.run(["show", "moved/virtual.h5"])
    #expect(shown.output.contains("shows 1.h5 (of the current folder, not beside the file), 2.h5\n"), "\(shown)")
    let same = try leptoscan.run(["verify", "moved/virtual.h5"])
    #expect(same.exitCode == 0 && same.output.contains("1.h5: of the current folder, not beside moved/"), "\(same)")
    let exported = try leptoscan.run(["export", "moved/virtual.h5", "-o", "-"])
    #expect(
      exported.exitCode == 65 && exported.errors.contains("1.h5 is found in the current folder only"), "\(exported)")
    _ = try leptoscan.run(["scan", "other.yaml", "-o", "1.h5", "--shard", "1/2", "--force"])
    let other = try leptoscan.run(["verify", "moved/virtual.h5"])
    #expect(
      other.exitCode == 65 && other.errors.contains("1.h5 is of the current folder and may be another"), "\(other)")
    unlink(path("1.h5"))
    #expect(try leptoscan.run(["show", "moved/virtual.h5"]).output.contains("1.h5 (missing)"))
  }

  /// What xarray or ncks make of a scan: the run card and some of the values, without trailer and checksums.
  @Test(arguments: [3, nil]) func aPartOfAScanIsNotDamaged(kept: Int?) throws {
    defer { leptoscan.cleanUp() }
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"])
    let scan = try ScanFile.open(path("scan.h5"))
    let axes = [kept.map { FileSchema.Dimension("m_phi", size: $0) }, .init("h_mue", size: 2)].compactMap(\.self)
    let schema = FileSchema(
      dimensions: axes,
      variables: [
        .init(
          "delta_a_mu", dimensions: axes.map(\.name),
          content: .values(StoredArray(try scan.readDoubles("delta_a_mu", elements: 0..<2 * (kept ?? 1))))),
        .init("resolved_card", content: .text(try scan.readText("resolved_card"))),
      ], attributes: scan.attributes)
    try ScanFileWriter.create(path("cut.nc"), schema: schema).publish()
    try cutTrailer(of: "cut.nc")
    let verified = try leptoscan.run(["verify", "cut.nc"])
    #expect(verified.exitCode == 65)
    #expect(
      verified.errors.contains("another program cut it: m_phi has \(kept ?? 1) of 7 values"), "\(verified.errors)")
  }
}
