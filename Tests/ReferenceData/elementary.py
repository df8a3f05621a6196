"""Reference values of exp and log at arguments that are hard for a double-precision implementation.

    python elementary.py OUTPUT_DIRECTORY

writes exponential.csv and logarithm.csv: x and the correctly rounded f(x) as hexadecimal doubles, and
residual = (f(x) - rounded)/ulp(rounded), so that the error of a computed value c in units in the last place is exactly
|(c - rounded)/ulp(rounded) - residual|. Values from mpmath with 60 digits. Needs: mpmath.
"""

import math
import random
import sys
from pathlib import Path

import mpmath

mpmath.mp.dps = 60
LARGEST = sys.float_info.max
LN2 = mpmath.log(2)

# Where 10^7 random arguments found the kernels' largest errors (docs/numerics.md).
WORST_EXPONENTIAL = ["0x1.7b27f0c37fda4p+7", "-0x1.62652511e315cp+9", "0x1.648db14f2c80cp-2", "0x1.66e25c17961cp-2"]
WORST_LOGARITHM = ["0x1.8e306cebecab3p-2", "0x1.69a3d90979dbbp+0", "0x1.686be17140381p-1"]


def rounded(value):
    """The double nearest to an mpf, subnormals and overflow included (mpmath's own float() rounds twice)."""
    if value == 0:
        return 0.0
    sign = -1 if value < 0 else 1
    exponent = max(mpmath.frexp(abs(value))[1], -1021)
    scaled = mpmath.ldexp(abs(value), 53 - exponent)
    integer = int(mpmath.floor(scaled))
    fraction = scaled - integer
    if fraction > 0.5 or (fraction == 0.5 and integer % 2 == 1):
        integer += 1
    try:
        return sign * math.ldexp(integer, exponent - 53)
    except OverflowError:
        return sign * math.inf


def row(function, x):
    value = function(mpmath.mpf(x))
    nearest = rounded(value)
    if math.isinf(nearest):
        return x, nearest, 0.0
    return x, nearest, float((value - mpmath.mpf(nearest)) / mpmath.mpf(math.ulp(nearest)))


def neighbours(x, steps=1):
    x = float(x)
    found = [x]
    low = high = x
    for _ in range(steps):
        low, high = math.nextafter(low, -math.inf), math.nextafter(high, math.inf)
        found += [low, high]
    return found


def hardest(function, candidates, count):
    """The arguments whose results are nearest to half-way between two doubles."""
    return sorted(candidates, key=lambda x: abs(abs(row(function, x)[2]) - 0.5))[:count]


def exponential_arguments(rng):
    xs = []
    for e in list(range(-60, 10)) + [-1074, -1022, -500, -100]:  # powers of two
        xs += [s * y for y in neighbours(math.ldexp(1.0, e)) for s in (1, -1)]
    for n in range(-2150, 2049, 7):  # n ln(2)/2: the ends of the reduced interval, and the powers of two
        xs += neighbours(rounded(n * LN2 / 2))
    for n in range(-1074, -1020):  # the subnormal range of the result
        xs += neighbours(rounded(n * LN2)) + [rng.uniform(n * 0.693, (n + 1) * 0.693)]
    for n in (1024, -1074, -1075, -1022):  # overflow, underflow
        xs += neighbours(rounded(n * LN2), 20)
    xs += [rng.uniform(-745.2, 709.8) for _ in range(300)]
    xs += [rng.choice((-1, 1)) * 10.0 ** rng.uniform(-20, 2.8) for _ in range(300)]
    xs += hardest(mpmath.exp, [rng.uniform(-708, 709) for _ in range(20000)], 300)
    xs += hardest(mpmath.exp, [rng.uniform(-1, 1) for _ in range(20000)], 300)
    xs += [0.0, 1.0, -1.0, 710.0, 1000.0, LARGEST, -746.0, -1000.0, -LARGEST]
    xs += map(float.fromhex, WORST_EXPONENTIAL)
    return xs


def logarithm_arguments(rng):
    xs = []
    for e in range(-1074, 1024, 3):  # powers of two, and the subnormals among them
        xs += neighbours(math.ldexp(1.0, e))
    for k in range(1, 53):  # near 1
        xs += [1 + math.ldexp(1.0, -k), 1 - math.ldexp(1.0, -k), 1 + math.ldexp(rng.random(), -k),
               1 - math.ldexp(rng.random(), -k)]
    xs += neighbours(1.0, 30)
    for e in range(-1070, 1023, 11):  # sqrt(1/2) 2^e: the ends of the reduced interval
        xs += neighbours(rounded(mpmath.ldexp(mpmath.sqrt(0.5), e)), 2)
    xs += neighbours(math.ldexp(1.0, -1022), 10) + [k * 5e-324 for k in range(1, 40)]
    xs += [math.ldexp(rng.random(), rng.randrange(-1074, 1024)) for _ in range(400)]
    xs += [rng.uniform(0.5, 2.0) for _ in range(300)]
    xs += hardest(mpmath.log, [math.ldexp(1 + rng.random(), rng.randrange(-1022, 1023)) for _ in range(20000)], 300)
    xs += hardest(mpmath.log, [rng.uniform(0.7, 1.42) for _ in range(20000)], 300)
    xs += [LARGEST, math.nextafter(LARGEST, 0)]
    xs += map(float.fromhex, WORST_LOGARITHM)
    return [x for x in xs if 0 < x < math.inf]


def write(path, function, arguments):
    with open(path, "w") as table:
        table.write("# Made by Tests/ReferenceData/elementary.py; columns are explained there.\nx,rounded,residual\n")
        for x, value, residual in (row(function, x) for x in sorted(set(arguments))):
            table.write(f"{x.hex()},{value.hex() if math.isfinite(value) else 'inf'},{residual:.6f}\n")


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    write(directory / "exponential.csv", mpmath.exp, exponential_arguments(random.Random(1)))
    write(directory / "logarithm.csv", mpmath.log, logarithm_arguments(random.Random(2)))
