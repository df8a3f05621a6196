"""Decays that phi would cause: mu -> e phi, mu -> e psi psi, K -> e nu phi, h -> phi phi. More in rare_decays.py.

    python decays.py OUTPUT_DIRECTORY

writes decays.csv (functions of m_phi) and decays_dark.csv (mu -> e psi psi: m_phi, m_psi, m_psi2, width), per squared
couplings. Masses are doubles; the values follow from them to 20 digits: K by quadrature in s,
mu -> e psi psi by quadrature split at the pole and at the scales of every threshold. Needs: mpmath.
"""

import random
import sys
from pathlib import Path

from mpmath import mp, mpc, mpf, nstr, pi, quad, sqrt

mp.dps = 60
# The doubles that the kernels use.
M_E, M_MU, M_K, M_Z, M_H = (mpf(x) for x in (0.51099895069e-3, 0.1056583755, 0.493677, 91.1876, 125.20))
V, SW2, WINDOW = mpf(246.219640239), mpf(0.23122), mpf(5)


def kallen(a, b, c):
    return a * a + b * b + c * c - 2 * a * b - 2 * a * c - 2 * b * c


def geometric(low, high, low_scale, high_scale):
    """Cuts of [low, high] at distances from each end that fall by 16 until below the scale of that end."""
    cuts, length = {low, (low + high) / 2, high}, high - low
    for end, sign, scale in ((low, 1, low_scale), (high, -1, high_scale)):
        step = length / 16
        while step > scale / 16 and len(cuts) < 80:
            cuts.add(end + sign * step)
            step /= 16
    return sorted(cuts)


def mu_e_phi(m):
    if m >= M_MU - M_E:
        return mpf(0)
    p = sqrt(kallen(M_MU**2, M_E**2, m**2)) / (2 * M_MU)
    return p * (M_MU**2 + M_E**2 - m**2) / (16 * pi * M_MU**2)


def mu_e_dark(m, m1, m2, width):
    """Gamma(mu -> e psi psi) per h^2 g^2 for fermions and scalars."""
    low, high, pole = (m1 + m2) ** 2, (M_MU - M_E) ** 2, m**2
    if m1 + m2 >= M_MU - M_E:
        return mpf(0), mpf(0)

    def muon(s):
        p = sqrt(abs(kallen(M_MU**2, M_E**2, s))) / (2 * M_MU)
        return p * (M_MU**2 + M_E**2 - s) / (16 * pi * M_MU**2)

    def momentum(s):
        return sqrt(abs(kallen(s, m1**2, m2**2))) / (2 * sqrt(s))

    def common(s):
        return muon(s) * sqrt(s) / ((s - pole) ** 2 + (m * width) ** 2) / pi

    def both(s):  # fermions in the real part, scalars in the imaginary part
        invisible = common(s) * momentum(s)
        return mpc(invisible / (4 * pi) * (1 - low / s), invisible / (8 * pi * s))

    inside = low < pole < high
    ends = [low, pole, high] if inside else [low, high]
    lower, upper = 4 * m1 * m2, 4 * M_MU * M_E
    if inside:
        scales = [(lower, m * width), (m * width, upper)]
    else:
        scales = [(min(lower, abs(low - pole)), min(upper, abs(high - pole)))]
    total = sum(quad(both, geometric(a, b, *pair)) for a, b, pair in zip(ends, ends[1:], scales))
    return total.real, total.imag


def k_e_nu_phi(m):
    """Gamma(K -> e nu phi)/Gamma(K -> mu nu) per h^2."""
    if m + M_E >= M_K:
        return mpf(0)
    low, high = (m + M_E) ** 2, M_K**2

    def integrand(s):
        value = ((high - s) / (high - M_MU**2)) ** 2 * (s + M_E**2 - m**2) * sqrt(abs(kallen(s, M_E**2, m**2)))
        return value / (s * (s - M_MU**2) ** 2)

    return quad(integrand, geometric(low, high, min(4 * M_E * m, low - M_MU**2), high)) / (32 * pi**2)


def higgs(m):
    return V**2 / (16 * pi * M_H) * sqrt(1 - 4 * m**2 / M_H**2) if 2 * m < M_H else mpf(0)


def masses():
    yield from (0.001, 0.02, 0.05, 0.08, 0.1, 0.105)
    yield from (0.1056583755, 0.106, 0.11, 0.15, 0.2, 0.25, 0.3, 0.317, 0.4, 0.45, 0.49, 0.7, 1.0, 2.0, 3.0, 4.0, 4.9)
    yield from (5.5, 10.0, 20.0, 45.0, 62.5, 70.0, 85.0, 91.0, 91.1876, 100.0, 1000.0)
    for threshold in (M_MU - M_E, M_MU, M_K - M_E, WINDOW, M_Z, M_H / 2):
        for k in (2, 4, 7, 10):
            for sign in (1, -1):
                yield float(threshold * (1 + sign * mpf(10) ** -k))


def dark_points():
    rng = random.Random(5)
    pairs = [(0.05, 0.05), (0.01, 0.01), (0.001, 0.001), (1e-5, 1e-5), (0.03, 0.06), (0.06, 0.03), (0.1, 1e-3),
             (1e-4, 0.05), (0.0525, 0.0525), (0.05257, 0.05257), (0.06, 0.06)]
    widths = [1e-12, 1e-6, 1e-3, 1e-1]
    for m1, m2 in pairs:
        for m in (0.1056583755, 0.106, 0.15, 0.25, 1.0, 100.0):
            yield m, m1, m2, m * rng.choice(widths)
        low, high = m1 + m2, float(M_MU - M_E)
        if low < high:
            for fraction in (1e-6, 0.01, 0.3, 0.7, 0.99, 1 - 1e-6):
                m = low + (high - low) * fraction
                yield m, m1, m2, m * rng.choice(widths)
            yield low / 2, m1, m2, 0.0
            yield high * (1 + 1e-6), m1, m2, 1e-9


def write(path, comment, header, rows):
    with open(path, "w") as table:
        table.write(f"# Made by Tests/ReferenceData/decays.py: {comment}\n{header}\n")
        for inputs, values in rows:
            table.write(",".join(map(repr, inputs)) + "," + ",".join(nstr(v, 20) for v in values) + "\n")


def single(m):
    exact = mpf(m)
    kaon = k_e_nu_phi(exact) if exact > M_MU - M_E else mpf("nan")
    return mu_e_phi(exact), kaon, higgs(exact)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write(folder / "decays.csv", "decays caused by phi, per squared coupling; masses in GeV, read as doubles.",
          "m_phi,width_mu_e_phi,ratio_k_e_nu_phi,width_higgs",
          (((m,), single(m)) for m in sorted(set(masses()))))
    mp.dps = 34
    write(folder / "decays_dark.csv", "Gamma(mu -> e psi1 psi2bar)/(h^2 g^2); masses in GeV, read as doubles.",
          "m_phi,m_psi,m_psi2,width,fermions,scalars",
          ((point, mu_e_dark(*map(mpf, point))) for point in dark_points()))
