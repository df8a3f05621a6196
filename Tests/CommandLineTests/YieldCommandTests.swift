import Foundation
import Testing

@Suite("leptoscan yield")
struct YieldCommandTests {
  @Test func jsonHasTheReferenceYield() throws {
    let leptoscan = try Leptoscan()
    defer { leptoscan.cleanUp() }
    let run = try leptoscan.run(["yield", "--experiment", "na64e-2022", "--m-phi", "1", "--h-mue", "1e-3", "--json"])
    #expect(run.exitCode == 0)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let yield = try #require(object["events_per_particle_per_h2"] as? Double)
    #expect(abs(yield / 4.0110e-08 - 1) < 3e-3)  // Tests/ExperimentsTests/ReferenceData/na64_yield.csv
    let events = try #require(object["events"] as? Double)
    #expect(abs(events / (yield * 9.37e11 * 0.46 * 1e-6) - 1) < 1e-12)
    #expect((object["assumed"] as? [String])?.contains("efficiency") == true)
  }

  @Test func aFileOfOnesOwnBeginsFromABuiltInOne() throws {
    let leptoscan = try Leptoscan()
    defer { leptoscan.cleanUp() }
    try leptoscan.write(try leptoscan.run(["yield", "--experiment", "na64mu-2022", "--print"]).output, to: "mine.yaml")
    let arguments = ["--m-phi", "0.3", "0.5", "--json"]
    let own = try leptoscan.run(["yield", "--experiment", "mine.yaml"] + arguments)
    #expect(own.exitCode == 0)
    #expect(own.output == (try leptoscan.run(["yield", "--experiment", "na64mu-2022"] + arguments)).output)
  }

  @Test func mistakes() throws {
    let leptoscan = try Leptoscan()
    defer { leptoscan.cleanUp() }
    let unknown = try leptoscan.run(["yield", "--experiment", "na64e-2020", "--m-phi", "1"])
    #expect(unknown.exitCode == 65)
    #expect(unknown.errors.contains("unknown experiment 'na64e-2020' ("))
    #expect(unknown.errors.contains("did you mean 'na64e-2022'?"))
    #expect(try leptoscan.run(["yield", "--experiment", "m3"]).exitCode == 64)
    let tooHigh = try leptoscan.run(["yield", "--experiment", "ldmx", "--m-phi", "0.3", "--recoil-min", "7"])
    #expect(tooHigh.exitCode == 64)
  }
}
