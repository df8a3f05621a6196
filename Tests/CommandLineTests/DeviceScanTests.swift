import Foundation
import ScanStore
import Testing

/// Scans of every kind on an OpenCL device, and shared by all devices, have the bytes of `--device native`.
@Suite(.enabled(if: OpenCLDriver.selector != nil, "no OpenCL device with double precision"))
struct DeviceScanTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  /// By what they have beyond the first-light grid.
  private static let cards = [
    "first light": """
    leptoscan: 1
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV, points: 31 }
      h_mue: { from: 1e-5, to: 1e-1, points: 16 }
      m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, points: 16, spacing: linear } }
      g: { from: 0.01, to: 1, points: 16 }
    observables: [delta_a_mu, delta_a_e, width_visible, width_invisible, br_invisible]
    """,
    "relic density, cross section, signal and constraints": """
    leptoscan: 1
    axes:
      m_phi: { from: 107 MeV, to: 10 GeV, points: 12 }
      h_mue: { from: 1e-5, to: 1e-1, points: 8 }
      m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.8, points: 6, spacing: linear } }
      g: { from: 0.01, to: 1, points: 5 }
      m_psi2: { ratio_to_m_psi: 1.1 }
    production: { channel: e-mu, target: Pb, energy: 100 GeV }
    measurements: 2025
    experiments: [na64e-2022]
    """,
    "estimates of the paper in single precision": """
    leptoscan: 1
    axes:
      m_phi: { from: 107 MeV, to: 10 GeV, points: 20 }
      h_mue: { from: 1e-5, to: 1e-1, points: 20 }
      m_psi: { ratio_to_m_phi: 1/3 }
      g: { values: [0.08, 1] }
    treatment: gk2022
    measurements: gk2022
    experiments: [na64e-2018]
    output: { precision: float32 }
    """,
    "Sobol points that no constraint excludes": """
    leptoscan: 1
    points: { method: sobol, count: 3000, keep: allowed }
    axes:
      m_phi: { from: 107 MeV, to: 10 GeV }
      h_mue: { from: 1e-5, to: 1 }
      m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.8, spacing: linear } }
      g: { from: 0.01, to: 1 }
    measurements: 2025
    seed: 5
    """,
    "random points with a relic density of scalars": """
    leptoscan: 1
    dark_matter: scalar
    points: { method: random, count: 3000, keep: { relic_status: 0 } }
    axes:
      m_phi: { from: 107 MeV, to: 10 GeV }
      h_mue: { from: 1e-5, to: 1 }
      m_psi: { from: 1 MeV, to: 1 GeV, spacing: linear }
      g: { from: 0.01 GeV, to: 1 GeV }
      m_psi2: { splitting: 1 MeV }
    relic_density: { annihilation: e-mu, degrees_of_freedom: laine-meyer }
    measurements: 2025
    """,
    "a cross section, decays and a signal at every point": """
    leptoscan: 1
    points: { method: sobol, count: 100 }
    axes:
      m_phi: { from: 107 MeV, to: 10 GeV }
      h_mue: { from: 1e-5, to: 1 }
      m_psi: { from: 1 MeV, to: 1 GeV }
      g: { from: 0.01, to: 1 }
    production: { channel: mu-e, target: W, energy: 160 GeV }
    measurements: 2025
    experiments: [m3]
    constraints: [k_e_nu_phi, mu_e_psi_psi, m3]
    """,
    "a Monte Carlo at every point": """
    leptoscan: 1
    axes:
      m_phi: { from: 107 MeV, to: 5 GeV, points: 6 }
      h_mue: { from: 1e-5, to: 1e-1, points: 4 }
      m_psi: 10 MeV
      g: 0.1
    production:
      { channel: mu-e, target: W, energy: 160 GeV, recoil_min: 10 GeV, monte_carlo: { samples: 20000 } }
    """,
  ]

  @Test(arguments: cards.keys.sorted()) func sameBytes(name: String) throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(try #require(Self.cards[name]), to: "card.yaml")
    let native = try numbers(on: "native")
    #expect(!native.isEmpty)
    for device in [try #require(OpenCLDriver.selector), "all"] {
      let shared = try numbers(on: device)
      #expect(Set(shared.keys) == Set(native.keys))
      for (variable, bytes) in native { #expect(shared[variable] == bytes, "\(variable) on \(device)") }
    }
  }

  /// `limits` computes on one device, and its file names that one.
  @Test func limitsOnOneOfSeveralDevices() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(
      """
      leptoscan: 1
      axes: { m_phi: { from: 0.2, to: 2, points: 5 }, h_mue: 1e-3, m_psi: { ratio_to_m_phi: 1/3 }, g: 1 }
      """, to: "card.yaml")
    let driver = try #require(OpenCLDriver.selector)
    for (name, devices) in [("one.h5", "native"), ("first.h5", "native,\(driver)"), ("opencl.h5", driver)] {
      let outcome = try leptoscan.run(["limits", "card.yaml", "-o", name, "--device", devices])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("computing on native alone") == (name == "first.h5"), "\(outcome.errors)")
    }
    #expect(try leptoscan.contents(of: "one.h5") == leptoscan.contents(of: "first.h5"))
    let files = try ["one.h5", "opencl.h5"].map { try ScanFile.open(leptoscan.folder.appendingPathComponent($0).path) }
    #expect(files[0].attributes["device"] != files[1].attributes["device"])
    let limits = try files.map { try $0.readDoubles("h_mue_limit").map(\.bitPattern) }
    #expect(limits[0] == limits[1])
  }

  /// The bytes of every variable, coordinates included, as they lie in the file.
  private func numbers(on device: String) throws -> [String: Data] {
    let outcome = try leptoscan.run(["scan", "card.yaml", "-o", "\(device).h5", "--device", device])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let file = try ScanFile.open(leptoscan.folder.appendingPathComponent("\(device).h5").path)
    #expect(file.attributes["device_deviation"]?.text == "none")
    let contents = try leptoscan.contents(of: "\(device).h5")
    let extents = file.variables.compactMap { variable in variable.extent.map { (variable.name, $0) } }
    return Dictionary(
      uniqueKeysWithValues: extents.map { name, extent in
        (name, contents.dropFirst(Int(extent.byteOffset)).prefix(Int(extent.byteCount)))
      })
  }
}

/// The first one of this machine with double precision, for processes that tests start.
private enum OpenCLDriver {
  private struct Description: Decodable {
    var selector: String
    var fp64: Bool
  }

  static let selector: String? = {
    guard let leptoscan = try? Leptoscan() else { return nil }
    defer { leptoscan.cleanUp() }
    let output = (try? leptoscan.run(["devices", "--json"]))?.output ?? ""
    let devices = try? JSONDecoder().decode([Description].self, from: Data(output.utf8))
    return devices?.first { $0.fp64 && $0.selector != "native" }?.selector
  }()
}
