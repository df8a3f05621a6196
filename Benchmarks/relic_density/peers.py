"""Peers of the relic-density kernels, e-mu channel, fermions, m_psi2 = m_psi: SciPy point by point, and NumPy on arrays."""

import numpy as np
from scipy.integrate import solve_ivp
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.special import kve

M_E, M_MU = 0.51099895069e-3, 0.1056583755
M_PL, S_0, RHO_C = 1.220890e19, 2891.2, 1.05371e-5
LAST_X = 2e4


def momentum_squared(s, a, b):
    return (s - (a + b) ** 2) * (s - (a - b) ** 2)


def width(m, m_psi, h, g):
    p = np.sqrt(np.maximum(momentum_squared(m * m, m_psi, m_psi), 0)) / (2 * m)
    p_e = np.sqrt(momentum_squared(m * m, M_E, M_MU)) / (2 * m)
    invisible = g * g * p / (4 * np.pi) * np.maximum(1 - 4 * m_psi**2 / m**2, 0)
    return invisible + h * h * p_e / (8 * np.pi) * (1 - (M_E**2 + M_MU**2) / m**2)


def strength(e, m, m_psi, h, g, gamma):
    """sqrt(s) p^2 sigma ds/dsqrt(s) at sqrt(s) = e."""
    s = e * e
    spin = np.maximum(s - 4 * m_psi**2, 0)
    matrix = g**2 * h**2 * spin * (s - M_E**2 - M_MU**2) / (2 * ((s - m * m) ** 2 + (m * gamma) ** 2))
    momenta = np.sqrt(np.maximum(momentum_squared(s, m_psi, m_psi) * momentum_squared(s, M_E, M_MU), 0)) / (4 * s)
    return 2 * s * momenta * matrix / (16 * np.pi * s)


class Freedom:
    def __init__(self, path):
        t, h, g = np.loadtxt(path, delimiter=",", skiprows=2).T
        self.range = np.log(t[0]), np.log(t[-1])
        entropy = PchipInterpolator(np.log(t), h)
        energy = PchipInterpolator(np.log(t), g)
        logs = np.linspace(*self.range, 6000)
        root = entropy(logs) / np.sqrt(energy(logs)) * (1 + entropy(logs, 1) / entropy(logs) / 3)
        self.table = logs, entropy(logs), root

    def __call__(self, t):
        """h_eff, g_*^(1/2)."""
        log_t = np.log(t)
        return np.interp(log_t, self.table[0], self.table[1]), np.interp(log_t, self.table[0], self.table[2])


NODES, WEIGHTS = np.polynomial.legendre.leggauss(8)


def panels(edges):
    middle, half = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    return (middle[:, None] + half[:, None] * NODES).ravel(), (half[:, None] * WEIGHTS).ravel()


def equilibrium(m_psi, x, h_eff):
    return 4 * 45 / (4 * np.pi**4) * 2 * x * x * kve(2, x) * np.exp(-x) / h_eff


def scipy_density(m, m_psi, h, g, freedom):
    """One point: Gauss-Legendre panels that close in on threshold and resonance, a spline in temperature, Radau."""
    gamma, threshold = width(m, m_psi, h, g), max(2 * m_psi, M_E + M_MU)
    edges = threshold * (1 + np.concatenate([[0], np.geomspace(1e-6, 30, 34)]))
    if m > threshold:
        near = gamma * np.geomspace(0.3, max(1.0, 0.5 * (m - threshold) / gamma), 20)
        edges = np.concatenate([edges, [m], m + near, m - near])
    u, w = panels(np.sqrt(np.unique(edges[edges >= threshold]) - threshold))  # sqrt: flattens the threshold
    e = threshold + u * u
    weighted = strength(e, m, m_psi, h, g, gamma) * w * 2 * u

    x = np.concatenate([np.geomspace(1, 100, 90), np.geomspace(100, LAST_X, 30)[1:]])
    t = m_psi / x
    bessel = kve(1, e / t[:, None]) * np.exp(-(e - 2 * m_psi) / t[:, None])
    average = (bessel @ weighted) / (2 * t * (2 * m_psi**2 * kve(2, x)) ** 2)
    h_eff, root = freedom(t)
    log_average = CubicSpline(np.log(x), np.log(average + 1e-300))

    def rate(l):
        t = m_psi / np.exp(l)
        return np.sqrt(np.pi / 45) * M_PL * t * freedom(t)[1] * np.exp(log_average(l))

    def log_equilibrium(l):
        x = np.exp(l)
        return np.log(equilibrium(m_psi, x, freedom(m_psi / x)[0]))

    def slope(l, y):
        return -rate(l) * (np.exp(y) - np.exp(2 * log_equilibrium(l) - y))

    def jacobian(l, y):
        return (-rate(l) * (np.exp(y) + np.exp(2 * log_equilibrium(l) - y))).reshape(1, 1)

    late = np.log(100.0)
    y = solve_ivp(slope, (0, late), [log_equilibrium(0.0)], method="Radau", jac=jacobian, rtol=1e-4, atol=1e-5).y[0, -1]
    l, w = panels(np.linspace(late, np.log(LAST_X), 12))
    return m_psi * S_0 / RHO_C / (np.exp(-y) + (w * rate(l)).sum())


class ArraySolver:
    """Many points at once: trapezoidal sums over ln v minus the residue of the resonance (docs/relic-density.md), one
    matrix product for all temperatures, and exact steps of the Boltzmann equation."""

    def __init__(self, freedom):
        self.freedom = freedom
        self.step = np.log(2) / 2
        self.v = 3e-10 * np.exp(self.step * np.arange(80))
        tau = np.linspace(0, 1, 601)
        knots = np.linspace(np.log(2), np.log(2 * LAST_X), 4001)
        density = 20 + np.exp(knots) / 0.6 / (1 + (np.exp(knots) / 90) ** 4) ** 1.25
        total = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2 * np.diff(knots))])
        self.z = np.exp(np.interp(tau * total[-1], total, knots))
        self.log_z = np.log(self.z)
        self.bessel = self.step * kve(1, np.outer(1 + self.v, self.z)) * np.exp(-np.outer(self.v, self.z))

    def averages(self, m, m_psi, h, g):
        """<sigma_eff v> for points x temperatures."""
        e_min = np.maximum(2 * m_psi, M_E + M_MU)
        gamma = width(m, m_psi, h, g)
        e = e_min[:, None] * (1 + self.v)
        column = [a[:, None] for a in (m, m_psi, h, g, gamma)]
        integral = (strength(e, *column) * self.v * e_min[:, None]) @ self.bessel
        pole = np.sqrt(m * m + 1j * m * gamma) / e_min - 1
        rows = np.flatnonzero(pole.real > 0)
        if len(rows):
            integral[rows] -= self.correction(m[rows], m_psi[rows], h[rows], g[rows], gamma[rows], e_min[rows], pole[rows])
        x = np.outer(m_psi / e_min, self.z)
        t = e_min[:, None] / self.z
        shift = np.exp(-(e_min - 2 * m_psi)[:, None] / t)
        return integral * shift / (2 * t * (2 * m_psi[:, None] ** 2 * kve(2, x)) ** 2)

    def correction(self, m, m_psi, h, g, gamma, e_min, v):
        s = (e_min * (1 + v)) ** 2
        momenta = np.sqrt(s - 4 * m_psi**2) * np.sqrt(s) * np.sqrt(s - (M_E + M_MU) ** 2) * np.sqrt(s - (M_MU - M_E) ** 2)
        top = g**2 * h**2 * (s - 4 * m_psi**2) * (s - M_E**2 - M_MU**2) * momenta / (64 * np.pi * s)
        residue = top / (2 * np.sqrt(s)) / (2j * m * gamma)
        angle = -2j * np.pi * np.log(v / self.v[0]) / self.step
        factor = 2 * 2j * np.pi * residue / (np.exp(np.minimum(angle.real, 300) + 1j * angle.imag) - 1)
        result = np.zeros((len(m), len(self.z)))
        reach = v.real[:, None] * self.z < 40
        row, column = np.nonzero(reach)
        bessel = kve(1, (1 + v[row]) * self.z[column]) * np.exp(-v[row].real * self.z[column])
        result[row, column] = (factor[row] * bessel * np.exp(-1j * v[row].imag * self.z[column])).real
        return result

    def densities(self, m, m_psi, h, g):
        average = self.averages(m, m_psi, h, g)
        e_min = np.maximum(2 * m_psi, M_E + M_MU)[:, None]
        t, x = e_min / self.z, m_psi[:, None] / e_min * self.z
        h_eff, root = self.freedom(t)
        rate = np.sqrt(np.pi / 45) * M_PL * t * root * average
        equal = equilibrium(m_psi, x, h_eff)
        results = [self.march(rate[:, ::n], equal[:, ::n], self.log_z[::n]) for n in (1, 2)]
        inverse = (4 / results[0] - 1 / results[1]) / 3
        return m_psi * S_0 / RHO_C / inverse

    @staticmethod
    def march(rate, equal, log_z):
        """dY/dl = -L (Y^2 - Y_eq^2), exactly over each interval at its mean L and Y_eq: symmetric in time, second order."""
        y = equal[:, 0]
        for k in range(len(log_z) - 1):
            mean = np.sqrt(equal[:, k] * equal[:, k + 1]) + 1e-150
            tanh = np.tanh(0.5 * (rate[:, k] + rate[:, k + 1]) * mean * (log_z[k + 1] - log_z[k]))
            y = mean * (y + mean * tanh) / (mean + y * tanh)
        return y
