/// Observables that a layer above this one adds to the model, with the formulas that lead to them: signals in
/// experiments, likelihoods.
///
/// A formula may read any quantity of the model and of the extensions before it.
public struct ModelExtension: Sendable {
  /// What the formulas read besides the model's parameters; the scan gives their values.
  public let parameters: [Quantity]
  /// What can be asked for, in the order in which it is shown.
  public let observables: [Quantity]
  /// The formulas behind ``observables`` and their intermediates.
  public let formulas: [Formula]

  /// Keys of ``Bibliography`` for what it is based on.
  public let citations: [String]

  public init(
    parameters: [Quantity] = [], observables: [Quantity], formulas: [Formula], citations: [String] = []
  ) {
    self.parameters = parameters
    self.observables = observables
    self.formulas = formulas
    self.citations = citations
  }
}
