"""Points of the unscrambled Sobol sequence in four dimensions, from SciPy (direction numbers of Joe and Kuo).

Points beyond 2^27 are put together from SciPy's direction numbers, which takes as long for every point; the script
checks that this agrees with the sequence for the points before.

Usage: python3 sobol.py > ../ScanningTests/Points/SobolReference.swift
"""

from scipy.stats import qmc

BITS = 52
POINTS = [*range(16), 1000, 65535, 65536, 1000000, 123456789, 2**30 + 7, 2**39 + 1234567, 10**12 - 1]


def assembled(sequence, index):
    gray = index ^ (index >> 1)
    point = []
    for numbers in sequence._sv:
        value = 0
        for k, number in enumerate(numbers):
            if gray >> k & 1:
                value ^= int(number)
        point.append(value)
    return point


def from_scipy(index):
    sequence = qmc.Sobol(d=4, scramble=False)
    if index:
        sequence.fast_forward(index)
    return [int(x * 2**BITS) for x in sequence.random(1)[0]]


print("""/// A point of the unscrambled Sobol sequence in units of 2^-52, made by ReferenceData/sobol.py with SciPy.
struct SobolReference: Sendable {
  let index: Int
  let coordinates: [UInt64]
}

let sobolReferences: [SobolReference] = [""")
sequence = qmc.Sobol(d=4, scramble=False, bits=BITS)
for index in POINTS:
    point = assembled(sequence, index)
    assert index >= 2**27 or point == from_scipy(index)
    print(f"  .init(\n    index: {index},\n    coordinates: [{', '.join(map(str, point))}]),")
print("]")
