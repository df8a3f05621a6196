import Foundation
import Testing

/// `limits` and `plot` as a user runs them, with every Python that can draw.
///
/// `LEPTOSCAN_PYTHONS` names the interpreters to try, separated by colons.
@Suite struct PlotCommandTests {
  private let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    try leptoscan.write(
      """
      leptoscan: 1
      axes:
        m_phi: { from: 110 MeV, to: 10 GeV, points: 20 }
        h_mue: { from: 1e-5, to: 1e-1, points: 5 }
        m_psi: { ratio_to_m_phi: 1/3 }
        g: { values: [0.08, 0.3] }
      observables: [delta_a_mu, br_invisible]
      """, to: "card.yaml")
  }

  /// The interpreters that have what the package needs. Without one figures are not checked.
  private static let pythons: [String] = {
    guard let leptoscan = try? Leptoscan() else { return [] }
    defer { leptoscan.cleanUp() }
    let named = ProcessInfo.processInfo.environment["LEPTOSCAN_PYTHONS"] ?? "python3:/usr/bin/python3"
    let found = named.split(separator: ":").map(String.init).filter { python in
      (try? leptoscan.shell("'\(python)' -c 'import matplotlib, xarray, h5netcdf'").exitCode) == 0
    }
    if found.isEmpty { print("plot: not checked: none of \(named) has matplotlib, xarray and h5netcdf") }
    return found
  }()

  @Test func limitsAndTheirFigure() throws {
    defer { leptoscan.cleanUp() }
    let limits = try leptoscan.run(["limits", "card.yaml", "-o", "limits.h5"])
    #expect(limits.exitCode == 0 && limits.output.contains(" constraints at 40 points -> limits.h5"), "\(limits)")
    #expect(try leptoscan.run(["limits", "card.yaml", "-o", "limits.h5"]).exitCode == 73, "it is there already")
    #expect(try leptoscan.run(["verify", "limits.h5"]).exitCode == 0)
    let shown = try leptoscan.run(["show", "limits.h5"]).output
    #expect(shown.contains("constraint") && shown.contains("g_minus_2_muon ..."), "\(shown)")
    for python in PlotCommandTests.pythons {
      func plot(_ file: String, _ figure: String, _ options: String...) throws -> Leptoscan.Outcome {
        try leptoscan.run(["plot", file, "-o", figure] + options, environment: ["LEPTOSCAN_PYTHON": python])
      }
      let figure = try plot("limits.h5", "figure.svg", "--select", "g=0.3")
      #expect(figure.exitCode == 0 && figure.output == "limits.h5 -> figure.svg\n", "\(python): \(figure)")
      #expect(String(decoding: try leptoscan.contents(of: "figure.svg"), as: UTF8.self).contains("GeV"))
      #expect(try plot("card.yaml", "figure.svg").exitCode == 65)
      #expect(try plot("limits.h5", "none/figure.svg").exitCode == 73)
    }
    try leptoscan.damageLastNumber(of: "h_mue_limit", in: "limits.h5")
    let damaged = try leptoscan.run(["plot", "limits.h5", "-o", "damaged.svg"])
    #expect(damaged.exitCode == 65 && damaged.errors.contains("cannot read h_mue_limit of limits.h5 (its block 0 "))
    #expect(!leptoscan.exists("damaged.svg"))
  }

  @Test(arguments: pythons) func aScanIsProfiled(python: String) throws {
    defer { leptoscan.cleanUp() }
    func plot(_ variable: String) throws -> Leptoscan.Outcome {
      let arguments = ["plot", "scan.h5", "-o", "scan.png", "--variable", variable]
      return try leptoscan.run(arguments, environment: ["LEPTOSCAN_PYTHON": python])
    }
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"]).exitCode == 0)
    let figure = try plot("br_invisible")
    #expect(figure.exitCode == 0, "\(python): \(figure)")
    let unknown = try plot("relic_density")
    #expect(unknown.exitCode == 65 && unknown.errors.contains("the file has no variable relic_density"), "\(unknown)")
  }

  @Test func withoutPython() throws {
    defer { leptoscan.cleanUp() }
    let command = "LEPTOSCAN_PYTHON=/no/python '\(Leptoscan.executable.path)' plot limits.h5 -o figure.pdf"
    let outcome = try leptoscan.shell(command)
    #expect(outcome.exitCode == 74)
    #expect(
      outcome.errors.hasPrefix("leptoscan: there is no Python to plot with (/no/python is not found or fails) install"))
  }

  /// A copy of the program that has left the checkout does not find the package.
  @Test(arguments: pythons) func withoutThePackage(python: String) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.shell(
      "cp '\(Leptoscan.executable.path)' copy && LEPTOSCAN_PYTHON='\(python)' ./copy plot limits.h5 -o figure.pdf")
    #expect(outcome.exitCode == 74)
    #expect(outcome.errors.contains(" lacks leptoscan) install its package "), "\(python): \(outcome.errors)")
  }

  @Test(arguments: pythons) func pythonPackage(python: String) throws {
    defer { leptoscan.cleanUp() }
    let folder = Leptoscan.checkout.appendingPathComponent("python").path
    let outcome = try leptoscan.shell("cd '\(folder)' && PYTHONDONTWRITEBYTECODE=1 '\(python)' -m unittest -q")
    #expect(outcome.exitCode == 0, "\(python): \(outcome.errors)")
  }
}
