/// How many Gauss-Legendre nodes each dimension gets.
struct QuadratureOrder: Sendable, Hashable {
  /// Of x, of the angle of phi, of the momentum transfer.
  var recoil, polar, transfer: Int

  /// Each level gains one to three digits on the one before (docs/production.md); an integral is accepted when two
  /// consecutive levels agree.
  static let ladder = [
    QuadratureOrder(recoil: 16, polar: 12, transfer: 16),
    QuadratureOrder(recoil: 24, polar: 16, transfer: 24),
    QuadratureOrder(recoil: 32, polar: 24, transfer: 32),
    QuadratureOrder(recoil: 48, polar: 32, transfer: 48),
    QuadratureOrder(recoil: 64, polar: 48, transfer: 64),
    QuadratureOrder(recoil: 96, polar: 64, transfer: 96),
  ]
  /// Of the Monte Carlo's strata, which need no accuracy.
  static let profile = QuadratureOrder(recoil: 0, polar: 8, transfer: 8)
  /// Momentum-transfer nodes of a double-differential value, which needs no other integral: 3e-11.
  static let doubleDifferentialTransfer = 64
}
