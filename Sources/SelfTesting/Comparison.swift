/// The distance of two doubles in units in the last place: how many doubles lie between them. 0 for the same bits and
/// for two NaNs; infinite where only one is a NaN. -0 and +0 are 1 apart, since their bits differ.
package func ulpDistance(_ a: Double, _ b: Double) -> Double {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .infinity }
  return Double(orderedPosition(a).distance(to: orderedPosition(b)).magnitude)
}

/// The same for floats.
func ulpDistance(_ a: Float, _ b: Float) -> Double {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .infinity }
  return Double(orderedPosition(a).distance(to: orderedPosition(b)).magnitude)
}

/// The position of a float among all floats.
private func orderedPosition(_ x: Float) -> Int32 {
  let bits = Int32(bitPattern: x.bitPattern)
  return bits >= 0 ? bits : Int32.min - bits - 1
}

/// The position of a double among all doubles, from -infinity to infinity.
private func orderedPosition(_ x: Double) -> Int64 {
  let bits = Int64(bitPattern: x.bitPattern)
  return bits >= 0 ? bits : Int64.min - bits - 1
}

/// The error of a value in units in the last place, given the correctly rounded value and what rounding left of the
/// exact one in the same unit.
func ulpError(_ value: Double, rounded: Double, residual: Double) -> Double {
  abs((value - rounded) / rounded.ulp - residual)
}

/// |value/expected - 1|; 0 where both are 0, infinite where one is a NaN.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  if value == expected { return 0 }
  let error = abs(value - expected) / abs(expected)
  return error.isNaN ? .infinity : error
}
