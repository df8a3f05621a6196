import LeptonicPortal
import ScanStore

extension PointList {
  /// Reads points from the variables m_phi, h_mue, m_psi, g and, optionally, m_psi2 of an HDF5 file: each a value per
  /// point, or one value for all.
  ///
  /// - Throws: ``PointListError`` for the first point that is wrong; errors of the file.
  public init(hdf5 path: String) throws {
    let file = try ScanFile.open(path)
    let names = PointList.requiredColumns + PointList.optionalColumns
    let variables = names.compactMap { name in file.variables.first { $0.name == name } }
    for name in PointList.requiredColumns where !variables.contains(where: { $0.name == name }) {
      throw PointListError.noList(file: path, message: "no variable \(name) (every point needs it) add it")
    }
    let count = variables.map(\.elementCount).max() ?? 0
    var columns: [String: [Double]] = [:]
    for variable in variables {
      guard variable.shape.count <= 1, variable.elementCount == count || variable.shape.isEmpty else {
        throw PointListError.noList(
          file: path,
          message:
            "\(variable.name) has the shape \(variable.shape) (the list has \(count) points) give one value per point"
        )
      }
      let values = try file.readDoubles(variable.name)
      columns[variable.name] = variable.shape.isEmpty ? Array(repeating: values[0], count: count) : values
    }
    self.init(columns: columns, count: count)
    try check(file: path)
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

  /// The list of a card as the files of its scan hold it: all of it, or each shard its part. Zeros stand where no file
  /// has points. Nil for a card without a list.
  init?(storedIn files: [ScanFile], of card: RunCard) throws {
    guard case .listed(let named) = card.points else { return nil }
    guard let count = named.count else { throw PlanError.listMissing }
    var columns: [String: [Double]] = [:]
    for file in files {
      for name in PointList.requiredColumns + PointList.optionalColumns {
        guard let variable = file.variables.first(where: { $0.name == name }) else { continue }
        let start = variable.attributes[ShardAttributes.start]?.values(as: Int64.self)?.first.map(Int.init) ?? 0
        let range = start..<start + variable.elementCount
        guard range.clamped(to: 0..<count) == range else { throw PlanError.listMissing }
        columns[name, default: Array(repeating: 0, count: count)]
          .replaceSubrange(range, with: try file.readDoubles(name))
      }
    }
    self.init(columns: columns, count: count)
  }
}
