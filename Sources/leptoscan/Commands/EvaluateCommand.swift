import ArgumentParser
import ComputeDevices
import Foundation
import LeptonicPortal
import ScanStore
import Scanning

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compute everything at one point, or at the points of a CSV file.",
    discussion: """
      One point:
        leptoscan evaluate --m-phi 0.317 --h-mue 3.3e-3 --m-psi 0.1057 --g 0.08

      Many points, with a header naming the columns m_phi,h_mue,m_psi,g and optionally m_psi2, in GeV or with another unit \
      (m_phi [MeV]); other columns are passed on:
        leptoscan evaluate --points IN.csv -o OUT.csv
        leptoscan evaluate --points IN.csv -o OUT.h5

      Which measurements and experiments exclude a point, how likely each finds it, and the events to expect:
        leptoscan evaluate --m-phi 0.317 --h-mue 3.3e-3 --m-psi 0.1057 --g 0.08 \\
          --measurements 2025 --experiments na64e-2022

      The values of these options are those of the same keys of a run card. excluded names the constraints that exclude the \
      point, and not_computed where a value is missing to judge by; in JSON it is a list of names, in CSV a sum of bits, with \
      the names in the column excluded_names.

      The numbers are those of a scan, to the bit. Points of a file for which a formula is not valid keep their row: the \
      values are nan and the column status says why.
      """)

  @Option(help: ArgumentHelp("Mass of phi [GeV, or with a unit].", valueName: "GeV"), transform: energyArgument)
  var mPhi: Double?
  @Option(help: ArgumentHelp("Coupling of phi to e and mu.", valueName: "number"), transform: numberArgument)
  var hMue: Double?
  @Option(help: ArgumentHelp("Mass of the dark particle [GeV].", valueName: "GeV"), transform: energyArgument)
  var mPsi: Double?
  @Option(help: ArgumentHelp("Coupling of phi to dark matter [1 for fermions, GeV for scalars].", valueName: "number"))
  var g: CouplingArgument?
  @Option(
    name: .customLong("m-psi2"),
    help: ArgumentHelp("Mass of the heavier dark particle [GeV] (default: m-psi).", valueName: "GeV"),
    transform: energyArgument)
  var mPsi2: Double?
  @Option(help: "What phi decays to invisibly: fermion or scalar.") var darkMatter: DarkMatter = .fermion
  @Option(help: "Which annihilations deplete dark matter: all (e mu and phi phi*) or e-mu.")
  var annihilation: Annihilation = .all
  @OptionGroup(title: "Measurements and experiments") var comparisons: ComparisonOptions
  @Option(help: ArgumentHelp("Read the points from a CSV file.", valueName: "IN.csv")) var points: String?
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where to write the values of --points: CSV, - for standard output, or HDF5 by a name in .h5.",
      valueName: "OUT.csv|OUT.h5"))
  var output: String?
  @Flag(help: "Replace an existing output.") var force = false
  @Flag(help: "Print JSON (one point only).") var json = false

  func validate() throws {
    let given = [mPhi, hMue, mPsi, g?.value].compactMap { $0 }.count
    if points == nil {
      guard given == 4 else {
        throw ValidationError("A point needs --m-phi, --h-mue, --m-psi and --g (or give --points IN.csv).")
      }
      if darkMatter == .fermion, let unit = g?.unit {
        throw ValidationError("--g has the unit \(unit) (the coupling to fermions is dimensionless) remove the unit")
      }
      if output != nil { throw ValidationError("-o goes with --points; one point is printed.") }
    } else {
      guard given == 0, mPsi2 == nil else {
        throw ValidationError("Give either one point (--m-phi ...) or --points, not both.")
      }
      guard output != nil else { throw ValidationError("--points needs -o OUT.csv or -o OUT.h5.") }
    }
  }

  func run() throws {
    if let points, let output {
      let isHDF5 = output.hasSuffix(".h5") || output.hasSuffix(".nc")
      if isHDF5 { StopSignals.endBeforeWriting() }
      let inputs = try [points] + comparisons.comparison(darkMatter).inputs
      let list: PointList
      if isHDF5 {
        try OutputPath.check(output, overwrite: force, inputs: inputs)
        list = try readList(points)
        try writeScan(of: list, to: output)
      } else if output == "-" {
        list = try readList(points)
        let evaluation = try evaluation(of: list)
        return try StandardStreams.output(evaluation.csv(others: list.others(besides: evaluation.columnNames)))
      } else {
        let text = try TextFile(OutputClaim(output, overwrite: force, inputs: inputs))
        list = try readList(points)
        let evaluation = try evaluation(of: list)
        try text.append(evaluation.csv(others: list.others(besides: evaluation.columnNames)))
        try text.publish()
      }
      printNote("\(list.count) points -> \(output)")
    } else if let mPhi, let hMue, let mPsi, let g {
      let point = try evaluation(of: PointList(mPhi: mPhi, hMue: hMue, mPsi: mPsi, g: g.value, mPsi2: mPsi2))
      try printOutput(json ? point.json() : point.table())
    }
  }

  private func readList(_ path: String) throws -> PointList {
    try PointList(contentsOf: path, darkMatter: darkMatter, keepsOthers: true)
  }

  private func model(of points: PointList) throws -> Model {
    try comparisons.comparison(darkMatter).model(darkMatter, annihilation: annihilation, points: points)
  }

  private func evaluation(of points: PointList) throws -> PointEvaluation {
    try PointEvaluation(of: points, model: model(of: points), device: NativeDevice())
  }

  /// Nothing is left of a file that is not completed: an evaluation is not gone on with.
  private func writeScan(of points: PointList, to path: String) throws {
    let device = NativeDevice()
    let model = try model(of: points)
    let job = ScanJob(model: model, space: points.space(for: model), observables: model.observables)
    let plan = try ScanPlan(job: job, device: device)
    let provenance = Provenance(source: leptoscanSource, device: device.identity)
    let others = points.others(besides: (model.parameters + model.observables).map(\.name))
    let request = StopSignals.endOnRequest()
    let writer = try ScanOutput(plan: plan, provenance: provenance, others: others)
      .create(path, overwrite: force, isResumable: false)
    do {
      try ScanExecution(plan: plan, devices: [device])
        .run(into: FileSink(writer), shouldStop: { request.signalName != nil })
      try writer.publish()
    } catch {
      writer.discard()
      throw error is ScanStopped ? UsageError.nothingWritten(request) : error
    }
  }
}

extension DarkMatter: ExpressibleByArgument {}
extension Annihilation: ExpressibleByArgument {}
