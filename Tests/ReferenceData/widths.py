"""Partial widths per squared coupling (GK eqs. 12-14), for equal and unequal masses and close to thresholds.

    python widths.py OUTPUT_DIRECTORY

writes widths.csv. The masses are doubles; the widths follow from them exactly, with 60 digits. Needs: mpmath.
"""

import random
import sys
from pathlib import Path

from mpmath import mp, mpf, pi, sqrt

mp.dps = 60
M_E = 0.51099895069e-3  # the doubles that the kernels use
M_MU = 0.1056583755


def momentum(m, m1, m2):
    if m <= m1 + m2:
        return mpf(0)
    a, b, c = m**2, m1**2, m2**2
    return sqrt(a * a + b * b + c * c - 2 * a * b - 2 * a * c - 2 * b * c) / (2 * m)


def fermions(m, m1, m2):
    return momentum(m, m1, m2) / (4 * pi) * (1 - (m1 + m2) ** 2 / m**2)


def scalars(m, m1, m2):
    return momentum(m, m1, m2) / (8 * pi * m**2)


def visible(m):
    e, mu = mpf(M_E), mpf(M_MU)
    return momentum(m, mu, e) / (8 * pi) * (1 - (e**2 + mu**2) / m**2)


def points():
    rng = random.Random(3)
    pairs = [(0.1057, 0.1057), (0.06, 0.09), (0.09, 0.06), (1e-3, 0.3), (0.3, 1e-3), (0.125, 0.0), (0.0, 0.0),
             (0.249999999999999, 0.25), (M_MU, M_E), (M_E, M_MU), (123.4, 56.7)]
    for m1, m2 in pairs:
        threshold = mpf(m1) + mpf(m2) or mpf("0.2")
        yield float(threshold), m1, m2
        for k in range(1, 16):
            for sign in (1, -1):
                yield float(threshold * (1 + sign * mpf(10) ** -k)), m1, m2
        for factor in (2, 3, 10, 1e3, 1e6):
            yield float(threshold * factor), m1, m2
    for _ in range(300):
        m1, m2 = 10 ** rng.uniform(-4, 2), 10 ** rng.uniform(-4, 2)
        yield (m1 + m2) * (1 + 10 ** rng.uniform(-15, 4)), m1, m2


if __name__ == "__main__":
    with open(Path(sys.argv[1]) / "widths.csv", "w") as table:
        table.write("# Made by Tests/ReferenceData/widths.py: widths per squared coupling, masses in GeV, read as doubles.\n")
        table.write("m_phi,m_psi,m_psi2,fermions_per_g2,scalars_per_g2,visible_per_h2\n")
        for m_phi, m1, m2 in points():
            exact = [mpf(m_phi), mpf(m1), mpf(m2)]
            values = [fermions(*exact), scalars(*exact), visible(exact[0])]
            table.write(f"{m_phi!r},{m1!r},{m2!r}," + ",".join(mp.nstr(v, 20) for v in values) + "\n")
