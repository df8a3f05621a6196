/// Where a continuous function changes its sign between two places, by Ridders' method (IEEE Trans. Circuits Syst. 26 (1979)
/// 979), to the last digits.
func root(of f: (Double) -> Double, from start: Double, to end: Double) -> Double {
  var (low, high) = (start, end)
  var (atLow, atHigh) = (f(low), f(high))
  if atLow == 0 { return low }
  if atHigh == 0 { return high }
  for _ in 0..<200 {
    let middle = low + (high - low) / 2
    guard middle > min(low, high), middle < max(low, high), abs(high - low) > 1e-14 * abs(middle) else { break }
    let atMiddle = f(middle)
    if atMiddle == 0 { return middle }
    // Three values lie on a parabola times an exponential, whose root this is; between low and high always.
    let scale = (atMiddle * atMiddle - atLow * atHigh).squareRoot()
    let shift = (middle - low) * (atLow > atHigh ? 1 : -1) * atMiddle / scale
    let next = shift.isFinite ? min(max(middle + shift, min(low, high)), max(low, high)) : middle
    let atNext = f(next)
    if atNext == 0 { return next }
    if (atMiddle > 0) != (atNext > 0) {
      (low, atLow, high, atHigh) = (middle, atMiddle, next, atNext)
    } else if (atLow > 0) != (atNext > 0) {
      (high, atHigh) = (next, atNext)
    } else {
      (low, atLow) = (next, atNext)
    }
    if low > high { (low, atLow, high, atHigh) = (high, atHigh, low, atLow) }
  }
  return low + (high - low) / 2
}
