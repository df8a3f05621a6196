"""Decays of pi, K, Z, h and of the heavier dark particle through phi, with all masses, to 20 digits.

    python rare_decays.py OUTPUT_DIRECTORY

writes rare_decays.csv (functions of m_phi) and psi2_decays.csv (m_phi, m_psi, m_psi2; per squared couplings). Masses are
doubles. pi: quadrature in s. K with 220 < E_e < 230 MeV: quadrature in s and in the electron's angle, the window as cuts of the
angle. Z: the squared amplitude as its trace gives it, which check_z() compares with explicit Dirac matrices and, for
massless leptons, with the literature; partial fractions in s2, quadrature in s1. Needs: mpmath, numpy.
"""

import random
import sys
from pathlib import Path

import numpy
from mpmath import asinh, log, mp, mpf, nstr, pi, quad, sinh, sqrt

from decays import M_E, M_H, M_K, M_MU, M_Z, SW2, V, WINDOW, geometric, kallen

mp.dps = 50
M_PI = mpf(0.13957039)
ELECTRON_LOW, ELECTRON_HIGH = mpf(0.220), mpf(0.230)


def legendre(n):
    nodes, weights = [], []
    for x in numpy.polynomial.legendre.leggauss(n)[0]:
        x = mpf(float(x))
        for _ in range(4):  # Newton's steps
            p = [mpf(1), x]
            for k in range(2, n + 1):
                p.append(((2 * k - 1) * x * p[-1] - (k - 1) * p[-2]) / k)
            slope = n * (x * p[n] - p[n - 1]) / (x * x - 1)
            x -= p[n] / slope
        nodes.append(x)
        weights.append(2 / ((1 - x * x) * slope**2))
    return nodes, weights


LEGENDRE = legendre(40)


def from_end(f, end, other, scale):
    """|Int f| from end to other through s = end +- scale sinh^2 y, in pieces of y at most 2 long."""
    upper = asinh(sqrt(abs(other - end) / scale))
    pieces = int(upper / 2) + 1
    sign, half, total = (1 if other > end else -1), upper / pieces / 2, mpf(0)
    for piece in range(pieces):
        for x, w in zip(*LEGENDRE):
            y = (2 * piece + 1 + x) * half
            total += w * f(end + sign * scale * sinh(y) ** 2) * scale * sinh(2 * y)
    return total * half


def meson(mass, m):
    """Gamma(M -> e nu phi)/Gamma(M -> mu nu) per h^2."""
    if m >= mass - M_E:
        return mpf(0)
    low, high = (m + M_E) ** 2, mass**2

    def integrand(s):
        value = ((high - s) / (high - M_MU**2)) ** 2 * (s + M_E**2 - m**2) * sqrt(abs(kallen(s, M_E**2, m**2)))
        return value / (s * (s - M_MU**2) ** 2)

    return quad(integrand, geometric(low, high, min(4 * M_E * m, low - M_MU**2), high)) / (32 * pi**2)


def kaon_window(m):
    """The part of K -> e nu phi with ELECTRON_LOW < E_e < ELECTRON_HIGH, as a ratio to K -> mu nu per h^2.

    At fixed s = (p_e + p_phi)^2 the electron's direction against that of the neutrino, c, has the density (1 + v c)/2, v its
    velocity in the rest frame of e and phi, and E_e = gamma (E* - u p* c) with the velocity u of that frame.
    """
    low, high = (m + M_E) ** 2, M_K**2
    if (high + M_E**2 - m**2) / (2 * M_K) <= ELECTRON_LOW:
        return mpf(0)

    def frame(s):
        root = sqrt(s)
        energy = (s + M_E**2 - m**2) / (2 * root)
        return energy, sqrt(abs(energy**2 - M_E**2)), (high + s) / (2 * M_K * root), (high - s) / (2 * M_K * root)

    def inside(s):
        energy, p, gamma, gamma_u = frame(s)
        if gamma_u * p == 0:  # at the ends, where the rate vanishes
            return mpf(0)
        cuts = [max(mpf(-1), min(mpf(1), (gamma * energy - e) / (gamma_u * p))) for e in (ELECTRON_HIGH, ELECTRON_LOW)]
        part = [c / 2 + p / energy * c**2 / 4 for c in cuts]
        return part[1] - part[0]

    def integrand(s):
        value = ((high - s) / (high - M_MU**2)) ** 2 * (s + M_E**2 - m**2) * sqrt(abs(kallen(s, M_E**2, m**2)))
        return value / (s * (s - M_MU**2) ** 2) * inside(s)

    # Where an edge of the window meets c = 1 or -1: at fixed E_e the limits of s.
    ends = {low, high}
    for e in (ELECTRON_LOW, ELECTRON_HIGH):
        t = high + M_E**2 - 2 * M_K * e
        if t > m**2:
            middle = m**2 + M_E**2 + (high - t - M_E**2) * (t + m**2) / (2 * t)
            half = (t - m**2) * sqrt(kallen(high, t, M_E**2)) / (2 * t)
            ends |= {middle - half, middle + half}
    ends = sorted(ends)
    total = mpf(0)
    for a, b in zip(ends, ends[1:]):
        if inside((a + b) / 2) > 0:
            total += quad(integrand, geometric(a, b, (b - a) * mpf(10) ** -8, (b - a) * mpf(10) ** -8))
    return total / (32 * pi**2)


LEFT, RIGHT = SW2 - mpf("0.5"), SW2


def z_numerators(s1, s2, m, me=M_E, mm=M_MU, mz=M_Z):
    """N11, N22, N12 of the trace N11/D1^2 + N22/D2^2 + N12/(D1 D2), D1 = s1 - mm^2, D2 = s2 - me^2."""
    e, u, f, z, L, R = me**2, mm**2, m**2, mz**2, LEFT, RIGHT

    def one(s1, s2, e, u, L, R):
        right = (e * u**2 + e * u * z - e * u * s1 - 2 * e * z**2 + 2 * e * z * s1 - f * u**2 - f * u * z + 2 * f * u * s1
                 + 2 * f * z**2 - f * s1**2 + u**2 * s1 + 2 * u * z * s1 - 2 * u * s1**2 - u * s1 * s2 - z * s1**2
                 - 2 * z * s1 * s2 + s1**3 + s1**2 * s2)
        left = u * (e * u + e * z - e * s1 + f * z + u * z - u * s2 + 2 * z**2 - 2 * z * s1 - 2 * z * s2 + s1 * s2)
        return (L**2 * left - R**2 * right) / z + 6 * L * R * u * (e - f + s1)

    def pure(s, m2):
        return -2 * (m2**2 + m2 * z - 2 * m2 * s - 2 * z**2 + z * s + s**2) / z

    mixed = 2 * (e**2 * u - e * f * u - 2 * e * f * z + e * f * s1 + e * u**2 + 7 * e * u * z - e * u * s1 - e * u * s2
                 + 2 * e * z * s2 - e * s1 * s2 + 2 * f**2 * z - 2 * f * u * z + f * u * s2 - 2 * f * z * s1 - 2 * f * z * s2
                 - f * s1 * s2 + 2 * u * z * s1 - u * s1 * s2 + z * s1 * s2 + s1**2 * s2 + s1 * s2**2) / z
    return (one(s1, s2, e, u, L, R), one(s2, s1, u, e, R, L),
            R**2 * e * pure(s1, u) + L**2 * u * pure(s2, e) + L * R * mixed)


def check_z():
    """The trace against explicit Dirac matrices, with leptons heavy enough to be seen."""
    zero, one = numpy.zeros((2, 2)), numpy.eye(2)
    sigma = [numpy.array(x) for x in ([[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]])]
    gamma = [numpy.block([[zero, one], [one, zero]])] + [numpy.block([[zero, s], [-s, zero]]) for s in sigma]
    metric = numpy.diag([1.0, -1, -1, -1])
    five = 1j * gamma[0] @ gamma[1] @ gamma[2] @ gamma[3]
    left, right, unit = (numpy.eye(4) - five) / 2, (numpy.eye(4) + five) / 2, numpy.eye(4)
    slash = lambda p: sum(metric[i, i] * p[i] * gamma[i] for i in range(4))
    bar = lambda x: gamma[0] @ x.conj().T @ gamma[0]
    rng = numpy.random.default_rng(3)
    me, mm, m = 0.7, 1.3, 2.1
    for _ in range(20):
        pe, pm, k = (numpy.concatenate([[numpy.hypot(numpy.linalg.norm(v), x)], v])
                     for v, x in zip(rng.normal(size=(3, 3)), (me, mm, m)))
        z = pe + pm + k
        mz2 = z @ metric @ z
        q1, q2 = pe + k, pm + k
        s1, s2 = q1 @ metric @ q1, q2 @ metric @ q2
        total = 0
        vertex = [g @ (float(LEFT) * left + float(RIGHT) * right) for g in gamma]
        amplitude = [right @ (slash(q1) + mm * unit) / (s1 - mm**2) @ v
                     + v @ (-slash(q2) + me * unit) / (s2 - me**2) @ right for v in vertex]
        for i in range(4):
            for j in range(4):
                polarisation = -metric[i, j] + (metric @ z)[i] * (metric @ z)[j] / mz2
                if polarisation:
                    total += polarisation * numpy.trace(
                        (slash(pe) + me * unit) @ amplitude[i] @ (slash(pm) - mm * unit) @ bar(amplitude[j])).real
        n11, n22, n12 = (float(x) for x in z_numerators(s1, s2, m, me, mm, mz2**0.5))
        value = n11 / (s1 - mm**2) ** 2 + n22 / (s2 - me**2) ** 2 + n12 / ((s1 - mm**2) * (s2 - me**2))
        if abs(value / total - 1) > 1e-9:
            raise ArithmeticError(f"Z: {value} is not the trace {total}")


def z_e_mu_phi(m, least=None):
    """Gamma(Z -> e mu phi)/Gamma(Z -> e e) per h^2, both charges, with m_emu > least."""
    if m >= (M_Z - least if least is not None else M_Z - M_MU - M_E):
        return mpf(0)
    e, u, f, z = M_E**2, M_MU**2, m**2, M_Z**2
    total = z + e + u + f

    def limits(a, ma, mb, mc):
        """Of the mass^2 of the particles with masses^2 ma and mb, at the mass^2 a of those with mb and mc."""
        middle = ma + mb + (z - a - ma) * (a + mb - mc) / (2 * a)
        half = sqrt(abs(kallen(z, a, ma) * kallen(a, mb, mc))) / (2 * a)
        return middle - half, middle + half

    if least is None:
        low, high = (M_E + m) ** 2, (M_Z - M_MU) ** 2
        scales = min(4 * M_E * m, low - u), 4 * M_Z * M_MU
    else:
        cut = least**2  # s1 at fixed m_emu^2 = cut: e and phi
        low, high = limits(cut, f, e, u)
        scales = low * mpf(10) ** -8, low * mpf(10) ** -8

    def inner(s1):
        bottom, top = limits(s1, u, f, e)
        if least is not None:
            top = min(top, total - s1 - cut)
        if top <= bottom:
            return mpf(0)
        d1 = s1 - u
        # Numerator over D1^2 D2^2 as a cubic in x = D2, by interpolation.
        nodes = [bottom - e + (top - bottom) * k / 3 for k in range(4)]
        values = []
        for x in nodes:
            n11, n22, n12 = z_numerators(s1, x + e, m)
            values.append(n11 * x**2 + n22 * d1**2 + n12 * d1 * x)
        divided = list(values)
        for k in range(1, 4):
            for i in range(3, k - 1, -1):
                divided[i] = (divided[i] - divided[i - 1]) / (nodes[i] - nodes[i - k])
        poly = [divided[3]]
        for k in (2, 1, 0):  # Horner's scheme for Newton's form
            shifted = [mpf(0)] + poly
            poly = [a - nodes[k] * b for a, b in zip(shifted, poly + [mpf(0)])]
            poly[0] += divided[k]
        primitive = lambda x: -poly[0] / x + poly[1] * log(x) + poly[2] * x + poly[3] * x**2 / 2
        return (primitive(top - e) - primitive(bottom - e)) / d1**2

    middle = (low + high) / 2
    value = from_end(inner, low, middle, scales[0]) + from_end(inner, high, middle, scales[1])
    return 2 * value / (32 * pi**2 * M_Z**4 * (LEFT**2 + RIGHT**2))


def h_e_mu_phi(m):
    """Gamma(h -> e mu phi)/h_mue^2, both charges, massless leptons [GeV]."""
    if m >= M_H:
        return mpf(0)
    high = (M_H - m) ** 2
    value = quad(lambda s: s * sqrt(abs(kallen(M_H**2, s, m**2))), geometric(mpf(0), high, high, 4 * M_H * m))
    return value / (128 * pi**3 * M_H**3 * V**2)


def psi2(m, m1, m2):
    """Gamma(psi2 -> psi1 e mu)/(h^2 g^2), one charge state, for fermions and scalars."""
    low, high = (M_E + M_MU) ** 2, (m2 - m1) ** 2
    if m2 - m1 <= M_E + M_MU:
        return mpf(0), mpf(0)

    def common(s):
        first = sqrt(abs(kallen(m2**2, m1**2, s))) / (2 * m2) / (8 * pi * m2**2)
        visible = sqrt(abs(kallen(s, M_E**2, M_MU**2))) / (2 * sqrt(s)) / (8 * pi) * (1 - (M_E**2 + M_MU**2) / s)
        return first * sqrt(s) * visible / (s - m**2) ** 2 / pi

    cuts = geometric(low, high, 4 * M_E * M_MU, min(4 * m1 * m2, m**2 - high))
    return quad(lambda s: common(s) * ((m1 + m2) ** 2 - s), cuts), quad(common, cuts)


def masses():
    yield from (0.1055, 0.1056583755, 0.106, 0.108, 0.11, 0.115, 0.12, 0.13, 0.136, 0.139, 0.14, 0.15, 0.16, 0.2, 0.25, 0.317)
    yield from (0.4, 0.45, 0.6, 1.0, 1.5, 3.0, 4.0, 4.9, 7.0, 15.0, 40.0, 60.0, 80.0, 90.0, 91.05, 100.0, 120.0, 125.0, 200.0)
    edge = sqrt(M_K**2 + M_E**2 - 2 * M_K * ELECTRON_LOW)
    kink = sqrt(M_K**2 + M_E**2 - 2 * M_K * ELECTRON_HIGH)
    for threshold in (M_MU - M_E, M_PI - M_E, edge, kink, WINDOW, M_Z - M_MU - M_E, M_H):
        for k in (2, 4, 7, 10):
            for sign in (1, -1):
                yield float(threshold * (1 + sign * mpf(10) ** -k))


def psi2_points():
    rng = random.Random(11)
    for _ in range(24):
        m1 = 10 ** rng.uniform(-2, 1)
        split = 10 ** rng.uniform(-0.95, 1)
        yield (m1 + split) * rng.uniform(1, 3), m1, m1 + split
    threshold = float(M_E + M_MU)
    for m1 in (1e-4, 0.05, 1.0, 50.0):
        for excess in (1e-2, 1e-5, 1e-8):
            yield 3 * m1 + 1, m1, m1 + threshold * (1 + excess)
        for above in (1e-2, 1e-5, 1e-9):  # phi nearly on shell
            yield (m1 + 0.5) * (1 + above) - m1, m1, m1 + 0.5
    yield 0.3, 0.1, 0.15  # closed


def single(m):
    exact = mpf(m)
    nan = mpf("nan")
    above = exact > M_MU - M_E
    return (meson(M_PI, exact) if above else nan, kaon_window(exact) if above else nan,
            z_e_mu_phi(exact) if above else nan, z_e_mu_phi(exact, M_Z - WINDOW) if above else nan, h_e_mu_phi(exact))


def write(path, comment, header, rows):
    with open(path, "w") as table:
        table.write(f"# Made by Tests/ReferenceData/rare_decays.py: {comment}\n{header}\n")
        for inputs, values in rows:
            table.write(",".join(map(repr, inputs)) + "," + ",".join(nstr(v, 20) for v in values) + "\n")


if __name__ == "__main__":
    check_z()
    folder = Path(sys.argv[1])
    write(folder / "rare_decays.csv", "per squared coupling, masses of all leptons kept (not for h); in GeV, read as doubles.",
          "m_phi,ratio_pi_e_nu_phi,ratio_k_e_nu_phi_accepted,ratio_z_e_mu_phi,ratio_z_e_mu_phi_accepted,width_h_e_mu_phi",
          (((m,), single(m)) for m in sorted(set(masses()))))
    write(folder / "psi2_decays.csv", "Gamma(psi2 -> psi1 e mu)/(h^2 g^2); masses in GeV, read as doubles.",
          "m_phi,m_psi,m_psi2,fermions,scalars", ((p, psi2(*map(mpf, p))) for p in psi2_points()))
