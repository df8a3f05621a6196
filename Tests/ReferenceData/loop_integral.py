"""Anomalous moments per h^2 (GK eqs. 3, 4).

    python loop_integral.py OUTPUT_DIRECTORY

writes loop_integral.csv, at ordinary masses from just above m_mu to 1000 m_mu, and loop_integral_dense.csv, at those that are hard
for the loop integral. Each value is computed twice with mpmath, by partial fractions with complex roots at 200
digits and by direct quadrature of the Feynman-parameter integral at 40 digits, and the two must agree to 1e-25.
Needs: mpmath.
"""

import sys
from pathlib import Path

from mpmath import mp, mpf, log, pi, polyroots, quad, sqrt

M_E = mpf(0.51099895069e-3)  # the doubles that the kernels use
M_MU = mpf(0.1056583755)


def closed_form(r, s):
    """Int_0^1 x^2 (1-x)/Q, Q = r x^2 - (1+r-s) x + 1, by division and partial fractions over the roots of Q."""
    b = 1 + r - s
    root = sqrt(b * b - 4 * r + 0j)
    x1, x2 = (b + root) / (2 * r), (b - root) / (2 * r)
    # x^2 (1-x) = (-x/r + c) Q + (remainder a x - c)
    c = (1 - b / r) / r
    a = 1 / r + c * b
    def weighted(x, other):
        return (a * x - c) / (r * (x - other)) * (log(1 - x) - log(-x))
    return (c - 1 / (2 * r) + weighted(x1, x2) + weighted(x2, x1)).real


def quadrature(r, s):
    """The integral itself, split where the denominator changes scale near x = 1."""
    def integrand(y):  # y = 1 - x
        x = 1 - y
        return x * x * y / (y * (1 - r * x) + s * x)
    cuts = {mpf(0), mpf(1)}
    scale = min(s, s / (abs(1 - r) + sqrt(s)))
    for k in range(-2, 60):
        cut = scale * mpf(4) ** k
        if cut < mpf("0.9"):
            cuts.add(cut)
    return quad(integrand, sorted(cuts))


def moment(m_phi, external, internal):
    mp.dps = 200
    r, s = (external / m_phi) ** 2, (internal / m_phi) ** 2
    exact = closed_form(r, s)
    mp.dps = 40
    check = quadrature(r, s)
    if abs(check / exact - 1) > mpf("1e-25"):
        raise ArithmeticError(f"m_phi = {m_phi}: quadrature {check} and closed form {exact} disagree")
    return r * exact / (16 * pi**2)


def switching_masses():
    """Where Kernels/portable/loop_integral.h changes arrangement: r = 0.7, u1 = 1/2 (or the roots turn complex),
    u2 = 0.5; solved for m_phi by bisection, for both leptons."""
    def roots(m_phi, external, internal):
        r, s = (external / m_phi) ** 2, (internal / m_phi) ** 2
        b, lam = 1 + r - s, (1 - r - s) ** 2 - 4 * r * s
        width = sqrt(lam) if lam > 0 else mpf(0)
        return (b + width) / 2, (b - width) / 2
    def bisect(below, low, high):
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if below(middle) else (low, middle)
        return low
    return [
        M_MU / sqrt(mpf("0.7")),
        bisect(lambda m: roots(m, M_E, M_MU)[0] < mpf("0.5"), M_MU, 3 * M_MU),
        bisect(lambda m: roots(m, M_MU, M_E)[1] > mpf("0.5"), M_MU + 2 * M_E, 9 * M_MU),
    ]


def masses():
    mp.dps = 40
    points = [M_MU, M_MU + M_E]
    for k in range(1, 16):
        offset = mpf(10) ** -k
        points += [M_MU * (1 + offset), (M_MU + M_E) * (1 + offset)]
        points += [m for m in [(M_MU + M_E) * (1 - offset)] if m > M_MU]
    for switch in switching_masses():
        points += [switch * (1 + sign * mpf(10) ** -k) for k in (1, 2, 3, 5, 8, 12, 15) for sign in (1, -1)]
    points += [M_MU * mpf(10) ** (mpf(k) / 20) for k in range(1, 61)]
    points += [M_MU * mpf(10) ** (3 + mpf(k) / 4) for k in range(1, 25)]
    return sorted({float(m) for m in points if float(m) >= float(M_MU)})


# Drawn once, between 2 and 1000 m_mu.
DRAWN = """
34.509041678208 19.104011757423 1.901505540042 0.629481177262 3.535785597636 1.708655025354 22.797215753951
0.852783514915 2.78928540149 5.78954797667 53.345190335616 3.380025383494 0.736306099017 18.825151776089
7.354546871481 0.594297404906 53.944401643724 88.894084957916 27.311477224118 51.219209662274 0.893589960603
15.761599659093 50.066786251514 11.519464157262 2.705601710979 0.213345058394 2.086845760035 6.987700962172
55.16235871498 79.583111007463
"""


def ordinary_masses():
    multiples = ["1.005", "1.01", "1.05", "1.2", "2", "3", "5", "10", "100", "1000"]
    return [float(mpf("0.1056583755") * mpf(multiple)) for multiple in multiples] + [float(m) for m in DRAWN.split()]


def write(path, masses):
    with open(path, "w") as table:
        table.write("# Made by Tests/ReferenceData/loop_integral.py: Delta a_l / h^2; m_phi in GeV, read as a double.\n")
        table.write("m_phi,delta_a_mu_over_h2,delta_a_e_over_h2\n")
        for m_phi in masses:
            values = [moment(mpf(m_phi), M_MU, M_E), moment(mpf(m_phi), M_E, M_MU)]
            table.write(f"{m_phi!r}," + ",".join(mp.nstr(v, 20) for v in values) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]) / "loop_integral.csv", ordinary_masses())
    write(Path(sys.argv[1]) / "loop_integral_dense.csv", masses())
