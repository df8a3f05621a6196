import ComputeDevices
import LeptonicPortal
import PortalKernels
import Scanning
import Testing

@Suite struct PlannerTests {
  let grid = SmallGrid()
  let device = NativeDevice(threads: 2)

  @Test func quantitiesVaryOnlyAlongWhatTheyDependOn() {
    let planner = Planner(model: grid.model, space: grid.space, device: device)
    #expect(planner.dimensions(of: Observables.deltaAMu) == [0, 1])
    #expect(planner.dimensions(of: Observables.deltaAE) == [0, 1])
    #expect(planner.dimensions(of: Observables.widthVisible) == [0, 1])
    #expect(planner.dimensions(of: Observables.widthInvisible) == [0, 2, 3])
    #expect(planner.dimensions(of: Observables.brInvisible) == [0, 1, 2, 3])
    #expect(planner.dimensions(of: Observables.status) == [0, 1, 3])
  }

  /// Passes with as many points and dimensions as others have one order in every process: a resumed scan and merged shards
  /// rely on it.
  @Test func passesOfEqualSizeHaveOneOrder() throws {
    let model = Model(darkMatter: .fermion)
    let names = ["m_phi", "h_mue", "m_psi", "g"]
    let values = [[1.0, 2], [1e-3, 1e-2], [0.1, 0.2], [0.1, 0.3]]
    let quantities = [Parameters.mPhi, Parameters.hMue, Parameters.mPsi, Parameters.g(.fermion)]
    var parameters: [Quantity: Field] = [:]
    for (index, quantity) in quantities.enumerated() {
      parameters[quantity] = Field(dimensions: [index], values: values[index])
    }
    parameters[Parameters.mPsi2] = parameters[Parameters.mPsi]
    let space = ParameterSpace(dimensions: names.map { .init(name: $0, size: 2) }, parameters: parameters)
    let plan = try ScanPlan(
      job: ScanJob(model: model, space: space, observables: model.observables), device: device)
    let dimensions = plan.passes.map(\.dimensions)
    #expect(dimensions.count { $0.count == 3 } >= 2)
    for (one, next) in zip(dimensions, dimensions.dropFirst()) {
      #expect(one.count < next.count || (one.count == next.count && one.lexicographicallyPrecedes(next)))
    }
  }

  /// Whether intermediate fields are tables or are recomputed at every point changes no bit.
  @Test(arguments: [0, 7, 24, 1 << 22])
  func gridAgreesWithSinglePointsToTheBit(mostTableValues: Int) throws {
    var planner = Planner(
      model: grid.model, space: grid.space, device: device, mostTableValues: mostTableValues)
    let quantities = [Observables.brInvisible]
    let values = try device.evaluateAll(planner.program(for: quantities, over: [0, 1, 2, 3]))[0]
    #expect(values.count == 120)
    for (index, value) in values.enumerated() {
      let (i, j, k, l) = (index / 40, index / 10 % 4, index / 5 % 2, index % 5)
      let point = try PointList(mPhi: grid.mPhi[i], hMue: grid.hMue[j], mPsi: grid.mPsi[2 * i + k], g: grid.g[l])
      let single = try PointEvaluation(of: point, model: grid.model, device: device)
      let column = try #require(single.quantities.firstIndex(of: Observables.brInvisible))
      #expect(single.values[column][0].bitPattern == value.bitPattern)
    }
  }

  @Test func branchingRatioVanishesBelowThresholdOnly() throws {
    var planner = Planner(model: grid.model, space: grid.space, device: device)
    let values = try device.evaluateAll(planner.program(for: [Observables.brInvisible], over: [0, 1, 2, 3]))[0]
    for (index, value) in values.enumerated() {
      let open = index / 5 % 2 == 0
      #expect(open ? value > 0 && value <= 1 : value == 0)
    }
  }

  /// The number of the point is counted along the dimensions of what reads it: the same whatever is computed beside it,
  /// per point or as a table.
  @Test(arguments: [0, 1 << 22]) func numberOfThePointIsThatOfItsReader(mostTableValues: Int) throws {
    let scaled = Quantity("scaled_number", units: "GeV", longName: "number x m_phi")
    let product = Kernel(portal_kernel_product)
    let added = ModelExtension(
      observables: [scaled], formulas: [Formula(product, of: [Parameters.point, Parameters.mPhi], gives: [scaled])])
    var planner = Planner(
      model: Model(darkMatter: grid.model.darkMatter, extensions: [added]), space: grid.space, device: device,
      mostTableValues: mostTableValues)
    #expect(planner.dimensions(of: scaled) == [0])
    let alone = try device.evaluateAll(planner.program(for: [scaled], over: [0]))[0]
    #expect(alone == grid.mPhi.enumerated().map { Double($0) * $1 })
    let everywhere = try device.evaluateAll(planner.program(for: [scaled], over: [0, 1, 2, 3]))[0]
    #expect(everywhere == (0..<120).map { alone[$0 / 40] })
  }

  /// What reads the number of the point and nothing else varies along every dimension.
  @Test func numberOfThePointCountsTheWholeSpace() throws {
    let squared = Quantity("squared_number", units: "1", longName: "number x number")
    let product = Kernel(portal_kernel_product)
    let added = ModelExtension(
      observables: [squared],
      formulas: [Formula(product, of: [Parameters.point, Parameters.point], gives: [squared])])
    var planner = Planner(
      model: Model(darkMatter: grid.model.darkMatter, extensions: [added]), space: grid.space, device: device)
    #expect(planner.dimensions(of: squared) == [0, 1, 2, 3])
    let values = try device.evaluateAll(planner.program(for: [squared], over: [0, 1, 2, 3]))[0]
    #expect(values == (0..<120).map { Double($0 * $0) })
    var job = ScanJob(model: planner.model, space: grid.space, observables: [squared])
    job.space.dimensions.append(.init(name: "fifth", size: 2))
    #expect(throws: PlanError.tooManyDimensions(quantity: "squared_number", count: 5)) {
      try ScanPlan(job: job, device: device)
    }
  }

  /// Computing each quantity along its own axes only gives the bits of computing all of them at every point.
  @Test func sharingAlongAxesChangesNoBit() throws {
    let job = ScanJob(model: grid.model, space: grid.space, observables: grid.model.observables)
    let whole = try #require(try ScanPlan(job: job, device: device, sharing: false).passes.first)
    #expect(whole.dimensions == [0, 1, 2, 3] && whole.quantities == job.observables)
    func evaluate(_ pass: ScanPass) throws -> Zip2Sequence<[Quantity], [[Double]]> {
      let part = try #require(pass.program.parts(of: RangeSet(0..<pass.program.count)).first)
      var program = try pass.program.program(for: part)
      for index in program.results.indices { program.results[index].type = .float64 }
      return zip(pass.quantities, try device.evaluateAll(program))
    }
    let everywhere = Dictionary(uniqueKeysWithValues: try evaluate(whole))
    for pass in try ScanPlan(job: job, device: device).passes {
      for (quantity, values) in try evaluate(pass) {
        let broadcast = (0..<120).map { point in
          let indices = [point / 40, point / 10 % 4, point / 5 % 2, point % 5]
          return values[pass.dimensions.reduce(0) { $0 * grid.space.dimensions[$1].size + indices[$1] }].bitPattern
        }
        #expect(everywhere[quantity]?.map(\.bitPattern) == broadcast, "\(quantity.name)")
      }
    }
  }

  @Test func planGroupsObservablesByDimensions() throws {
    let plan = try ScanPlan(
      job: ScanJob(model: grid.model, space: grid.space, observables: grid.model.observables), device: device)
    #expect(plan.passes.map(\.dimensions) == [[0, 1], [0, 2, 3], [0, 1, 3], [0, 1, 2, 3]])
    #expect(plan.pointCount == 120)
    #expect(plan.byteCount == 12 * 10 * 8 + 30 * 8 + 60 * 1 + 120 * (12 * 8 + 1), "float64, and two status bytes")
  }

  @Test func pairsOfMassAndRatioAreBounded() throws {
    let axes = RunCard.Axes(
      mPhi: AxisSpec(.logarithmic(from: 0.2, to: 2, points: 10_000_000)), hMue: AxisSpec(.fixed(1e-3)),
      mPsi: AxisSpec(.linear(from: 0.1, to: 0.4, points: 100_000), scale: .ratioToMPhi), g: AxisSpec(.fixed(0.1)))
    let card = RunCard(points: .grid(axes), observables: ["br_invisible"])
    #expect(throws: PlanError.ratioTableTooLarge(values: 1_000_000_000_000)) { try card.job() }
  }
}
