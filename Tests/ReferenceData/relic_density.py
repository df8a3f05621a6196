"""Relic densities by adaptive means that share nothing with the kernels: Gauss-Legendre panels refined towards the
thresholds and the resonance for the thermal average, a stiff ODE solver (Radau, rtol 1e-9) in ln Y for the Boltzmann
equation, SciPy's Bessel functions and PCHIP, numerical t-integrals for phi phi*.

    python relic_density.py DEGREES_OF_FREEDOM_DIRECTORY OUTPUT_DIRECTORY

writes relic_density.csv (annihilation to e mu only), relic_random.csv, relic_threshold.csv and relic_unequal.csv (all channels),
accurate to about 1e-6. Needs: numpy, scipy. Takes a quarter of an hour.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.special import kve as scipy_kve

M_E, M_MU = 0.51099895069e-3, 0.1056583755
M_PL, S_0, RHO_C = 1.220890e19, 2891.2, 1.05371e-5
NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)


def kve(n, z):
    z = np.asarray(z, float)
    mu, w = 4 * n * n, np.maximum(z, 1e4)
    far = np.sqrt(np.pi / 2 / w) * (1 + (mu - 1) / 8 / w * (1 + (mu - 9) / 16 / w))
    return np.where(z < 1e4, scipy_kve(n, np.minimum(z, 1e4)), far)


class DegreesOfFreedom:
    def __init__(self, path):
        data = np.loadtxt(path, delimiter=",", skiprows=2)
        self.logs = np.log(data[:, 0])
        self.h, self.g = (PchipInterpolator(self.logs, data[:, i]) for i in (1, 2))
        self.slope = self.h.derivative()

    def __call__(self, temperature):
        log = np.clip(np.log(temperature), self.logs[0], self.logs[-1])
        h = self.h(log)
        return h, h / np.sqrt(self.g(log)) * (1 + self.slope(log) / h / 3)


def kallen(e, a, b):
    return (e - a - b) * (e + a + b) * (e - a + b) * (e + a - b)


def width(kind, m, m1, m2, h, g):
    p = np.sqrt(max(kallen(m, m1, m2), 0)) / (2 * m) if m > m1 + m2 else 0
    p_e = np.sqrt(max(kallen(m, M_E, M_MU), 0)) / (2 * m) if m > M_E + M_MU else 0
    visible = h * h * p_e / (8 * np.pi) * (1 - (M_E**2 + M_MU**2) / m**2)
    invisible = p / (4 * np.pi) * (1 - (m1 + m2) ** 2 / m**2) if kind == "fermion" else p / (8 * np.pi * m * m)
    return visible + g * g * invisible


def panels(edges):
    middle, half = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    return (middle[:, None] + half[:, None] * NODES).ravel(), (half[:, None] * WEIGHTS).ravel()


def panels_above(threshold, edges):
    """Nodes and weights in energy, after the substitution E = threshold + q^2."""
    q, w = panels(np.sqrt(edges - threshold))
    return threshold + q * q, 2 * q * w


class Annihilation:
    """sqrt(s) p^2 sigma ds summed over channels, tabulated on a refined mesh of energies."""

    def __init__(self, kind, m, m1, m2, h, g, leptons_only=False):
        self.m1, self.m2 = min(m1, m2), max(m1, m2)
        channels = [self.leptons(kind, m, m1, m2, h, g)]
        if not leptons_only:
            channels += [self.pairs(kind, m, m1, m2, g), self.pairs(kind, m, m2, m1, g)]
        self.energy, self.strength = map(np.concatenate, zip(*channels))

    def leptons(self, kind, m, m1, m2, h, g):
        gamma, threshold = width(kind, m, m1, m2, h, g), max(m1 + m2, M_E + M_MU)
        edges = threshold * (1 + np.geomspace(1e-13, 60, 140))
        if m > threshold:
            near = np.concatenate([[0], np.geomspace(1e-3 * min(gamma / 2, 1e-2 * m), 60 * m, 160)])
            edges = np.concatenate([edges, m + near, m - near[near < m - threshold]])
        e, w = panels_above(threshold, np.unique(np.concatenate([[threshold], edges[edges > threshold]])))
        s = e * e
        spin = (e - m1 - m2) * (e + m1 + m2) if kind == "fermion" else 2
        propagator = ((e - m) * (e + m)) ** 2 + (m * gamma) ** 2
        matrix = g * g * h * h * spin * (s - M_E**2 - M_MU**2) / (2 * propagator)
        momenta = np.sqrt(np.abs(kallen(e, m1, m2) * kallen(e, M_E, M_MU))) / (4 * s)
        return e, w * 2 * s * momenta * matrix / (16 * np.pi * s)

    def pairs(self, kind, m, m_a, m_b, g):
        threshold = 2 * max(m_a, m)
        e, w = panels_above(threshold, threshold * np.concatenate([[1], 1 + np.geomspace(1e-13, 60, 140)]))
        s = (e * e)[:, None]
        pk = np.sqrt(np.maximum((e - 2 * m_a) * (e + 2 * m_a) * (e - 2 * m) * (e + 2 * m), 0))[:, None] / 4
        x, wx = np.polynomial.legendre.leggauss(200)
        middle = m_b**2 - (m_a**2 + m**2 - s / 2)
        low, high = np.log(middle - 2 * pk), np.log(middle + 2 * pk)
        u = np.exp((low + high) / 2 + (high - low) / 2 * x)  # m_b^2 - t
        t, a = m_b**2 - u, m_a + m_b
        p1p2, p1k1 = s / 2 - m_a**2, (m_a**2 + m**2 - t) / 2
        p2k1 = s / 2 - p1k1
        if kind == "fermion":
            matrix = g**4 / 4 * (4 * a * a * (p1p2 - m_a**2) - 8 * a * m_a * (p2k1 - p1k1)
                                 + 4 * (2 * p1k1 * p2k1 - m * m * p1p2) - 4 * m_a**2 * m * m)
        else:
            matrix = g**4
        integral = (matrix / u * wx * (high - low) / 2).sum(1)
        return e, 0.5 * w * integral / (32 * np.pi)

    def average(self, x):
        t = self.m1 / x
        fall = np.exp(-np.maximum((self.energy - 2 * self.m1) / t, -600))
        weight = self.m1**2 * kve(2, x) + self.m2**2 * kve(2, self.m2 / t) * np.exp(-(self.m2 - self.m1) / t)
        return (self.strength * kve(1, self.energy / t) * fall).sum() / (2 * t * weight**2)


def relic_density(kind, m, m1, m2, h, g, freedom, last_x=1e9, first_x=1.0, leptons_only=False):
    """Omega h^2 for annihilation from Y_eq at first_x to x = 2e4 and to last_x (1e9: to T = 0), <sigma_eff v> at x = 20."""
    a = Annihilation(kind, m, m1, m2, h, g, leptons_only)
    m1, m2 = a.m1, a.m2
    log_x = np.concatenate([np.linspace(np.log(first_x), np.log(2e3), 1000), np.linspace(np.log(2e3), np.log(1e9), 350)[1:]])
    log_average = CubicSpline(log_x, np.log([a.average(x) + 1e-300 for x in np.exp(log_x)]))

    def rate(l):
        t = m1 / np.exp(l)
        return np.sqrt(np.pi / 45) * M_PL * t * freedom(t)[1] * np.exp(log_average(l))

    def log_equilibrium(l):
        x = np.exp(l)
        t = m1 / x
        n = m1**2 * kve(2, x) + m2**2 * kve(2, m2 / t) * np.exp(-(m2 - m1) / t)
        degrees = 4 if kind == "fermion" else 2
        return np.log(degrees * n * t / (2 * np.pi**2) / (2 * np.pi**2 / 45 * freedom(t)[0] * t**3)) - x

    def slope(l, y):
        return -rate(l) * (np.exp(y) - np.exp(2 * log_equilibrium(l) - y))

    def jacobian(l, y):
        return (-rate(l) * (np.exp(y) + np.exp(2 * log_equilibrium(l) - y))).reshape(1, 1)

    early, late = np.log(first_x), np.log(300.0)
    solution = solve_ivp(slope, (early, late), [log_equilibrium(early)], method="Radau", jac=jacobian, rtol=1e-9, atol=1e-10)

    def tail(start, end):
        l, w = panels(np.linspace(start, end, 600))
        return (w * rate(l)).sum()

    inverse = np.exp(-solution.y[0, -1])
    until = [inverse + tail(late, np.log(2e4)), inverse + tail(late, np.log(last_x))]
    return [m1 * S_0 / RHO_C / y for y in until] + [a.average(20.0)]


# Fermions along m_psi = m_phi/3, around the resonance, unequal masses; scalars.
LEPTON_POINTS = [
    ("fermion", 0.25, 0.08333333333, 0.08333333333, 0.002602727883, 0.08),
    ("fermion", 0.316975, 0.1056583333, 0.1056583333, 0.003299998683, 0.08),
    ("fermion", 0.5, 0.1666666667, 0.1666666667, 0.005205455766, 0.08),
    ("fermion", 1, 0.3333333333, 0.3333333333, 0.01041091153, 0.08),
    ("fermion", 3, 1, 1, 0.0312327346, 0.08),
    ("fermion", 8, 2.666666667, 2.666666667, 0.08328729226, 0.08),
    ("fermion", 1, 0.3, 0.3, 0.0103, 0.1),
    ("fermion", 1, 0.4, 0.4, 0.0103, 0.1),
    ("fermion", 1, 0.45, 0.45, 0.0103, 0.1),
    ("fermion", 1, 0.49, 0.49, 0.0103, 0.1),
    ("fermion", 1, 0.6, 0.6, 0.0103, 0.1),
    ("fermion", 1, 0.9, 0.9, 0.0103, 0.1),
    ("fermion", 0.317, 0.1, 0.11, 0.0033, 0.3),
    ("fermion", 1, 0.3, 0.36, 0.01, 0.3),
    ("fermion", 0.11, 0.05, 0.05, 0.001, 0.3),
    ("fermion", 1, 0.45, 0.45, 0.01, 0.02),
    ("scalar", 1, 0.3333333333, 0.3333333333, 0.01, 0.02),
    ("scalar", 0.317, 0.12, 0.12, 0.003, 0.005),
    ("scalar", 3, 1, 1.2, 0.03, 0.05),
    ("scalar", 5.439, 3.780649, 3.780649, 0.004049, 0.29999),
    ("scalar", 0.6541, 0.238354, 0.238354, 0.002647, 0.033392),
    ("fermion", 2.2451, 0.696206, 0.696206, 0.012438, 0.378971),
    ("fermion", 2.9025, 1.608856, 1.769741, 0.009133, 0.055638),
    ("scalar", 1.735, 0.618007, 0.618007, 0.00138, 0.111799),
]


def points():
    """Far below, at, just above and far above the resonance; widths from 1e-9 to 0.3 m_phi; forbidden; unequal masses."""
    rng = np.random.default_rng(77)
    ratios = [0.52, 0.9, 0.35, 0.49, 0.7, 1.1, 0.495, 0.2, 0.45]
    for i in range(27):
        kind = ["fermion", "scalar"][i % 2]
        m = np.exp(rng.uniform(np.log(0.106), np.log(10)))
        m1 = m * ratios[i % 9] * rng.uniform(0.97, 1.0)
        m2 = m1 * (1 if i % 3 else rng.uniform(1, 1.5))
        yield kind, m, m1, m2, 10 ** rng.uniform(-4.5, -1), 10 ** rng.uniform(-2, 0) * (1 if kind == "fermion" else m)
    yield "fermion", 1.0, 0.4999, 0.4999, 1e-4, 1e-2  # width/m_phi 2e-10
    yield "fermion", 1.0, 0.40, 0.40, 2e-4, 3e-4      # 2e-9
    yield "scalar", 2.0, 0.9, 0.9, 1e-4, 1e-3         # 3e-9
    yield "fermion", 0.5, 0.15, 0.15, 3e-3, 3.0       # 0.2
    yield "scalar", 0.3, 0.06, 0.06, 1e-3, 0.9        # 0.15
    yield "fermion", 0.3, 0.02, 0.02, 0.5, 0.5        # forbidden


def threshold_points():
    """The resonance at the threshold, a little above and a little below it; where phi phi* is rare and decisive."""
    for kind in ["fermion", "scalar"]:
        for ratio in [0.5, 0.4999999, 0.499999999, 0.49999, 0.50000001, 0.500001]:
            for h in [1e-4, 1e-2]:
                yield kind, 1.0, ratio, ratio, h, 0.1
        yield kind, 1.0, 0.4, 0.6, 1e-3, 0.1
        yield kind, 200.0, 99.9999, 99.9999, 1e-3, 0.01 * (1 if kind == "fermion" else 200)
        yield kind, 0.10617, 0.05308, 0.05308, 1e-3, 0.01 * (1 if kind == "fermion" else 0.1)
        yield kind, 1.0, 0.45, 0.45, 1e-5, 1e-5    # width/m_phi 5e-12
        yield kind, 1.0, 0.2999, 0.2999, 1e-7, 3.5
        yield kind, 1.0, 0.22, 0.22, 1e-8, 2.0


def unequal_points():
    """psi2 far heavier than psi1, so that m_1/T and (m_1 + m_2)/2T differ; narrow resonances far above T at x = 20."""
    for m, m1, m2 in [(1.0, 1.5, 4.4), (1.0, 1.5, 3.0), (1.0, 1.05, 3.1), (1.0, 0.4, 0.44)]:
        yield "scalar", m, m1, m2, 1e-3, 1.0
        yield "fermion", m, m1, m2, 1e-3, 1.0
    for kind in ["fermion", "scalar"]:
        yield kind, 3.0, 0.746, 0.746, 1e-5, 1e-5
        yield kind, 3.0, 0.74, 0.74, 1e-5, 3e-5
        yield kind, 3.0, 0.6, 0.8, 3e-5, 3e-5


def write(path, about, column, points, degrees, last_x):
    with open(path, "w") as table:
        table.write(f"# Made by Tests/ReferenceData/relic_density.py: all channels; {about}, <sigma_eff v> at x = 20 in GeV^-2\n")
        table.write(f"kind,m_phi,m_1,m_2,h,g,omega_h2_x2e4,{column},sigmav_eff_x20\n")
        for point in points:
            values = [float(v) for v in point[1:]]
            row = values + [float(v) for v in relic_density(point[0], *values, degrees, last_x)]
            table.write(",".join([point[0]] + [repr(v) for v in row[:5]] + [f"{v:.9e}" for v in row[5:]]) + "\n")
            table.flush()


def write_lepton_channel(path, degrees):
    with open(path, "w") as table:
        table.write("# Made by Tests/ReferenceData/relic_density.py: annihilation to e mu only, to x = 2e4; widths in GeV, <sigma_eff v> at "
                    "x = 20 in GeV^-2; g in GeV for scalars\n")
        table.write("kind,m_phi,m_1,m_2,h,g,gamma_phi,sigmav_eff_x20_GeV-2,omega_h2\n")
        for point in LEPTON_POINTS:
            omega, _, average = relic_density(*point, degrees, leptons_only=True)
            values = ",".join(repr(float(v)) for v in point[1:])
            table.write(f"{point[0]},{values},{width(*point):.9e},{average:.9e},{omega:.9e}\n")
            table.flush()


if __name__ == "__main__":
    degrees = DegreesOfFreedom(Path(sys.argv[1]) / "dof_dhs.csv")
    folder = Path(sys.argv[2])
    write_lepton_channel(folder / "relic_density.csv", degrees)
    write(folder / "relic_random.csv", "Omega h^2 with annihilation to x = 2e4 and to T = 0", "omega_h2", points(),
          degrees, 1e9)
    write(folder / "relic_threshold.csv", "Omega h^2 with annihilation to x = 2e4 and to x = 1e7", "omega_h2_x1e7",
          threshold_points(), degrees, 1e7)
    write(folder / "relic_unequal.csv", "Omega h^2 with annihilation to x = 2e4 and to T = 0", "omega_h2", unequal_points(),
          degrees, 1e9)
