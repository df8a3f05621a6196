import PortalKernels

/// How the samples of a Monte Carlo are divided: strata of the recoil energy with equal shares of the cross section, and
/// in each of them as many tiles of 1024 samples.
struct SamplingPlan: Sendable, Hashable {
  let strata: Int
  let tilesPerStratum: Int

  static let samplesPerTile = Int(PORTAL_TILE_SAMPLES)
  static let mostStrata = Int(PORTAL_MOST_EDGES) - 1
  /// So many tiles are kept in a stratum before there are more strata, so that their spread tells the error.
  private static let leastTiles = 4

  /// At least `samples` samples, and two tiles.
  init(samples: Int) {
    let tiles = max(2, (max(samples, 0) - 1) / Self.samplesPerTile + 1)
    strata = min(Self.mostStrata, max(1, tiles / Self.leastTiles))
    tilesPerStratum = (tiles + strata - 1) / strata
  }

  /// Events are drawn one by one, in strata that are as narrow as can be.
  static let events = SamplingPlan(strata: mostStrata, tilesPerStratum: 1)

  private init(strata: Int, tilesPerStratum: Int) {
    (self.strata, self.tilesPerStratum) = (strata, tilesPerStratum)
  }
}
