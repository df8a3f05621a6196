/// A number without unit: digits with an optional exponent, also that of Fortran: 0.317, 3.3e-3, 1.5D-3.
package func plainNumber(_ text: some StringProtocol) -> Double? {
  if let value = Double(text) { return value }
  guard let letter = text.firstIndex(where: { "dD".contains($0) }) else { return nil }
  let (mantissa, exponent) = (text[..<letter], text[text.index(after: letter)...])
  guard let last = mantissa.last, last.isASCII, last.isNumber || last == ".", Int(exponent) != nil else { return nil }
  return Double("\(mantissa)e\(exponent)")
}

/// A number without fraction, which may have an exponent: 1e6.
package func wholeNumber(_ text: String) -> Int? { Int(text) ?? plainNumber(text).flatMap { Int(exactly: $0) } }
