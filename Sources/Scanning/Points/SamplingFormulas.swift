import LeptonicPortal
import PortalKernels

extension Sampling {
  /// The points as formulas: their number gives coordinates in the unit cube, these give the parameters.
  func formulas(_ darkMatter: DarkMatter, seed: UInt64) -> ModelExtension {
    var formulas = [coordinates(seed: seed)]
    for (axis, coordinate) in zip(namedAxes(darkMatter).filter { !$0.range.isFixed }, Unit.coordinates) {
      formulas.append(
        Formula(axis.range.kernel, of: [coordinate, axis.from, axis.to], gives: [axis.stated]))
    }
    if axes.mPsi.scale == .ratioToMPhi {
      formulas.append(
        Formula(
          Kernel(portal_kernel_product), of: [Parameters.mPhi, Parameters.mPsiOverMPhi], gives: [Parameters.mPsi]))
    }
    switch axes.mPsi2 {
    case .absolute: break
    case .splitting:
      formulas.append(
        Formula(Kernel(portal_kernel_sum), of: [Parameters.mPsi, Unit.mPsi2], gives: [Parameters.mPsi2]))
    case .ratioToMPsi:
      formulas.append(
        Formula(Kernel(portal_kernel_product), of: [Unit.mPsi2, Parameters.mPsi], gives: [Parameters.mPsi2]))
    }
    return ModelExtension(observables: [], formulas: formulas)
  }

  /// The values that the formulas start from.
  func constants(_ darkMatter: DarkMatter) -> [Quantity: Field] {
    var constants: [Quantity: Field] = [:]
    func set(_ quantity: Quantity, _ value: Double) { constants[quantity] = Field(dimensions: [], values: [value]) }
    for axis in namedAxes(darkMatter) {
      switch axis.range {
      case .fixed(let value): set(axis.stated, value)
      case .linear(let from, let to), .logarithmic(let from, let to):
        set(axis.from, from)
        set(axis.to, to)
      }
    }
    switch axes.mPsi2 {
    case .absolute(let mass): set(Parameters.mPsi2, mass)
    case .splitting(let number), .ratioToMPsi(let number): set(Unit.mPsi2, number)
    }
    return constants
  }

  /// The parameters that are told apart: those without one value, m_psi2 where it is not m_psi.
  func varied(_ darkMatter: DarkMatter) -> [Quantity] {
    let constants = constants(darkMatter)
    let isDegenerate = axes.mPsi2 == .splitting(0) || axes.mPsi2 == .ratioToMPsi(1)
    return Model(darkMatter: darkMatter).parameters.filter {
      constants[$0] == nil && !(isDegenerate && $0 == Parameters.mPsi2)
    }
  }

  private func coordinates(seed: UInt64) -> Formula {
    switch method {
    case .sobol:
      Formula(
        Kernel(portal_kernel_sobol_coordinates), of: [Parameters.point], gives: Unit.coordinates,
        auxiliary: { SobolSequence(seed: seed).auxiliary })
    case .random:
      Formula(
        Kernel(portal_kernel_random_coordinates), of: [Parameters.point], gives: Unit.coordinates,
        auxiliary: { [Double(seed & 0xffff_ffff), Double(seed >> 32)] })
    }
  }

  /// An axis with the quantity that its values are.
  private struct NamedAxis {
    let stated: Quantity
    let range: SampledRange

    var from: Quantity { end("from") }
    var to: Quantity { end("to") }

    private func end(_ name: String) -> Quantity {
      Quantity("\(stated.name)_\(name)", units: stated.units, longName: "\(name) of \(stated.name)")
    }
  }

  private func namedAxes(_ darkMatter: DarkMatter) -> [NamedAxis] {
    let mPsi = axes.mPsi.scale == .ratioToMPhi ? Parameters.mPsiOverMPhi : Parameters.mPsi
    let quantities = [Parameters.mPhi, Parameters.hMue, mPsi, Parameters.g(darkMatter)]
    return zip(quantities, axes.all).map { NamedAxis(stated: $0, range: $1.range) }
  }
}

/// Quantities between the number of a point and its parameters.
private enum Unit {
  static let coordinates = (0..<SobolSequence.dimensions).map {
    Quantity("unit_coordinate_\($0)", units: "1", longName: "coordinate \($0) in the unit cube")
  }
  /// The splitting [GeV] or the ratio that leads from m_psi to m_psi2.
  static let mPsi2 = Quantity("m_psi2_relative_to_m_psi", units: "1", longName: "splitting or ratio of m_psi2")
}

extension SampledRange {
  fileprivate var kernel: Kernel {
    switch self {
    case .linear: Kernel(portal_kernel_linear_range)
    case .fixed, .logarithmic: Kernel(portal_kernel_logarithmic_range)
    }
  }
}
