"""Makes the tables of Kernels/portable/gauss_legendre.h: nodes and weights of Gauss-Legendre quadrature on (0, 1).

    python gauss_legendre.py [COUNT]

Roots of the Legendre polynomial by Newton's method with 50 digits, rounded to double. Prints the two tables and, as a
check, how far the rounded rule is from integrating x^k exactly for k < 2 COUNT. Needs: mpmath.
"""

import sys

from mpmath import cos, legendre, mp, mpf, nstr, pi

mp.dps = 50
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 48


def derivative(x):
    return COUNT * (x * legendre(COUNT, x) - legendre(COUNT - 1, x)) / (x * x - 1)


def root(k):
    x = cos(pi * (mpf(k) + mpf("0.75")) / (COUNT + mpf("0.5")))
    for _ in range(8):
        x -= legendre(COUNT, x) / derivative(x)
    return x


def table(name, values):
    words = [repr(float(v)) for v in values]
    lines, line = [], "   "
    for word in words:
        if len(line) + len(word) + 3 > 120:
            lines.append(line)
            line = "   "
        line += f" {word},"
    lines.append(line.rstrip(","))
    return f"CONSTANT_TABLE {name}[] = {{\n" + "\n".join(lines) + "};"


roots = [root(k) for k in range(COUNT)]
nodes = [(1 - x) / 2 for x in roots]
weights = [1 / ((1 - x * x) * derivative(x) ** 2) for x in roots]
print(table("gauss_legendre_nodes", nodes))
print()
print(table("gauss_legendre_weights", weights))
worst = max(
    abs(sum(mpf(float(w)) * mpf(float(t)) ** k for t, w in zip(nodes, weights)) * (k + 1) - 1) for k in range(2 * COUNT))
print("largest relative error of a moment", nstr(worst, 2), file=sys.stderr)
