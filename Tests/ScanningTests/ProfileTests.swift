import Foundation
import ScanStore
import Scanning
import Testing

@Suite struct ProfileTests {
  private static let sizes = ["m_phi": 4, "h_mue": 3, "m_psi_over_m_phi": 5, "g": 2]
  private static let names = ["m_phi", "h_mue", "m_psi_over_m_phi", "g"]

  /// Numbers without order, with NaN alone and over a whole stretch of two axes.
  private static let likelihood: [Double] = (0..<120).map { k in
    let isMissing = k / 10 == 3 || k == 41
    return isMissing ? Double.nan : -Double(k * 7919 % 113) / 10
  }
  private static let excluded: [UInt8] = likelihood.map { value in value < -3 ? 1 : 0 }

  private func withScan(_ body: (ScanFile) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "profile-\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let dimensions = Self.names.map { FileSchema.Dimension($0, size: Self.sizes[$0] ?? 0) }
    let coordinates = dimensions.map { dimension in
      FileSchema.Variable(
        dimension.name, dimensions: [dimension.name],
        content: .values(StoredArray((0..<dimension.size).map { Double($0) + 0.5 })), attributes: ["units": "GeV"])
    }
    let variables = [
      FileSchema.Variable("log_likelihood", dimensions: Self.names, content: .values(StoredArray(Self.likelihood))),
      FileSchema.Variable("excluded", dimensions: Self.names, content: .values(StoredArray(Self.excluded))),
      FileSchema.Variable("planar", dimensions: ["h_mue"], content: .values(StoredArray([3.0, 1, 2]))),
      FileSchema.Variable("resolved_card", content: .text("card")),
    ]
    let schema = FileSchema(dimensions: dimensions, variables: coordinates + variables)
    try ScanFileWriter.create(path, schema: schema).publish()
    try body(ScanFile.open(path))
  }

  /// The index along each axis of an element.
  private func indices(_ element: Int) -> [Int] { [element / 30, element / 10 % 3, element / 2 % 5, element % 2] }

  @Test(arguments: [[0, 1], [1], [3, 0], [2, 3], [0, 1, 2, 3], []]) func isTheLargestOverTheOtherAxes(kept: [Int])
    throws
  {
    try withScan { file in
      let profile = try Profile(
        of: "log_likelihood", in: file, keeping: kept.map { Self.names[$0] } + ["absent"], by: .max)
      let axes = kept.sorted()
      #expect(profile.dimensions == axes.map { Self.names[$0] })
      let groups = Dictionary(grouping: Self.likelihood.indices) { k in axes.map { indices(k)[$0] } }
      #expect(profile.values.count == groups.count)
      for (group, elements) in groups {
        let place = zip(group, profile.shape).reduce(0) { $0 * $1.1 + $1.0 }
        let best = elements.filter { !Self.likelihood[$0].isNaN }.map { Self.likelihood[$0] }.max()
        #expect(best.map { $0 == profile.values[place] } ?? profile.values[place].isNaN)
        let source = profile.sources[place]
        #expect(best == nil ? source == -1 : Self.likelihood[source] == best && elements.contains(source))
      }
      let best = try #require(profile.best)
      #expect(best.value == Self.likelihood.filter { !$0.isNaN }.max() && Self.likelihood[best.source] == best.value)
    }
  }

  /// Of equal values the first one counts, in a profile and as the best point.
  @Test func theFirstOfEqualsIsTaken() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "ties-\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let values = [1.0, 4, 4, .nan, 4, 2, 4, 4, .nan, 1, 1, 1]
    let schema = FileSchema(
      dimensions: [.init("m_phi", size: 4), .init("g", size: 3)],
      variables: [
        .init("x", dimensions: ["m_phi", "g"], content: .values(StoredArray(values))),
        .init("minus_x", dimensions: ["m_phi", "g"], content: .values(StoredArray(values.map { -$0 }))),
      ])
    try ScanFileWriter.create(path, schema: schema).publish()
    let file = try ScanFile.open(path)
    for (name, reduction, all) in [("x", Reduction.max, [0, 1]), ("minus_x", .min, [0, 1])] {
      let profile = try Profile(of: name, in: file, keeping: ["m_phi"], by: reduction)
      #expect(profile.sources == [1, 4, 6, 9])
      #expect(profile.best?.source == 1)
      let along = try Profile(of: name, in: file, keeping: ["g"], by: reduction)
      #expect(along.sources == [6, 1, 2] && along.best?.source == 6, "the first in the order of the profile")
      let whole = try Profile(of: name, in: file, keeping: [], by: reduction)
      #expect(whole.sources == [all[1]])
    }
  }

  @Test func masks() throws {
    try withScan { file in
      let all = try Profile(of: "excluded", in: file, keeping: ["h_mue"], by: .all)
      let any = try Profile(of: "excluded", in: file, keeping: ["h_mue"], by: .any)
      for h in 0..<3 {
        let values = Self.excluded.indices.filter { $0 / 10 % 3 == h }.map { Self.excluded[$0] }
        #expect(all.values[h] == (values.allSatisfy { $0 == 1 } ? 1 : 0))
        #expect(any.values[h] == (values.contains(1) ? 1 : 0))
      }
    }
  }

  @Test func fileHasProfilesAndTheBestPoint() throws {
    try withScan { scan in
      let kept = ["m_phi", "h_mue"]
      let profiles = [
        try Profile(of: "log_likelihood", in: scan, keeping: kept, by: .max),
        try Profile(of: "excluded", in: scan, keeping: kept, by: .all),
      ]
      let path = scan.path + ".profile"
      defer { try? FileManager.default.removeItem(atPath: path) }
      try ScanFileWriter.create(path, schema: FileSchema(profiles: profiles, of: scan)).publish()
      let file = try ScanFile.open(path)
      #expect(file.dimensions.map(\.name) == kept)
      #expect(file.attributes["file_kind"]?.text == "profile")
      #expect(try file.readText("resolved_card") == "card")
      let excluded = try file.variable("excluded")
      #expect(excluded.content == .numbers(.uint8))
      #expect(excluded.attributes["long_name"] == "1 where excluded of every point along the other axes is not 0")
      let best = indices(try #require(profiles[0].best).source)
      for (axis, name) in Self.names.enumerated() {
        #expect(try file.readDoubles("best_\(name)") == [Double(best[axis]) + 0.5])
      }
      let coupling = try file.readDoubles("log_likelihood_g")
      for (place, source) in profiles[0].sources.enumerated() {
        #expect(source < 0 ? coupling[place].isNaN : coupling[place] == Double(indices(source)[3]) + 0.5)
      }
      #expect(try file.variable("log_likelihood_g").attributes["units"] == "GeV")
    }
  }

  @Test func whatIsPlanarStaysAsItIs() throws {
    try withScan { file in
      let profile = try Profile(of: "planar", in: file, keeping: ["m_phi", "h_mue"], by: .min)
      #expect(profile.values == [3, 1, 2] && profile.dimensions == ["h_mue"])
      #expect(throws: ScanStoreError.self) { try Profile(of: "none", in: file, keeping: [], by: .max) }
      #expect(throws: ScanStoreError.self) { try Profile(of: "resolved_card", in: file, keeping: [], by: .max) }
    }
  }
}
