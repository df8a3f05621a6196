/// A complex number in double precision. Its functions have the same bits on every host.
struct ComplexNumber: Sendable, Hashable {
  var re, im: Double

  init(_ re: Double, _ im: Double = 0) { (self.re, self.im) = (re, im) }

  var squaredModulus: Double { re * re + im * im }

  /// Between -pi and pi; error below 3e-16.
  var argument: Double {
    let (x, y) = (abs(re), abs(im))
    let ratio = max(x, y) > 0 ? min(x, y) / max(x, y) : 0
    // arctan t = arctan c + arctan (t-c)/(1+tc), c = k/4; the series in at most 1/8.
    let k = (4 * ratio).rounded()
    let u = (ratio - k / 4) / (1 + ratio * k / 4), square = u * u
    let series = stride(from: 19, through: 1, by: -2).reduce(0.0) { 1 / Double($1) - square * $0 }
    let small = Self.arctangents[Int(k)] + u * series
    let acute = y > x ? .pi / 2 - small : small
    let angle = re < 0 ? .pi - acute : acute
    return im < 0 ? -angle : angle
  }

  /// arctan(k/4), k = 0 ... 4.
  private static let arctangents = [
    0, 0.24497866312686414, 0.46364760900080615, 0.6435011087932844, 0.7853981633974483,
  ]

  /// The square root with a real part that is not negative.
  var squareRoot: ComplexNumber {
    let modulus = squaredModulus.squareRoot()
    let larger = (0.5 * (modulus + abs(re))).squareRoot()
    let smaller = larger > 0 ? 0.5 * abs(im) / larger : 0
    let (x, y) = re >= 0 ? (larger, smaller) : (smaller, larger)
    return ComplexNumber(x, im < 0 ? -y : y)
  }

  static func + (a: Self, b: Self) -> Self { Self(a.re + b.re, a.im + b.im) }
  static func - (a: Self, b: Self) -> Self { Self(a.re - b.re, a.im - b.im) }
  static func * (a: Self, b: Self) -> Self { Self(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re) }
  static func / (a: Self, b: Self) -> Self {
    let scale = 1 / b.squaredModulus
    return Self((a.re * b.re + a.im * b.im) * scale, (a.im * b.re - a.re * b.im) * scale)
  }
  static prefix func - (a: Self) -> Self { Self(-a.re, -a.im) }

  static func + (a: Self, b: Double) -> Self { Self(a.re + b, a.im) }
  static func - (a: Self, b: Double) -> Self { Self(a.re - b, a.im) }
  static func * (a: Double, b: Self) -> Self { Self(a * b.re, a * b.im) }
  static func / (a: Double, b: Self) -> Self {
    let scale = a / b.squaredModulus
    return Self(b.re * scale, -b.im * scale)
  }
}
