import ComputeDevices

/// Why a scan cannot be planned. Reads `PROBLEM (WHY) SUGGESTION`.
public enum PlanError: Error, Sendable, Equatable, CustomStringConvertible {
  /// m_psi as a ratio to m_phi needs a value for every pair of the two axes, held in memory.
  case ratioTableTooLarge(values: Int)
  /// Something varies along more dimensions than a device's program has.
  case tooManyDimensions(quantity: String, count: Int)
  /// The card names a list of points, which has not been read.
  case listMissing
  /// Points are to be kept by a variable that the scan does not have.
  case nothingExcludes(String)
  /// Points are to be kept by a variable that does not tell them apart.
  case sameEverywhere(String)
  /// No point is kept.
  case nothingKept
  /// What an earlier run found out about the points is not what it wrote.
  case selectionDamaged(path: String)

  public var description: String {
    switch self {
    case .ratioTableTooLarge(let values):
      """
      m_psi has \(values) values (as a ratio to m_phi it differs for every pair, and at most \
      \(RunCard.Axes.mostRatioValues) are held in memory) use fewer points along m_phi or m_psi, or absolute masses
      """
    case .tooManyDimensions(let quantity, let count):
      """
      \(quantity) varies along \(count) axes (a program has at most \(Program.mostDimensions)) give fewer axes more than \
      one value, or leave \(quantity) out
      """
    case .listMissing:
      "the points are not there (the card names a list of them, which has not been read) read the list first"
    case .nothingExcludes(let variable):
      "keep asks for \(variable) (nothing in the card computes it) add measurements or experiments, or keep: all"
    case .sameEverywhere(let variable):
      "keep asks for \(variable) (it is the same at every point of the card) remove keep, or give more ranges"
    case .nothingKept:
      "no point is kept (the condition of keep holds at none) give other ranges or more points, or keep: all"
    case .selectionDamaged(let path):
      "\(path) is damaged (it does not have its checksums) remove it, and go on with --resume"
    }
  }
}
