/// Which of the points that are no grid a scan stores.
public enum Keep: Sendable, Hashable {
  case all
  /// Those that no constraint excludes: the variable `excluded` is 0.
  case allowed
  /// Those where a status variable has that code.
  case equal(variable: String, code: Int)

  /// What decides; nil where all are kept.
  public var condition: (variable: String, code: Int)? {
    switch self {
    case .all: nil
    case .allowed: ("excluded", 0)
    case .equal(let variable, let code): (variable, code)
    }
  }

  /// As a card writes it.
  var resolved: String {
    switch self {
    case .all: "all"
    case .allowed: "allowed"
    case .equal(let variable, let code): "{ \(variable): \(code) }"
    }
  }
}

extension RunCard {
  /// Which points the scan stores; all of a grid.
  public var keep: Keep { points.keep }
}

extension RunCard.Points {
  var keep: Keep {
    switch self {
    case .grid: .all
    case .sampled(let sampling): sampling.keep
    case .listed(let list): list.keep
    }
  }
}
