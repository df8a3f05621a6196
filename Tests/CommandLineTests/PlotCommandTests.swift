import Foundation
import Testing

/// `limits` and `plot` as a user runs them. Without a Python that has matplotlib and xarray figures are not checked.
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

  /// What follows needs a Python that can draw.
  private func canDraw() throws -> Bool {
    let script =
      "for p in python3 /usr/bin/python3; do $p -c 'import matplotlib, xarray, h5netcdf' && exit; done; exit 1"
    let found = try leptoscan.shell(script).exitCode == 0
    if !found { print("plot: not checked: no Python here has matplotlib, xarray and h5netcdf") }
    return found
  }

  @Test func limitsAndTheirFigure() throws {
    defer { leptoscan.cleanUp() }
    let limits = try leptoscan.run(["limits", "card.yaml", "-o", "limits.h5"])
    #expect(limits.exitCode == 0 && limits.output.contains(" constraints at 40 points -> limits.h5"), "\(limits)")
    #expect(try leptoscan.run(["limits", "card.yaml", "-o", "limits.h5"]).exitCode == 73, "it is there already")
    #expect(try leptoscan.run(["verify", "limits.h5"]).exitCode == 0)
    let shown = try leptoscan.run(["show", "limits.h5"]).output
    #expect(shown.contains("constraint") && shown.contains("g_minus_2_muon ..."), "\(shown)")
    guard try canDraw() else { return }
    let plot = try leptoscan.run(["plot", "limits.h5", "-o", "figure.svg", "--select", "g=0.3"])
    #expect(plot.exitCode == 0 && plot.output == "limits.h5 -> figure.svg\n", "\(plot)")
    #expect(String(decoding: try leptoscan.contents(of: "figure.svg"), as: UTF8.self).contains("GeV"))
    #expect(try leptoscan.run(["plot", "card.yaml", "-o", "figure.svg"]).exitCode == 65)
    #expect(try leptoscan.run(["plot", "limits.h5", "-o", "none/figure.svg"]).exitCode == 73)
    try leptoscan.damageLastNumber(of: "h_mue_limit", in: "limits.h5")
    let damaged = try leptoscan.run(["plot", "limits.h5", "-o", "damaged.svg"])
    #expect(damaged.exitCode == 65 && damaged.errors.contains("cannot read h_mue_limit of limits.h5 (its block 0 "))
    #expect(!leptoscan.exists("damaged.svg"))
  }

  @Test func aScanIsProfiled() throws {
    defer { leptoscan.cleanUp() }
    guard try canDraw() else { return }
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"]).exitCode == 0)
    #expect(try leptoscan.run(["plot", "scan.h5", "-o", "scan.png", "--variable", "br_invisible"]).exitCode == 0)
    let unknown = try leptoscan.run(["plot", "scan.h5", "-o", "scan.png", "--variable", "relic_density"])
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

  @Test func pythonPackage() throws {
    defer { leptoscan.cleanUp() }
    guard try canDraw() else { return }
    let folder = Leptoscan.checkout.appendingPathComponent("python").path
    let script = """
      cd '\(folder)' && export PYTHONDONTWRITEBYTECODE=1
      for p in python3 /usr/bin/python3; do
        if $p -c 'import matplotlib, xarray, h5netcdf' 2> /dev/null; then exec $p -m unittest -q; fi
      done
      """
    let outcome = try leptoscan.shell(script)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
  }
}
