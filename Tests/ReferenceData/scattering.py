"""Scattering of dark matter on the plasma, psi mu <-> psi e, exact in the energy transfer, for Maxwell-Boltzmann leptons of
temperature T and psi of T_psi.

    python scattering.py OUTPUT_DIRECTORY

writes scattering_rates.csv (1e-11 or better: the quadrature is compared with a finer one, the formulas with sampled momenta).
Needs: numpy, scipy.

|M|^2 depends on t = -tau only. With q = p' - p = k - k', q0 = sqrt(tau) sinh eta, |q| = sqrt(tau) cosh eta the phase spaces of
the leptons and of psi are exponentials in q and q0, and the integral over eta is a Bessel function: for
psi_a(m_a) l(m_l) -> psi_b(m_b) l'(m_l')

    a = (m_l^2 - m_l'^2 - tau)/2,  b = (m_b^2 - m_a^2 + tau)/2,  alpha^2 = a^2 + tau m_l^2,  beta^2 = b^2 + tau m_a^2,
    Z^2 = m_l^2/T^2 + m_a^2/T_psi^2 + 2 (alpha beta - a b)/(tau T T_psi),      w = a/T + b/T_psi,
    Z_r^2 = Z^2 + (w^2 - w_r^2)/tau,      w_r = w - tau (1/T_psi - 1/T)        (the reverse reaction, by detailed balance),

    collisions per volume = C Int dtau S K0(Z),   back C Int dtau S K0(Z_r),   C = T T_psi/(256 pi^5),
    energy gained by psi  = C Int dtau S [ w K1(Z)/Z - w_r K1(Z_r)/Z_r ],

all for densities n_eq(T_psi). Where m_b > m_a the muon's mass can be spent with t > 0, and s has an upper end: there the same
with alpha beta -> -alpha beta in Z^2 is taken away.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.special import kve

M_E, M_MU = 0.51099895069e-3, 0.1056583755
REST = M_MU**2 - M_E**2


def strength(kind, tau, m, m1, m2):
    """Sum over spins |M|^2/(g h)^2."""
    return (2 * ((m1 + m2) ** 2 + tau) if kind == "fermion" else 1) * (M_E**2 + M_MU**2 + tau) / (m * m + tau) ** 2


def arguments(tau, m_a, m_b, t, t_psi):
    """Z^2 at the lower and the upper end of s, w, w_r and Z_r^2 - Z^2; the muon is in the initial state."""
    a, b, db = (REST - tau) / 2, (m_b**2 - m_a**2 + tau) / 2, 1 / t_psi - 1 / t
    product = np.sqrt(np.maximum((a * a + tau * M_MU**2) * (b * b + tau * m_a**2), 0))
    w = a / t + b / t_psi
    constant = (M_MU / t) ** 2 + (m_a / t_psi) ** 2
    # alpha beta - a b without the cancellation at small tau
    lower = constant + 2 * (a * a * m_a**2 + b * b * M_MU**2 + tau * (m_a * M_MU) ** 2) / ((product + abs(a * b)) * t * t_psi)
    lower = lower + (abs(a * b) - a * b) * 2 / (tau * t * t_psi)
    upper = constant - 2 * (product + a * b) / (tau * t * t_psi)
    return lower, upper, w, w - tau * db, (2 * w - tau * db) * db


class Scattering:
    """Rates per (g h)^2 in the limit of double precision, equal masses or m_1 < m_2: both reactions and their reverses."""

    def __init__(self, kind, m, m1, m2):
        self.kind, self.m, self.m1, self.m2 = kind, m, min(m1, m2), max(m1, m2)
        self.degrees = 2 if kind == "fermion" else 1

    def density(self, t_psi):
        """n_eq of psi_1 and psi_2 without e^(-m_1/T_psi)."""
        n = [m * m * t_psi * kve(2, m / t_psi) * np.exp((self.m1 - m) / t_psi) for m in (self.m1, self.m2)]
        return self.degrees / (2 * np.pi**2) * (n[0] + n[1])

    def reaction(self, m_a, m_b, t, t_psi, fineness=1.0):
        """Collisions forward, back, energy gained, its slope in 1/T_psi at T_psi = T, times e^(m_1/T_psi), for values of T_psi."""
        t_psi = np.atleast_1d(t_psi)[:, None]
        step = 0.2 * min(1, np.sqrt(20 / max(self.m1 / t, self.m2 / t_psi.min(), M_MU / t))) / fineness
        tau = m_a * M_MU * np.exp(np.arange(-30, 40, step))
        z = np.sqrt(arguments(tau, m_a, m_b, t, t_psi)[0])
        tau = tau[np.any(z < z.min(1, keepdims=True) + 45, axis=0)]
        found = self.sum(tau, step * tau, 0, m_a, m_b, t, t_psi)
        top = min(m_b - m_a, M_MU - M_E) if m_b > m_a else 0
        if top > 0:  # t > 0: tau is negative; tanh-sinh from t = 0 to its largest value
            node = np.arange(-3.2, 3.2, 0.04 / fineness)
            fraction = 1 / (1 + np.exp(-np.pi * np.sinh(node)))
            weight = 0.04 / fineness * np.pi * np.cosh(node) * fraction * (1 - fraction) * top**2
            for end, sign in ((0, 1), (1, -1)):
                found = found + sign * self.sum(-(top**2) * fraction, weight, end, m_a, m_b, t, t_psi)
        return found * (t * t_psi / (256 * np.pi**5))[:, 0]

    def sum(self, tau, weight, end, m_a, m_b, t, t_psi):
        squared = arguments(tau, m_a, m_b, t, t_psi)
        z, (w, w_r, rise) = np.minimum(np.sqrt(squared[end]), 1e6), squared[2:]  # SciPy's functions end before 1e10
        z_r = np.sqrt(z * z + rise)
        s = weight * strength(self.kind, tau, self.m, self.m1, self.m2) * np.exp(np.maximum(self.m1 / t_psi - z, -700))
        ratio, k1 = np.exp(np.clip(z - z_r, -700, 700)), kve(1, z)
        slope = tau * k1 / z + w * w * kve(2, z) / z**2
        energy = w * k1 / z - w_r * kve(1, z_r) / z_r * ratio
        # where this cancels, w K1(Z)/Z - w_r K1(Z_r)/Z_r = tau db K1(Z)/Z + w_r Int K2(y)/(2 y^2) d(y^2)
        close = np.max(np.abs(z_r - z), axis=1) < 2
        if np.any(close):
            x, v = np.polynomial.legendre.leggauss(8)
            w, w_r, rise, lower, mean = *(np.broadcast_to(u, z.shape)[close] for u in (w, w_r, rise)), z[close], 0
            for node, part in zip(x, v / 4):
                y = np.sqrt(lower**2 + rise * (1 + node) / 2)
                mean = mean + part * kve(2, y) / y**2 * np.exp(np.clip(lower - y, -700, 700))
            energy[close] = (w - w_r) * k1[close] / lower + w_r * rise * mean
        return np.array([(s * value).sum(1) for value in (kve(0, z), kve(0, z_r) * ratio, energy, slope)])

    def per_particle(self, t, t_psi, fineness=1.0):
        """Collisions per psi (mean of all species) and second on muons, on electrons, energy gained per psi; its slope."""
        both = self.reaction(self.m1, self.m2, t, t_psi, fineness)
        both = both * 2 if self.m1 == self.m2 else both + self.reaction(self.m2, self.m1, t, t_psi, fineness)
        found = both / self.density(np.atleast_1d(t_psi))
        return found if np.ndim(t_psi) else found[:, 0]


def check_by_sampling(kind, m, m1, m2, t, t_psi, points=2**20):
    """psi_1 mu -> psi_2 e with sampled momenta: collisions and energy gained per volume, without the formulas above."""
    from scipy.stats import qmc
    u = qmc.Sobol(5, scramble=True, seed=1).random(points)
    q_p, q_k = (-np.log(u[:, i]) * y * 1.5 for i, y in ((0, t_psi), (1, t)))
    e, k0 = m1 + q_p, M_MU + q_k
    p, k = np.sqrt(e * e - m1 * m1), np.sqrt(k0 * k0 - M_MU**2)
    jacobian = 1.5 * t_psi * np.exp(q_p / (1.5 * t_psi)) * 1.5 * t * np.exp(q_k / (1.5 * t))
    cosine = 2 * u[:, 2] - 1
    s = m1**2 + M_MU**2 + 2 * (e * k0 - p * k * cosine)
    energy, momentum = e + k0, np.sqrt(p * p + k * k + 2 * p * k * cosine)
    root = np.sqrt(s)
    p_i = np.sqrt((s - (m1 + M_MU) ** 2) * (s - (m1 - M_MU) ** 2)) / (2 * root)
    p_f = np.sqrt(np.maximum((s - (m2 + M_E) ** 2) * (s - (m2 - M_E) ** 2), 0)) / (2 * root)
    e_i, e_f = np.sqrt(p_i**2 + m1**2), np.sqrt(p_f**2 + m2**2)
    c, phi = 2 * u[:, 3] - 1, 2 * np.pi * u[:, 4]
    tau = -(m1**2 + m2**2 - 2 * e_i * e_f + 2 * p_i * p_f * c)
    along = (e - energy / root * e_i) / (momentum / root * p_i)  # cosine of psi's direction with the boost, e = gamma (E* + V p* cos)
    along = np.clip(along, -1, 1)
    final = along * c + np.sqrt((1 - along**2) * (1 - c * c)) * np.cos(phi)
    e_after = energy / root * e_f + momentum / root * p_f * final
    weight = jacobian * p * k / (16 * np.pi**4) * p_f / (4 * np.pi * root) * np.exp(-e / t_psi - k0 / t)
    weight = weight * strength(kind, tau, m, m1, m2) * (s > (m2 + M_E) ** 2)
    back = np.exp(-(e_after - e) * (1 / t_psi - 1 / t))
    return np.array([weight.mean(), (weight * (e_after - e) * (1 - back)).mean()])


def points():
    ratios = (0.3, 0.9, 1.0, 1.0001, 1.2)
    for i, kind in enumerate(("fermion", "scalar")):
        for m, m1, m2 in ((0.317, 0.10566, 0.10566), (0.23, 0.042, 0.042), (0.15, 0.13, 0.13), (1.0, 0.45, 0.45), (5.0, 1.0, 1.0),
                          (50.0, 20.0, 20.0), (1.0, 0.3, 0.33), (0.5, 0.15, 0.3)):
            for x in (1.0, 8.0, 20.0, 50.0):
                i += 1
                yield kind, m, m1, m2, m1 / x, ratios[i % 5]
                yield kind, m, m1, m2, m1 / x, ratios[(i + 2) % 5]


if __name__ == "__main__":
    for case in (("fermion", 0.317, 0.10566, 0.10566, 0.02, 0.016), ("scalar", 0.317, 0.10566, 0.15, 0.02, 0.016)):
        fast = Scattering(*case[:4]).reaction(*case[2:])[[0, 2], 0] * np.exp(-case[2] / case[5])
        sampled = check_by_sampling(*case)
        if np.max(np.abs(sampled / fast - 1)) > 5e-4:
            raise ArithmeticError(f"{case}: sampled {sampled}, integrated {fast}")
    with open(Path(sys.argv[1]) / "scattering_rates.csv", "w") as table:
        table.write("# Made by Tests/ReferenceData/scattering.py: psi mu <-> psi e per (g h)^2 in natural units of GeV, per psi (mean of all "
                    "species): collisions on muons and on electrons, energy gained\n")
        table.write("kind,m_phi,m_1,m_2,t,t_psi_over_t,on_muons,on_electrons,energy_gain\n")
        for kind, *values, ratio in points():
            scattering = Scattering(kind, *values[:3])
            coarse, found = (scattering.per_particle(values[3], values[3] * ratio, n)[:3] for n in (1, 2))
            error = np.abs(coarse - found)
            if np.any(error > 1e-11 * np.abs(found)):
                raise ArithmeticError(f"{kind} {values} {ratio}: {coarse}, {found}")
            table.write(",".join([kind] + [repr(float(v)) for v in (*values, ratio)] + [f"{v:.12e}" for v in found]) + "\n")
