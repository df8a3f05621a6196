"""mu -> e psi1 psi2bar as a shift of the Michel parameter rho, to 15 digits.

    python michel.py OUTPUT_DIRECTORY

writes michel.csv: drho/deps and the part of the positrons inside 24 to 52 MeV/c, for fermions and scalars. The fit of norm and
rho is solved as it stands, two normal equations with integrals over the new spectrum; the kernel has the solution in closed
form, with two numbers that this prints. Massless electrons. Needs: mpmath.
"""

import sys
from pathlib import Path

from mpmath import lu_solve, matrix, mp, mpf, nstr, quad, sqrt

mp.dps = 30
M_MU, LOW, HIGH = mpf(0.1056583755), mpf(0.024), mpf(0.052)
WINDOW = [2 * LOW / M_MU, 2 * HIGH / M_MU]


def standard(x):
    return x**2 * (6 - 4 * x)


def slope(x):
    return mpf(8) / 3 * x**2 * (4 * x - 3)


MATRIX = matrix([[quad(standard, WINDOW), quad(slope, WINDOW)],
                 [quad(slope, WINDOW), quad(lambda x: slope(x) ** 2 / standard(x), WINDOW)]])


def shift(m, m1, m2, scalars):
    lower = (m1 + m2) ** 2

    def spectrum(x):
        s = M_MU**2 * (1 - x)
        excess = s - lower
        if excess <= 0:
            return mpf(0)
        invisible = sqrt(excess * (excess + 4 * m1 * m2)) / s * (1 if scalars else excess)
        return x**2 * invisible / (s - m**2) ** 2

    largest = 1 - lower / M_MU**2
    inner = [min(max(x, mpf(0)), largest) for x in WINDOW]
    scales = [abs(m**2 / M_MU**2 - 1) / 4, mpf(1) / 10, largest / 2]
    cuts = sorted({mpf(0), largest, *(x for x in scales if 0 < x < largest)})
    edge = [largest - (largest) * mpf(4) ** -k for k in range(2, 24)]
    norm = quad(spectrum, sorted(set(cuts + edge)))
    if inner[1] <= inner[0]:
        return mpf(0), mpf(0)
    inside = sorted({*inner, *(x for x in edge + cuts if inner[0] < x < inner[1])})
    right = matrix([quad(spectrum, inside), quad(lambda x: spectrum(x) * slope(x) / standard(x), inside)])
    return lu_solve(MATRIX, right)[1] / norm, right[0] / norm


def points():
    for m in (0.1057, 0.106, 0.11, 0.15, 0.3, 1.0, 100.0):
        for m1, m2 in ((1e-6, 1e-6), (0.004, 0.004), (0.011, 0.011), (0.025, 0.025), (0.01, 0.06), (0.0389, 0.0389),
                       (0.05, 0.001), (0.039, 0.0391), (0.052, 0.052)):
            yield m, m1, m2
    yield 0.05, 0.03, 0.03  # phi lighter than the pair


if __name__ == "__main__":
    determinant = MATRIX[0, 0] * MATRIX[1, 1] - MATRIX[0, 1] ** 2
    print(f"PORTAL_MICHEL_WEIGHT_0 {nstr(-MATRIX[0, 1] / determinant, 18)}")
    print(f"PORTAL_MICHEL_WEIGHT_1 {nstr(MATRIX[0, 0] / determinant, 18)}")
    with open(Path(sys.argv[1]) / "michel.csv", "w") as table:
        table.write("# Made by Tests/ReferenceData/michel.py: drho/deps of mu -> e psi1 psi2bar, and the part of the positrons "
                    "inside 24 to 52 MeV/c; masses in GeV, read as doubles.\n"
                    "m_phi,m_psi,m_psi2,fermions,fraction_fermions,scalars,fraction_scalars\n")
        for point in points():
            values = [v for s in (False, True) for v in shift(*map(mpf, point), s)]
            table.write(",".join(map(repr, point)) + "," + ",".join(nstr(v, 16) for v in values) + "\n")
