"""Relic density with coupled equations for the density and the temperature of dark matter, by means that share nothing with
the kernels: thermal averages of relic_density.py, scattering of scattering.py, SciPy's Radau with tight tolerances for
(ln Y, ln T_psi/T).

    python kinetic_decoupling.py DEGREES_OF_FREEDOM_DIRECTORY OUTPUT_DIRECTORY

writes kinetic_decoupling.csv. Needs: numpy, scipy. Takes ten minutes. The error columns are the relative difference to coarser tables and
a ten times larger tolerance.

N counts all species, their shape is Maxwell-Boltzmann at T_psi (also that of psi1 against psi2), x = m_1/T, <E> and c = d<E>/dT
are means of all species, theta = 1 + (1/3) dln h_eff/dln T:

    dN/dt + 3 H N = -s(T_psi) N^2 + s(T) N_eq^2,                                       s = <sigma_eff v>, s' = dln s/dln T
    c dT_psi/dt   = -3 H T_psi - s(T_psi) N (T_psi/2) s'(T_psi) + s(T) N_eq^2/N [(T/2) s'(T) + <E>_T - <E>_Tpsi] + C_E/N
    dln x/dt      = H/theta

Kinetic decoupling is where gamma = H, gamma = -d(C_E/N)/dT_psi / c at T_psi = T; freeze-out where Y = 2.5 Y_eq(T).
"""

import math
import sys
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp
from scipy.interpolate import CubicSpline, RectBivariateSpline
from scipy.optimize import brentq

from relic_density import M_E, M_MU, M_PL, RHO_C, S_0, Annihilation, DegreesOfFreedom, kve
from scattering import Scattering


class Channels(Annihilation):
    """Annihilation, without phi phi* if so asked."""

    def __init__(self, *point, channels="all"):
        self.channels = channels
        super().__init__(*point)

    def pairs(self, *arguments):
        return super().pairs(*arguments) if self.channels == "all" else (np.zeros(0), np.zeros(0))


class Gas:
    """Maxwell-Boltzmann psi1, psi2 and antiparticles at temperatures T: N_eq e^(m_1/T), (<E> - m_1)/T, c = d<E>/dT."""

    def __init__(self, kind, m1, m2):
        self.masses, self.degrees = (m1, m2), 4 if kind == "fermion" else 2  # of a species and its antiparticle

    def __call__(self, t):
        total, found = 0, []
        for m in self.masses:
            x = m / t
            n = self.degrees * m * m * t * kve(2, x) * np.exp((self.masses[0] - m) / t) / (2 * np.pi**2)
            ratio, i = kve(1, x) / kve(2, x), 1 / x
            kinetic = np.where(x > 300, 1.5 + i * (15 / 8 - i * (15 / 8 - i * (135 / 128 + i * 45 / 32))), x * (ratio - 1) + 3)
            capacity = np.where(x > 300, 1.5 + i * (15 / 4 - i * (45 / 8 - i * (135 / 32 + i * 225 / 32))),
                                3 + x * x * (1 - ratio**2) - 3 * x * ratio)
            found.append((n, kinetic + (m - self.masses[0]) / t, capacity))
            total = total + n
        mean = sum(n * e for n, e, _ in found) / total
        return total, mean, sum(n * (c + (e - mean) ** 2) for n, e, c in found) / total


class Thermal:
    """Of psi at any temperature, from splines in ln m_1/T: ln <sigma_eff v>, its slope in ln T, (<E> - m_1)/T, c.

    The exponential of the threshold is kept apart from the splines.
    """

    def __init__(self, a, gas, nodes):
        self.m1, self.gap = a.m1, a.energy.min() - 2 * a.m1
        self.last = np.log(1e12)
        log_x = np.concatenate([np.linspace(-1, 8, nodes), np.linspace(8, self.last, nodes // 4)[1:]])
        temperatures = a.m1 / np.exp(log_x)
        average = CubicSpline(log_x, [self.average(a, gas, t) for t in temperatures])
        self.spline = CubicSpline(log_x, np.array([average(log_x), -average(log_x, 1), *gas(temperatures)[1:]]).T)

    def average(self, a, gas, t):
        near = a.energy < a.energy.min() + 50 * t
        energy = a.energy[near]
        integral = (a.strength[near] * kve(1, energy / t) * np.exp(-(energy - a.energy.min()) / t)).sum()
        weight = gas(t)[0] / gas.degrees * 2 * np.pi**2 / t
        return np.log(integral / (2 * t * weight**2))

    def __call__(self, t):
        log_s, slope, energy, capacity = self.spline(min(np.log(self.m1 / t), self.last)).tolist()
        return log_s - self.gap / t, slope + self.gap / t, energy, capacity


class Cosmology:
    def __init__(self, path):
        self.freedom = DegreesOfFreedom(path)

    def __call__(self, t):
        """s, theta s/H, H."""
        h, root = self.freedom(t)
        entropy = 2 * np.pi**2 / 45 * h * t**3
        log = np.clip(np.log(t), self.freedom.logs[0], self.freedom.logs[-1])
        return entropy, np.sqrt(np.pi / 45) * M_PL * root * t, np.sqrt(4 * np.pi**3 / 45 * self.freedom.g(log)) * t * t / M_PL


class Point:
    """What depends on T alone is tabulated in ln x, C_E/N/(T - T_psi), which has no zero, in ln x and ln T_psi/T."""

    def __init__(self, kind, m, m1, m2, h, g, cosmology, channels="all", fineness=1.0):
        self.m1, self.m2, self.gh2 = min(m1, m2), max(m1, m2), (g * h) ** 2
        self.gas, self.cosmology = Gas(kind, self.m1, self.m2), cosmology
        self.thermal = Thermal(Channels(kind, m, m1, m2, h, g, channels=channels), self.gas, int(500 * fineness))
        self.scattering = Scattering(kind, m, m1, m2)
        logs = np.linspace(0, np.log(1e9), int(4000 * fineness))
        entropy, time, hubble = self.cosmology(self.m1 / np.exp(logs))
        n = self.gas(self.m1 / np.exp(logs))[0]
        self.of_t = CubicSpline(logs, np.array([np.log(time), np.log(entropy), time * hubble / entropy, np.log(n / entropy)]).T)
        self.last_scattering = np.log(300 * max(self.m1 / M_MU, 0.1))  # m_mu/T = 300: e^-300 muons
        self.ratios = np.concatenate([np.linspace(-7, -2, int(11 * fineness))[:-1], np.linspace(-2, 0.4, int(25 * fineness))])
        logs = np.linspace(0, self.last_scattering, int(60 * fineness))
        self.gain = RectBivariateSpline(logs, self.ratios, [self.log_gain(self.m1 / np.exp(l)) for l in logs], kx=5, ky=5)

    def log_gain(self, t):
        t_psi = t * np.exp(np.where(abs(self.ratios) < 1e-5, 1e-5, self.ratios))
        return np.log(self.scattering.per_particle(t, t_psi, 0.5)[2] / (t - t_psi) + 1e-300)

    def exchange(self, log_x, t, ratio):
        if log_x > self.last_scattering:
            return 0.0
        return self.gh2 * np.exp(self.gain(log_x, max(ratio, -7.0))[0, 0]) * t * -np.expm1(ratio)

    def log_equilibrium(self, t):
        return np.log(self.gas(t)[0] / self.cosmology(t)[0]) - self.m1 / t

    def collisions(self, t):
        """Collisions per psi, both directions, over H."""
        return self.gh2 * self.scattering.per_particle(t, t)[:2].sum() / self.cosmology(t)[2]

    def relaxation(self, t):
        """gamma/H."""
        slope = self.gh2 * self.scattering.per_particle(t, t)[3]
        return slope / t**2 / self.gas(t)[2] / self.cosmology(t)[2]

    def decoupling(self):
        logs = np.linspace(0, np.log(300), 61)
        values = [np.log(self.relaxation(self.m1 / np.exp(l)) + 1e-300) for l in logs]
        above = [i for i in range(60) if values[i] > 0 >= values[i + 1]]
        if not above:
            return np.nan
        i = above[-1]
        return np.exp(brentq(lambda l: np.log(self.relaxation(self.m1 / np.exp(l))), logs[i], logs[i + 1], xtol=1e-10))

    def rates(self, log_x, state, treatment):
        t = self.m1 / math.exp(log_x)
        log_time, log_entropy, theta, log_eq = self.of_t(log_x).tolist()
        ratio = 0.0 if treatment == "equilibrium" else float(state[1])
        t_psi = t * math.exp(ratio)
        log_s, slope_s, energy, _ = self.thermal(t)
        log_s_psi, slope_s_psi, energy_psi, capacity = self.thermal(t_psi)
        loss = math.exp(log_time + log_s_psi + state[0])
        gain = math.exp(log_time + log_s + 2 * (log_eq - self.m1 / t) - state[0])
        if treatment == "equilibrium":
            return [gain - loss]
        heat = -loss * slope_s_psi / 2 + gain * ((slope_s / 2 + energy) * t / t_psi - energy_psi)
        if treatment == "coupled":
            heat += math.exp(log_time - log_entropy) * self.exchange(log_x, t, ratio) / t_psi
        return [gain - loss, (heat - 3 * theta) / capacity + 1]

    def jacobian(self, log_x, state, treatment, step=1e-5):
        """Central differences: SciPy's own are lost in rounding where ln T_psi/T is 1e-11."""
        columns = []
        for i in range(len(state)):
            up, down = np.array(state), np.array(state)
            up[i] += step
            down[i] -= step
            columns.append((np.array(self.rates(log_x, up, treatment)) - self.rates(log_x, down, treatment)) / (2 * step))
        return np.array(columns).T

    def solve(self, treatment, last_x=1e9, first_x=1.0, tolerance=1e-9):
        """Omega h^2 at x = 2e4 and last_x; x and T_psi/T at freeze-out (nan where the equations hold none)."""
        edges = [first_x, 2e4, last_x]
        state, omegas, frozen = [self.log_equilibrium(self.m1 / first_x), 0.0], [], (np.nan, np.nan)
        state = state[:1] if treatment == "equilibrium" else state

        def freeze_out(log_x, state):
            return state[0] - self.of_t(log_x)[3] + np.exp(log_x) - np.log(2.5)

        for start, end in zip(edges, edges[1:]):
            found = solve_ivp(lambda l, y: self.rates(l, y, treatment), (np.log(start), np.log(end)), state, method="Radau",
                              jac=lambda l, y: self.jacobian(l, y, treatment), rtol=tolerance, atol=tolerance, events=freeze_out)
            if not found.success:
                raise ArithmeticError(found.message)
            if len(found.t_events[0]) and np.isnan(frozen[0]):
                frozen = np.exp(found.t_events[0][0]), np.exp(found.y_events[0][0][-1])
            self.calls = found.nfev
            state = found.y[:, -1]
            omegas.append(self.m1 * S_0 / RHO_C * np.exp(state[0]))
        return (*omegas, *frozen)


def points():
    """Kind, channels, degrees of freedom, m_phi, m_1, m_2, h, g."""
    given = """0.22938,0.042,0.0025145,0.81019  0.25606,0.0485,0.0050897,0.48385  0.37118,0.0522,0.0063513,0.51987
        0.3212,0.070981,0.0027292,0.40536  0.26419,0.10631,0.0047491,0.5752  0.2,0.13,0.0065897,0.7186
        0.43551,0.15923,0.0032695,0.74878  0.3,0.19,0.0041298,0.32883  0.61012,0.23848,0.0064744,0.23321
        1.2326,0.29185,0.0067451,0.33859  0.98448,0.35717,0.016292,0.48471  1.0,0.46,0.00011232,0.044347
        1.3409,0.53495,0.024925,0.24953  2.5381,0.65468,0.028816,0.20934  2.0,0.955,9.2479e-05,0.039672
        4.2362,1.2,0.057599,0.61592
        0.317,0.10566,3.3e-3,0.08  0.25,0.0833,2.5e-3,0.3  0.6,0.2,6e-3,0.3  0.9,0.3,1.2e-2,0.5  1.5,0.5,2e-2,0.3
        0.15,0.05,2e-3,0.5  0.12,0.045,1e-3,0.3  1,0.47,6.339e-5,0.08  0.4,0.18,8.237e-5,0.08  30,10,0.5,1.0"""
    for m, m1, h, g in (map(float, text.split(",")) for text in given.split()):
        yield "fermion", "e-mu", "dhs", m, m1, m1, h, g
    yield "fermion", "all", "dhs", 0.2, 0.15, 0.15, 2e-3, 0.1
    yield "fermion", "all", "dhs", 0.15, 0.1275, 0.1275, 1e-3, 0.05
    yield "fermion", "all", "dhs", 0.4, 0.38, 0.38, 3e-4, 0.03
    yield "scalar", "all", "dhs", 0.317, 0.1057, 0.1057, 1e-3, 0.01
    yield "scalar", "all", "dhs", 0.25, 0.07, 0.07, 2e-3, 0.05
    yield "scalar", "all", "dhs", 0.2, 0.048, 0.048, 2e-3, 0.05
    yield "scalar", "e-mu", "dhs", 1.0, 0.3, 0.3, 0.01, 0.05
    yield "fermion", "e-mu", "laine-meyer", 0.317, 0.10566, 0.10566, 3.3e-3, 0.08
    yield "fermion", "e-mu", "dhs", 0.317, 0.1, 0.11, 3.3e-3, 0.3
    yield "fermion", "e-mu", "dhs", 1.0, 0.3, 0.36, 0.01, 0.3


def row(point, cosmologies):
    kind, channels, freedom, *values = point
    omegas, errors = [], []
    coarse, fine = (Point(kind, *values, cosmologies[freedom], channels, n) for n in (0.5, 0.7))
    for treatment in ("equilibrium", "coupled", "none"):
        found = fine.solve(treatment, tolerance=1e-7)
        errors.append(abs(coarse.solve(treatment, tolerance=1e-6)[0] / found[0] - 1))
        omegas.append(found[0])
        if treatment == "coupled":
            late = found[1:]
    return [*omegas, late[0], fine.collisions(fine.m1 / 20), *late[1:], fine.decoupling(), *errors]


if __name__ == "__main__":
    tables = {name: Path(sys.argv[1]) / f"dof_{name.replace('-', '_')}.csv" for name in ("dhs", "laine-meyer")}
    cosmologies = {name: Cosmology(path) for name, path in tables.items()}
    with open(Path(sys.argv[2]) / "kinetic_decoupling.csv", "w") as table:
        table.write("# Made by Tests/ReferenceData/kinetic_decoupling.py: Omega h^2 with annihilation to x = 2e4 (omega_coupled_last: to T = 0) and T_psi = T, "
                    "coupled equations, and these without scattering; at freeze-out Y = 2.5 Y_eq(T) x and T_psi/T of the coupled equations\n")
        table.write("kind,channels,degrees_of_freedom,m_phi,m_1,m_2,h,g,omega_kinetic_eq,omega_coupled,omega_no_scattering,omega_coupled_last,"
                    "gamma_over_h_x20,x_freeze_out,temperature_ratio,x_kd,error_kinetic_eq,error_coupled,error_no_scattering\n")
        for point in points():
            found = row(point, cosmologies)
            table.write(",".join([*point[:3], *map(repr, point[3:]), *(f"{v:.8e}" for v in found[:-3]), *(f"{v:.1e}" for v in found[-3:])]) + "\n")
            table.flush()
