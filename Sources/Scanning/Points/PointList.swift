import Foundation
import LeptonicPortal

/// Points given one by one: the columns m_phi, h_mue, m_psi, g and, optionally, m_psi2 (m_psi where absent), in GeV.
public struct PointList: Sendable, Equatable {
  /// Column by parameter name; all of one length.
  public private(set) var columns: [String: [Double]]
  public let count: Int
  /// Whether m_psi2 is m_psi at every point of the list, or of the whole list of which this is a part.
  let isDegenerate: Bool
  /// The columns of a file that are no parameters, in its order.
  public internal(set) var others: [OtherColumn] = []

  /// A column that is no parameter.
  public struct OtherColumn: Sendable, Equatable {
    public let name: String
    /// As they stand in the file; empty where they were not to be kept.
    public let fields: [String]
  }

  static let requiredColumns = ["m_phi", "h_mue", "m_psi", "g"]
  static let optionalColumns = ["m_psi2"]

  /// One point.
  /// - Throws: ``PointListError`` for a value outside the model's domain, m_phi < m_mu included. In a list read from a
  ///   file such a point is kept, and its `status` says so.
  public init(mPhi: Double, hMue: Double, mPsi: Double, g: Double, mPsi2: Double? = nil) throws {
    columns = ["m_phi": [mPhi], "h_mue": [hMue], "m_psi": [mPsi], "g": [g], "m_psi2": [mPsi2 ?? mPsi]]
    count = 1
    isDegenerate = mPsi2 == nil
    for (name, values) in columns.sorted(by: { $0.key < $1.key }) {
      if let problem = PointList.problem(with: values[0], named: name) { throw PointListError.badValue(problem) }
    }
    let muonMass = PhysicalConstants.muonMass
    if mPhi < muonMass {
      throw PointListError.badValue(
        "m_phi is \(mPhi) GeV (the one-loop formula needs m_phi >= m_mu = \(muonMass) GeV) give 0.106 or more")
    }
    if let mPsi2, mPsi2 < mPsi { throw PointListError.badValue(PointList.orderProblem(mPsi2, mPsi)) }
  }

  init(columns: [String: [Double]], count: Int, isDegenerate: Bool? = nil) {
    self.columns = columns
    self.count = count
    self.isDegenerate = isDegenerate ?? (columns["m_psi2"] == nil || columns["m_psi2"] == columns["m_psi"])
    if columns["m_psi2"] == nil { self.columns["m_psi2"] = columns["m_psi"] }
  }

  /// The smallest and the largest m_phi [GeV]; nil where there is no point.
  public var masses: ClosedRange<Double>? {
    guard let masses = columns["m_phi"], let smallest = masses.min(), let largest = masses.max() else { return nil }
    return smallest...largest
  }

  /// The dimension of points that are no grid, and the variable with their numbers where only some are kept.
  static let dimensionName = Parameters.point.name

  static func dimension(_ count: Int) -> ParameterSpace.Dimension { .init(name: dimensionName, size: count) }

  /// Some of the points, by their numbers.
  func points(at numbers: [Double]) -> PointList {
    var columns = columns.mapValues { column in numbers.map { column[Int($0)] } }
    if isDegenerate { columns["m_psi2"] = nil }
    return PointList(columns: columns, count: numbers.count, isDegenerate: isDegenerate)
  }

  /// The parameters that are told apart: m_psi2 where it is not m_psi throughout, and all others.
  func varied(_ model: Model) -> [Quantity] {
    model.parameters.filter {
      columns[$0.name] != nil && ($0 != Parameters.mPsi2 || !isDegenerate)
    }
  }

  /// The parameter space of the list: one dimension, `point`.
  public func space(for model: Model) -> ParameterSpace {
    let fields = model.parameters.compactMap { parameter in
      columns[parameter.name].map { (parameter, Field(dimensions: [0], values: $0)) }
    }
    return ParameterSpace(
      dimensions: [PointList.dimension(count)], parameters: Dictionary(uniqueKeysWithValues: fields))
  }

  /// What is wrong with a value wherever it stands, in the grammar of messages; nil if nothing is.
  static func problem(with value: Double, named name: String) -> String? {
    guard value.isFinite else { return "\(name) is \(value) (every parameter must be a finite number) give a number" }
    guard value > 0 else { return "\(name) is \(value) (masses and couplings are positive) give a value above 0" }
    guard AxisRules.magnitudes.contains(value) else {
      return "\(name) is \(value) (its powers leave the range of double precision) "
        + "give a value from \(AxisRules.magnitudesText)"
    }
    return nil
  }

  static func orderProblem(_ mPsi2: Double, _ mPsi: Double) -> String {
    "m_psi2 is \(mPsi2) (it is the heavier dark particle, m_psi is \(mPsi)) exchange the two masses"
  }
}

/// What can be wrong with a list of points.
public enum PointListError: Error, CustomStringConvertible, Equatable {
  /// A value given on the command line.
  case badValue(String)
  /// Something in a file, at a line and column counted from 1.
  case badFile(file: String, line: Int, column: Int, message: String)
  /// The file cannot be read.
  case unreadable(file: String, reason: String)
  /// A point of an HDF5 file, counted from 0.
  case badPoint(file: String, point: Int, message: String)
  /// The variables of an HDF5 file are no list of points.
  case noList(file: String, message: String)
  /// The file is not the one that a card speaks of.
  case otherList(file: String, message: String)

  public var description: String {
    switch self {
    case .badValue(let message): message
    case .badFile(let file, let line, let column, let message): "\(file):\(line):\(column): \(message)"
    case .badPoint(let file, let point, let message): "\(file): point \(point): \(message)"
    case .noList(let file, let message), .otherList(let file, let message): "\(file): \(message)"
    case .unreadable(let file, let reason): "\(file): cannot be read (\(reason)) check the path"
    }
  }
}
