"""Correctly rounded values of axes, with mpmath at 60 digits and exact fractions.

Usage: python3 axis_values.py > ../ScanningTests/Card/AxisReference.swift
"""

from fractions import Fraction

from mpmath import mp, mpf

mp.dps = 60
RANGES = [(0.11, 10.0, 200), (1e-5, 1e-1, 100), (0.105658375500001, 1000.0, 7), (1e-60, 1e60, 1000003), (1.0, 1.001, 17)]


def rounded(value):
    return float(mp.nstr(value, 40))


def logarithmic(start, stop, index, last):
    return rounded(mpf(start) * (mpf(stop) / mpf(start)) ** (mpf(index) / last))


def linear(start, stop, index, last):
    return float(Fraction(start) + (Fraction(stop) - Fraction(start)) * index / last)


print("""/// Correctly rounded axis values, made by ReferenceData/axis_values.py with mpmath and exact fractions.
struct AxisReference: Sendable {
  let from: Double
  let to: Double
  let points: Int
  let index: Int
  let logarithmic: Double
  let linear: Double
}

let axisReferences: [AxisReference] = [""")
for start, stop, points in RANGES:
    last = points - 1
    for index in sorted({1, 2, last // 3, last // 2, last - 1}):
        log, lin = logarithmic(start, stop, index, last), linear(start, stop, index, last)
        print(f"  .init(\n    from: {start!r}, to: {stop!r}, points: {points}, index: {index}, logarithmic: {log!r},")
        print(f"    linear: {lin!r}),")
print("]")
