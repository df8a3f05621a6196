/// Something with a value at every point: a parameter of the model, or what a formula computes from parameters.
///
/// The name is at once the variable in output files, the key in JSON and the column in CSV.
public struct Quantity: Sendable, Hashable {
  public let name: String
  /// UDUNITS; `1` if dimensionless.
  public let units: String
  /// One line for a person.
  public let longName: String
  /// Where the formula stands: equation and arXiv number.
  public let references: String?
  /// The meanings of whole-number codes or of bits (CF `flag_values` or `flag_masks`, `flag_meanings`).
  public let flags: [Flag]
  public let flagKind: FlagKind
  /// Of a quantity that compares with a measurement or an experiment.
  public let evidence: Evidence?

  /// A code of a status quantity, or a bit of a mask.
  public struct Flag: Sendable, Hashable {
    public let value: UInt32
    /// One word, underscores for spaces.
    public let meaning: String
    /// Of the constraint behind a bit; nil for other flags.
    public let evidence: Evidence?

    public init(value: UInt32, meaning: String, evidence: Evidence? = nil) {
      self.value = value
      self.meaning = meaning
      self.evidence = evidence
    }
  }

  /// How flags combine.
  public enum FlagKind: Sendable, Hashable {
    /// The value is one of them, from 0 to 255.
    case values
    /// The value is a sum of some of them, each a power of two.
    case masks
  }

  public init(
    _ name: String, units: String, longName: String, references: String? = nil, flags: [Flag] = [],
    flagKind: FlagKind = .values, evidence: Evidence? = nil
  ) {
    self.name = name
    self.units = units
    self.longName = longName
    self.references = references
    self.flags = flags
    self.flagKind = flagKind
    self.evidence = evidence
  }
}

/// One kernel applied to quantities.
public struct Formula: Sendable {
  public let kernel: Kernel
  public let inputs: [Quantity]
  public let outputs: [Quantity]
  /// Makes the run-time data that all points share; nil for kernels that need none.
  public let auxiliary: (@Sendable () throws -> [Double])?
  /// The faster way to the same outputs where the inputs form a grid.
  public let onGrid: GridFormula?

  public init(
    _ kernel: Kernel, of inputs: [Quantity], gives outputs: [Quantity],
    auxiliary: (@Sendable () throws -> [Double])? = nil, onGrid: GridFormula? = nil
  ) {
    self.kernel = kernel
    self.inputs = inputs
    self.outputs = outputs
    self.auxiliary = auxiliary
    self.onGrid = onGrid
  }
}
