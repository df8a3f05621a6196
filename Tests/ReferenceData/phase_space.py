"""The Boltzmann equation of f(p, t) for dark matter (fermions, equal masses, annihilation to e mu) without an assumption on its shape.

    python phase_space.py DEGREES_OF_FREEDOM_DIRECTORY

prints Omega h^2 without self-scattering, with one of a relaxation time 1/nu (towards Maxwell-Boltzmann of the same number and energy)
at the rate of equilibrium_rates.py, and with nu = 1e7 H, where it has to be that of kinetic_decoupling.py. Needs: numpy, scipy.

f lives on Gauss-Legendre nodes in the comoving momentum. Scattering is the full collision operator of section Scattering on the plasma
of docs/kinetic-decoupling.md (integral over |q| per pair of energies; detailed balance exact), annihilation the full double integral.
Implicit steps of second order (SDIRK2) with Newton's method for all momenta at once, extrapolated from 20 and 40 steps per
e-fold: 3e-3 at the benchmark, 1e-2 where Omega h^2 is small.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.interpolate import PchipInterpolator

from equilibrium_rates import t_channel, thermal
from kinetic_decoupling import Cosmology
from relic_density import M_E, M_MU, RHO_C, S_0, panels_above, width
from scattering import REST, strength


class PhaseSpace:
    def __init__(self, m_phi, m, h, g, cosmology, nodes=32, first_x=9.0):
        self.m_phi, self.m, self.gh2, self.cosmology = m_phi, m, (g * h) ** 2, cosmology
        self.gamma = width("fermion", m_phi, m, m, h, g)
        x, w = np.polynomial.legendre.leggauss(nodes)
        self.scale = self.temperature_scale(m / first_x)
        largest = 1.15 * np.sqrt((m + 34 * m / first_x) ** 2 - m * m)  # e^-34 of f at the start
        self.comoving, self.steps = largest * (1 + x) / 2, largest * w / 2
        self.first_x = first_x
        t = m / 20
        self.self_rate = 2 * thermal(m, t, m_phi, self.gamma, t_channel(m, m_phi, g)) + thermal(
            m, t, m_phi, self.gamma, lambda s: g**4 * (s - 4 * m * m) ** 2 / ((s - m_phi**2) ** 2 + (m_phi * self.gamma) ** 2))
        near = np.geomspace(1e-2 * self.gamma, 60 * m_phi, 150)
        edges = np.concatenate([2 * m * (1 + np.geomspace(1e-6, 60, 300)), m_phi + near, m_phi - near])
        edges = np.unique(np.concatenate([[2 * m], edges[edges > 2 * m]]))
        e, weight = panels_above(2 * m, edges)
        s = e * e
        matrix = self.gh2 * (s - 4 * m * m) * (s - M_E**2 - M_MU**2) / 2 / ((s - m_phi**2) ** 2 + (m_phi * self.gamma) ** 2)
        momentum = np.sqrt(np.maximum((s - (M_MU + M_E) ** 2) * (s - (M_MU - M_E) ** 2), 0)) / (2 * e)
        parts = (weight * 2 * e * momentum * matrix / (16 * np.pi * e)).reshape(len(edges) - 1, -1).sum(1)
        self.integral = PchipInterpolator(edges**2, np.concatenate([[0], np.cumsum(parts)]))

    def temperature_scale(self, t):
        return self.cosmology(t)[0] ** (1 / 3)

    def operators(self, log_x):
        """Energies, weights of n, rates of scattering i -> j per f_i, of annihilation of i and j per f_i f_j, per unit of ln x; f_eq."""
        t = self.m / np.exp(log_x)
        entropy, time, _ = self.cosmology(t)
        pace = time / entropy  # theta/H
        ratio = self.temperature_scale(t) / self.scale
        p, dp = self.comoving * ratio, self.steps * ratio
        e = np.sqrt(p * p + self.m**2)
        weight, de = p * p * dp / np.pi**2, p * dp / e
        low, high = abs(p[:, None] - p), p[:, None] + p
        x, w = np.polynomial.legendre.leggauss(16)
        q0 = e[None, :] - e[:, None]
        total = 0
        # q from |p - p'| to p + p': nodes closer to the lower end
        for node, part in zip((1 + x) / 2, w / 2):
            q = low + (high - low) * node**2
            tau = np.maximum(q * q - q0 * q0, 1e-12 * self.m**2)
            a = (REST - tau) / 2
            least = (-a * q0 + q * np.sqrt(a * a + tau * M_MU**2)) / tau
            total = total + part * 2 * node * (high - low) * strength("fermion", tau, self.m_phi, self.m, self.m) * np.exp(-np.minimum(least / t, 700))
        muons = self.gh2 * t / (256 * np.pi**5) * total
        scattering = (muons + muons.T * np.exp(-np.clip(q0, -1e9, 700 * t) / t)) * de[:, None] * de * pace
        s_mean = 2 * self.m**2 + 2 * e[:, None] * e
        s_low, s_high = (np.maximum(s_mean + sign * 2 * p[:, None] * p, 4 * self.m**2) for sign in (-1, 1))
        annihilation = (self.integral(s_high) - self.integral(s_low)) / (4 * np.pi**4)
        return e, weight, scattering, annihilation * de[:, None] * de * pace, np.exp(-(e - self.m) / t) * np.exp(-self.m / t), pace

    def maxwell(self, f, e, weight):
        """A e^(-E/T_psi) with the same number and energy on the nodes, and its derivative."""
        n, mean = (weight * f).sum(), (weight * e * f).sum() / (weight * f).sum()
        beta = 1.5 / (mean - self.m)
        for _ in range(60):
            shape = weight * np.exp(-beta * (e - self.m))
            found = (shape * e).sum() / shape.sum()
            spread = (shape * e * e).sum() / shape.sum() - found**2
            beta += (found - mean) / spread
            if abs(found - mean) < 1e-13 * mean:
                break
        shape = np.exp(-beta * (e - self.m))
        shape *= n / (weight * shape).sum()
        return shape, (shape[:, None] / n) * weight * (1 + (e[:, None] - mean) * (e - mean) / spread)

    def rate(self, f, operators, nu):
        e, weight, scattering, annihilation, equilibrium, pace = operators
        lost = scattering.sum(1)
        change = scattering.T @ f - lost * f - f * (annihilation @ f) + equilibrium * (annihilation @ equilibrium)
        slope = scattering.T - np.diag(lost + annihilation @ f) - f[:, None] * annihilation
        change, slope = change / weight, slope / weight[:, None]
        if nu is not None:
            shape, derivative = self.maxwell(f, e, weight)
            strength_ = nu if nu > 0 else pace * self.self_rate * (weight * f).sum()
            change = change + strength_ * (shape - f)
            slope = slope + strength_ * (derivative - np.eye(len(f)))
        return change, slope

    def solve(self, nu, per_e_fold=60, last_x=2e3):
        early, late = np.log(self.first_x), np.log(60.0)
        logs = np.concatenate([np.linspace(early, late, int(per_e_fold * (late - early))),
                               np.linspace(late, np.log(last_x), int(per_e_fold / 3 * (np.log(last_x) - late)))[1:]])
        f = self.operators(logs[0])[4]
        gamma = 1 - np.sqrt(0.5)
        for start, end in zip(logs, logs[1:]):
            step = end - start
            first = None
            for at, known in ((start + gamma * step, 0), (end, 1)):
                operators = self.operators(at)
                base = f + (step * (1 - gamma) * first if known else 0)
                value = f.copy()
                for _ in range(8):
                    change, slope = self.rate(value, operators, nu)
                    scale = np.abs(value) + 1e-300
                    matrix = (np.eye(len(f)) - gamma * step * slope) * scale[None, :] / scale[:, None]
                    correction = scale * np.linalg.solve(matrix, (base + gamma * step * change - value) / scale)
                    value = value + correction
                    if np.abs(correction).max() < 1e-9 * np.abs(value).max():
                        break
                if not known:
                    first = (value - base) / (gamma * step)
            f = value
        operators = self.operators(logs[-1])
        return 4 * self.m * S_0 / RHO_C * (operators[1] * f).sum() / self.cosmology(self.m / last_x)[0]


if __name__ == "__main__":
    cosmology = Cosmology(Path(sys.argv[1]) / "dof_dhs.csv")
    print("m_phi,m_psi,h,g,omega_no_self_scattering,omega_self_scattering,omega_maxwell_boltzmann,error")
    for point in ((0.317, 0.10566, 3.3e-3, 0.08), (0.25, 0.0833, 2.5e-3, 0.3), (0.6, 0.2, 6e-3, 0.3), (0.9, 0.3, 1.2e-2, 0.5),
                  (0.3212, 0.070981, 0.0027292, 0.40536), (0.43551, 0.15923, 0.0032695, 0.74878), (0.2, 0.13, 0.0065897, 0.7186)):
        solver = PhaseSpace(*point, cosmology)
        steps = [[solver.solve(nu, n) for nu in (None, 0, 1e7)] for n in (20, 40)]
        found = [(4 * fine - coarse) / 3 for coarse, fine in zip(*steps)]
        print(",".join([*map(repr, point), *(f"{v:.5e}" for v in found), f"{abs(steps[1][2] / found[2] - 1):.1e}"]), flush=True)
