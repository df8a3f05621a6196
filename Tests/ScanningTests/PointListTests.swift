import ComputeDevices
import Foundation
import LeptonicPortal
import Testing

import Scanning

@Suite struct PointListTests {
  private func read(
    _ text: String, _ darkMatter: DarkMatter = .fermion, keepsOthers: Bool = false
  ) throws -> PointList {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("points-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try PointList(csv: url.path, darkMatter: darkMatter, keepsOthers: keepsOthers)
  }

  private func message(_ text: String) -> String {
    do {
      _ = try read(text)
      return "no error"
    } catch let error as PointListError {
      guard case .badFile(_, let line, let column, let message) = error else { return "\(error)" }
      return "\(line):\(column): \(message)"
    } catch {
      return "\(error)"
    }
  }

  @Test func readsColumnsByNameInAnyOrder() throws {
    let list = try read("# comment\n\ng, m_psi ,m_phi,h_mue\r\n0.08,0.1057,0.317,3.3e-3\r\n\n1,0.2,0.5,1e-4\n")
    #expect(list.count == 2)
    #expect(list.columns["m_phi"] == [0.317, 0.5])
    #expect(list.columns["h_mue"] == [3.3e-3, 1e-4])
    #expect(list.columns["m_psi2"] == [0.1057, 0.2])
    #expect(list.columns["g"] == [0.08, 1])
  }

  /// As Excel, old Macs and careful programs write them.
  @Test(arguments: [
    "\u{FEFF}m_phi,h_mue,m_psi,g\r\n0.3,1e-3,0.1,2\r\n", "m_phi,h_mue,m_psi,g\r0.3,1e-3,0.1,2\r",
    "\"m_phi\", \"h_mue\",\"m_psi\",\"g\"\n\"0.3\",\"1e-3\",0.1 ,\"2\"\n",
  ])
  func readsWhatOtherProgramsWrite(text: String) throws {
    let list = try read(text)
    #expect(list.count == 1 && list.columns["m_phi"] == [0.3] && list.columns["h_mue"] == [1e-3])
    #expect(list.columns["m_psi"] == [0.1] && list.columns["g"] == [2])
  }

  @Test(arguments: [
    (
      "m_phi;h_mue;m_psi;g\n0,3;1;1;1\n",
      "1:1: columns are separated by semicolons (a comma is expected, and a point in decimals) "
        + "begin with m_phi,h_mue,m_psi,g"
    ),
    (
      "m_phi\th_mue\tm_psi\tg\n",
      "1:1: columns are separated by tabs (a comma is expected, and a point in decimals) begin with m_phi,h_mue,m_psi,g"
    ),
    ("m_phi,h_mue,m_psi,g\r0.3,1,1,x\r", "2:9: g is 'x' (not a number) write it like 0.317 or 3e-3"),
    (
      "m_phi,h_mue,m_psi,g\n\"0,3\",1,1,1\n", "2:1: m_phi is '0,3' (not a number) write it like 0.317 or 3e-3"
    ),
    ("m_phi,h_mue,m_psi,g\n\"0.3,1,1,1\n", "2:1: m_phi is '\"0.3,1,1,1' (not a number) write it like 0.317 or 3e-3"),
    ("", "1:1: no header line (columns are found by name) begin with m_phi,h_mue,m_psi,g"),
    ("m_phi,h_mue,m_psi,g\n", "2:1: no points (only a header line was found) add one line per point"),
    ("0.3,1,2,3\n", "1:1: the first line is no header (it has numbers) begin with m_phi,h_mue,m_psi,g"),
    (
      "m_phi,h_mu,m_psi,g\n",
      "1:7: unknown column 'h_mu' (there is no column h_mue) did you mean 'h_mue'? give another quantity another name"
    ),
    ("m_phi,h_mue,m_psi\n", "1:1: no column g (every point needs m_phi, h_mue, m_psi, g) add it"),
    ("m_phi,m_phi,h_mue,m_psi,g\n", "1:7: column m_phi stands twice (which one counts is unclear) remove one"),
    (
      "m_phi,h_mue,m_psi,g\n0.3,1e-3,0.1\n",
      "2:1: 3 values (the header names 4 columns) give one value per column"
    ),
    (
      "m_phi,h_mue,m_psi,g\n0.3, 1e-3x,0.1,1\n",
      "2:6: h_mue is '1e-3x' (not a number) write it like 0.317 or 3e-3"
    ),
    (
      "m_phi,h_mue,m_psi,g\n0.3,nan,0.1,1\n",
      "2:5: h_mue is nan (every parameter must be a finite number) give a number"
    ),
    ("m_phi,h_mue,m_psi,g\n0.3,1,0.1,-1\n", "2:11: g is -1.0 (masses and couplings are positive) give a value above 0"),
    (
      "m_phi,h_mue,m_psi,g,m_psi2\n0.3,1,0.1,1,0.05\n",
      "2:1: m_psi2 is 0.05 (it is the heavier dark particle, m_psi is 0.1) exchange the two masses"
    ),
  ])
  func saysWhatIsWrongAndWhere(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  /// A unit is converted as in a run card: by the decimal exponent, so to the double of the number in GeV.
  @Test(arguments: [
    "m_phi [MeV],h_mue,m_psi[MeV],g,m_psi2 (keV)\n317,1e-3,105.6583755,1,105658.3755\n",
    "m_phi/TeV,h_mue [1],m_psi (GeV/c^2),g [-],m_psi2 GeV\n0.000317,1e-3,0.1056583755,1,0.1056583755\n",
    "# m_phi [MeV],h_mue,m_psi [eV],g\n3.17e+02,1e-3,105658375.5,1\n",
  ])
  func unitsOfTheHeaderAreConverted(text: String) throws {
    let list = try read(text)
    #expect(list.columns["m_phi"] == [0.317] && list.columns["m_psi"] == [0.1056583755])
    #expect(list.columns["m_psi2"] == [0.1056583755])
  }

  /// g of scalars is an energy, that of fermions is none.
  @Test func theUnitOfGFollowsDarkMatter() throws {
    let text = "m_phi,h_mue,m_psi,g [MeV]\n0.3,1e-3,0.1,80\n"
    #expect(try read(text, .scalar).columns["g"] == [0.08])
    #expect(
      message(text) == "1:19: g has the unit 'MeV' (the coupling to fermions is dimensionless) give it without unit")
  }

  /// As numpy.savetxt writes it, and Fortran its numbers.
  @Test func aCommentMayBeTheHeader() throws {
    let list = try read(
      "# made by hand\n# m_phi,h_mue,m_psi,g\n0.317,1.5D-3,1d-1,+2.D0\n# m_phi,h_mue,m_psi,g\n0.4,1,1,1\n")
    #expect(list.count == 2 && list.columns["m_phi"] == [0.317, 0.4])
    #expect(list.columns["h_mue"] == [1.5e-3, 1] && list.columns["m_psi"] == [0.1, 1] && list.columns["g"] == [2, 1])
  }

  /// Columns that are no parameters, as weights, the index of pandas and the output of an evaluation, keep their text.
  @Test func otherColumnsAreKept() throws {
    let text = ",m_phi,h_mue,m_psi,g,weight,note\n0,0.3,1e-3,0.1,0.1,2,\"a, \"\"b\"\"\"\n1,0.4,1e-3,0.1,0.1,nan,\n"
    let list = try read(text, keepsOthers: true)
    #expect(list.count == 2 && list.columns["m_phi"] == [0.3, 0.4])
    #expect(list.others.map(\.name) == ["", "weight", "note"])
    #expect(list.others.map(\.fields) == [["0", "1"], ["2", "nan"], ["\"a, \"\"b\"\"\"", ""]])
    #expect(list.others(besides: ["weight"]).map(\.name) == ["", "note"])
    #expect(try read(text).others.allSatisfy(\.fields.isEmpty))
  }

  @Test(arguments: [
    (
      "m_phi [cm],h_mue,m_psi,g\n",
      "1:1: m_phi has the unit 'cm' (an energy is expected) use eV, keV, MeV, GeV or TeV"
    ),
    ("m_phi [Mev],h_mue,m_psi,g\n", "1:1: m_phi has the unit 'Mev' (an energy is expected) did you mean 'MeV'?"),
    (
      "m_phi,h_mue [GeV],m_psi,g\n", "1:7: h_mue has the unit 'GeV' (it is dimensionless) give it without unit"
    ),
    (
      "m_phi,h_mue,m_psi,g,m_psi_2\n",
      "1:21: unknown column 'm_psi_2' (there is no column m_psi2) did you mean 'm_psi2'? give another quantity another name"
    ),
    (
      "# m_phi h_mue m_psi g\n0.3 1e-3 0.1 1\n",
      "1:3: columns are separated by spaces (a comma is expected, and a point in decimals) begin with m_phi,h_mue,m_psi,g"
    ),
    ("# points\n0.3 1 1 1\n", "2:1: the first line is no header (it has numbers) begin with m_phi,h_mue,m_psi,g"),
    ("m_phi,h_mue,m_psi,g,x,x\n", "1:23: column x stands twice (which one counts is unclear) remove one"),
    (
      "m_phi,h_mue,m_psi,g\n0.3 GeV,1,1,1\n",
      "2:1: m_phi is '0.3 GeV' (units stand in the header: m_phi [MeV]) write it like 0.317 or 3e-3"
    ),
    (
      "m_phi,h_mue,m_psi,g\n1e200,1,1,1\n",
      "2:1: m_phi is 1e+200 (its powers leave the range of double precision) give a value from 1e-30 to 1e30"
    ),
    (
      "m_phi,h_mue,m_psi,g\n0.3,\u{1B}[2J,1,1\n",
      "2:5: h_mue is '\\u001B[2J' (not a number) write it like 0.317 or 3e-3"
    ),
  ])
  func whatOtherProgramsWriteIsConvertedOrRefused(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  /// What has no end is not read to its end.
  @Test func devicesAreRefused() {
    let error = #expect(throws: PointListError.self) { try PointList(csv: "/dev/zero") }
    #expect(
      "\(String(describing: error))".contains("/dev/zero: cannot be read (it is a device, which may have no end)"))
  }

  @Test func anotherEncodingIsNamed() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("points-\(UUID().uuidString).csv")
    try Data([0xff, 0xfe, 0x6d, 0]).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let error = #expect(throws: PointListError.self) { try PointList(csv: url.path) }
    #expect("\(String(describing: error))".contains("the file is in UTF-16 (UTF-8 is expected)"))
  }

  @Test func missingFileIsNamed() {
    #expect(throws: PointListError.self) { try PointList(csv: "/no/such/file.csv") }
  }

  @Test func pointBelowTheMuonMassKeepsItsRowWithStatus() throws {
    let list = try read("m_phi,h_mue,m_psi,g\n0.05,1e-3,0.01,1\n0.317,1e-3,0.01,1\n")
    let evaluation = try PointEvaluation(of: list, model: Model(darkMatter: .fermion), device: NativeDevice())
    let moment = try #require(evaluation.quantities.firstIndex(of: Observables.deltaAMu))
    #expect(evaluation.values[moment][0].isNaN)
    #expect(evaluation.values[moment][1] > 0)
    #expect(evaluation.meaning(of: Observables.status, at: 0) == "m_phi_below_m_mu")
    #expect(evaluation.meaning(of: Observables.status, at: 1) == "ok")
  }

  /// Numbers come out of couplings that perturbation theory is not made for, and the status says so.
  @Test func strongCouplingsKeepTheirNumbersAndSaySo() throws {
    let list = try read("m_phi,h_mue,m_psi,g\n0.317,4,0.01,1\n0.317,1e-3,0.01,4\n0.317,3.54,0.01,3.54\n")
    for (darkMatter, codes) in [(DarkMatter.fermion, [2.0, 2, 0]), (.scalar, [2, 0, 0])] {
      let evaluation = try PointEvaluation(of: list, model: Model(darkMatter: darkMatter), device: NativeDevice())
      let status = try #require(evaluation.quantities.firstIndex(of: Observables.status))
      #expect(evaluation.values[status] == codes)
      #expect(evaluation.meaning(of: Observables.status, at: 0) == "coupling_above_sqrt_4_pi")
      let moment = try #require(evaluation.quantities.firstIndex(of: Observables.deltaAMu))
      #expect(evaluation.values[moment].allSatisfy { $0 > 0 })
    }
  }

  @Test func singlePointBelowTheMuonMassIsRefused() {
    #expect(throws: PointListError.self) { try PointList(mPhi: 0.05, hMue: 1e-3, mPsi: 0.01, g: 1) }
  }
}
