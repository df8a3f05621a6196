import ComputeDevices
import LeptonicPortal

/// All observables at a list of points.
public struct PointEvaluation: Sendable {
  /// Parameters, then observables.
  public let quantities: [Quantity]
  /// One array per quantity, in the order of the points.
  public let values: [[Double]]

  /// Evaluates the same programs that a scan runs, so the numbers agree to the bit.
  public init(of points: PointList, model: Model, device: any Device) throws {
    let space = points.space(for: model)
    var planner = Planner(model: model, space: space, device: device)
    let computed = try device.evaluateAll(planner.program(for: model.observables, over: space.all))
    let parameters = model.parameters.filter { points.columns[$0.name] != nil }
    quantities = parameters + model.observables
    values = parameters.map { points.columns[$0.name] ?? [] } + computed
  }

  /// What the code or mask of a quantity means at a point; nil for other quantities.
  public func meaning(of quantity: Quantity, at point: Int) -> String? {
    guard let column = quantities.firstIndex(of: quantity), !quantity.flags.isEmpty else { return nil }
    let code = values[column][point]
    switch quantity.flagKind {
    case .values: return quantity.flags.first { Double($0.value) == code }?.meaning ?? "unknown"
    case .masks:
      let set = names(of: quantity, at: point)
      return set.isEmpty ? "none" : set.joined(separator: " ")
    }
  }

  /// The bits of a mask that are set at a point; empty for other quantities.
  public func names(of quantity: Quantity, at point: Int) -> [String] {
    guard quantity.flagKind == .masks, let column = quantities.firstIndex(of: quantity) else { return [] }
    let code = UInt32(values[column][point])
    return quantity.flags.filter { code & $0.value != 0 }.map(\.meaning)
  }
}
