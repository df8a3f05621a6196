/// How values along some axes become one.
public enum Reduction: String, Sendable, Hashable, CaseIterable {
  /// The largest number.
  case max
  /// The smallest number.
  case min
  /// 1 where every value is not 0.
  case all
  /// 1 where some value is not 0.
  case any

  /// What a variable of that name is reduced by unless told otherwise; nil where nothing is natural.
  public static func natural(for variable: String) -> Reduction? {
    switch variable {
    case "log_likelihood": .max
    // A point of the plane is excluded if it is for every value of the other parameters.
    case "excluded", "would_exclude": .all
    // Dark matter is too abundant nearly everywhere: whether some point has less is what one asks for.
    case "relic_density": .min
    default: nil
    }
  }

  /// Whether `new` takes the place of `old`. NaN never does, and anything takes the place of NaN.
  func prefers(_ new: Double, to old: Double) -> Bool {
    switch self {
    case .max, .any: new > old || (old.isNaN && !new.isNaN)
    case .min, .all: new < old || (old.isNaN && !new.isNaN)
    }
  }

  /// The value as `all` and `any` see it.
  func value(_ number: Double) -> Double {
    switch self {
    case .max, .min: number
    case .all, .any: number.isNaN ? .nan : (number == 0 ? 0 : 1)
    }
  }
}
