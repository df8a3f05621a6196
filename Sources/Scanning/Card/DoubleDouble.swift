/// An unevaluated sum of two doubles, about 106 bits of precision.
///
/// Axis values are computed with it from correctly rounded operations only (+ - * / sqrt fma), so that a card gives the
/// same bits on every platform. Algorithms: Dekker, Numer. Math. 18 (1971) 224; Knuth, TAOCP 2, 4.2.2.
struct DoubleDouble {
  var high: Double
  var low: Double

  /// The sum of a double and a much smaller one.
  init(high: Double, low: Double = 0) {
    self.high = high + low
    self.low = low - (self.high - high)
  }

  /// a b, exact.
  init(product a: Double, _ b: Double) {
    high = a * b
    low = (-high).addingProduct(a, b)
  }

  /// a / b
  init(quotient a: Double, _ b: Double) {
    let quotient = a / b
    self.init(high: quotient, low: a.addingProduct(-quotient, b) / b)
  }

  var rounded: Double { high + low }

  var squareRoot: DoubleDouble {
    let root = high.squareRoot()
    let remainder = high.addingProduct(-root, root) + low
    return DoubleDouble(high: root, low: remainder / (2 * root))
  }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let sum = a.high + b.high
    let back = sum - a.high
    let error = (a.high - (sum - back)) + (b.high - back)
    return DoubleDouble(high: sum, low: error + a.low + b.low)
  }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = DoubleDouble(product: a.high, b.high)
    return DoubleDouble(high: product.high, low: product.low + (a.high * b.low + a.low * b.high))
  }

  static func / (a: DoubleDouble, b: Double) -> DoubleDouble {
    let quotient = a.high / b
    let remainder = a.high.addingProduct(-quotient, b) + a.low
    return DoubleDouble(high: quotient, low: remainder / b)
  }
}
