import LeptonicPortal
import ScanStore

extension PointList {
  /// Reads points from the variables m_phi, h_mue, m_psi, g and, optionally, m_psi2 of an HDF5 file: each a value per
  /// point, or one value for all. What the file says about units, packing and missing values holds (``StoredParameter``).
  ///
  /// - Parameter darkMatter: decides whether g has a unit.
  /// - Throws: ``PointListError`` for the first point that is wrong; errors of the file.
  public init(hdf5 path: String, darkMatter: DarkMatter = .fermion) throws {
    let file = try ScanFile.open(path)
    let names = PointList.requiredColumns + PointList.optionalColumns
    let variables = names.compactMap { name in file.variables.first { $0.name == name } }
    for name in PointList.requiredColumns where !variables.contains(where: { $0.name == name }) {
      throw PointListError.noList(file: path, message: "no variable \(name) (every point needs it) add it")
    }
    let count = try PointList.count(of: variables, file: path)
    try file.probe(variables.map(\.name))
    var columns: [String: [Double]] = [:]
    for variable in variables {
      let values = try StoredParameter(variable, of: file, darkMatter).values()
      columns[variable.name] = variable.shape.isEmpty ? Array(repeating: values[0], count: count) : values
    }
    self.init(columns: columns, count: count)
    try check(file: path)
  }

  /// How many points the variables have.
  /// - Throws: ``PointListError`` for variables that are no columns of one list.
  private static func count(of variables: [ScanFile.Variable], file: String) throws -> Int {
    func refuse(_ message: String) -> PointListError { .noList(file: file, message: message) }
    var first: ScanFile.Variable?
    for variable in variables {
      let name = variable.name
      guard case .numbers = variable.content else {
        throw refuse(
          "\(name) holds no numbers of a type that can be read (float32, float64, uint8 and integers of 32 and 64 bits "
            + "can) store it as float64")
      }
      guard variable.shape.count <= 1 else {
        let shape = variable.shape.map(String.init).joined(separator: " x ")
        throw refuse("\(name) has the shape \(shape) (a list has one value per point) make it one-dimensional")
      }
      if variable.elementCount == 0 { throw refuse("\(name) is empty (a list has at least one point) add points") }
      if variable.shape.isEmpty { continue }
      if let first, first.elementCount != variable.elementCount {
        throw refuse(
          "\(name) has \(variable.elementCount) values, \(first.name) has \(first.elementCount) (a list has one value "
            + "per point of each) give as many, or a single one for all points")
      }
      first = first ?? variable
    }
    return first?.elementCount ?? 1
  }

  private func check(file: String) throws {
    for name in PointList.requiredColumns + PointList.optionalColumns {
      for (point, value) in (columns[name] ?? []).enumerated() {
        if let problem = PointList.problem(with: value, named: name) {
          throw PointListError.badPoint(file: file, point: point, message: problem)
        }
      }
    }
    for (point, (mPsi, mPsi2)) in zip(columns["m_psi"] ?? [], columns["m_psi2"] ?? []).enumerated() where mPsi2 < mPsi {
      throw PointListError.badPoint(file: file, point: point, message: PointList.orderProblem(mPsi2, mPsi))
    }
  }

  /// The list of a card as the files of its scan hold it: all of it, or each shard its part. Where no file has points
  /// a value of another point stands. Of points of which some were kept, those of the files one after another. Nil for a card without a list.
  init?(storedIn files: [ScanFile], of card: RunCard) throws {
    guard case .listed(let named) = card.points else { return nil }
    let isSelected = named.keep != .all
    guard let count = isSelected ? files.map(\.keptCount).reduce(0, +) : named.count,
      isSelected || files.allSatisfy({ $0.mayHoldPart(of: count) })
    else { throw PlanError.listMissing }
    var columns: [String: [Double]] = [:]
    var kept = 0
    for file in files {
      for name in PointList.requiredColumns + PointList.optionalColumns {
        guard let variable = file.variables.first(where: { $0.name == name }) else { continue }
        let start = isSelected ? kept : variable.shardStart
        guard start >= 0, variable.elementCount <= count, start <= count - variable.elementCount else {
          throw PlanError.listMissing
        }
        let values = try file.readDoubles(name)
        columns[name, default: Array(repeating: values.first ?? 1, count: count)].replaceSubrange(
          start..<start + values.count, with: values)
      }
      kept += file.keptCount
    }
    for name in PointList.requiredColumns where columns[name] == nil {
      columns[name] = Array(repeating: 1, count: count)
    }
    self.init(columns: columns, count: count, isDegenerate: columns["m_psi2"] == nil)
  }
}

extension ScanFile {
  /// Whether a list of `count` points leaves as many for this shard as it has, give or take one.
  fileprivate func mayHoldPart(of count: Int) -> Bool {
    let held = variables.first { $0.name == PointList.requiredColumns[0] }?.elementCount ?? 0
    return count / (Shard(of: self)?.count ?? 1) <= held
  }
}

extension ScanFile.Variable {
  /// Of a shard, the number of the first point; 0 otherwise.
  fileprivate var shardStart: Int {
    attributes[ShardAttributes.start]?.values(as: Int64.self)?.first.map(Int.init) ?? 0
  }
}
