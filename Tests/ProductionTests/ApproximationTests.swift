import Production
import Testing

/// Weizsaecker-Williams beside the exact cross section.
struct ApproximationTests {
  private func ratio(_ method: CrossSectionMethod, _ channel: ProductionChannel, _ energy: Double, _ mPhi: Double)
    throws -> Double
  {
    let exact = try calculator(channel).total(energy: [energy], mPhi: [mPhi])[0].value
    return try calculator(channel, method: method).total(energy: [energy], mPhi: [mPhi])[0].value / exact
  }

  /// Good to 2 % for e -> mu at 100 GeV.
  @Test(arguments: [0.11, 0.15, 0.2, 0.3169751265, 0.5, 1, 2])
  func electronBeam(mPhi: Double) throws {
    let ratio = try ratio(.weizsaeckerWilliams, .electronToMuon, 100, mPhi)
    #expect((1.0065...1.0165).contains(ratio), "\(ratio)")
  }

  /// 1.43 to 1.59 for mu -> e at 160 GeV, where phi takes nearly all the energy.
  @Test(arguments: [(0.11, 1.43), (3.0, 1.59)])
  func muonBeam(mPhi: Double, expected: Double) throws {
    let ratio = try ratio(.weizsaeckerWilliams, .muonToElectron, 160, mPhi)
    #expect(abs(ratio - expected) < 0.005, "\(ratio)")
  }

  /// The improved WW is too large by factors of 1.3 to 13.
  @Test(arguments: [(ProductionChannel.electronToMuon, 100.0), (.muonToElectron, 160)], [0.11, 0.3169751265, 1, 3])
  func improved(beam: (ProductionChannel, Double), mPhi: Double) throws {
    #expect((1.3...13).contains(try ratio(.improvedWeizsaeckerWilliams, beam.0, beam.1, mPhi)))
  }
}
