"""What keeps dark matter (fermions, equal masses) in equilibrium with itself and with the plasma: rates over H at T = m_psi/20.

    python equilibrium_rates.py DEGREES_OF_FREEDOM_DIRECTORY

prints the table of docs/kinetic-decoupling.md. Needs: numpy, scipy. With equilibrium densities, per psi of one species:

- annihilation to e mu; collisions psi mu <-> psi e, both directions, and the energy they exchange (scattering.py)
- self: psi1 psi2 -> psi1 psi2 and psi1 psi1bar -> psi2 psi2bar, phi in the t channel, |M|^2 = g^4 (4m^2-t)^2/(m_phi^2-t)^2;
  pole: psi1 psi2bar -> psi1 psi2bar, phi in the s channel, |M|^2 = g^4 (s-4m^2)^2/[(s-m_phi^2)^2 + m_phi^2 Gamma^2]
- phi: psi phi -> psi phi, g^4, at threshold: |M|^2 = 4 g^4 m^2/m_phi^2, energy exchanged at (8/3) m m_phi/(m+m_phi)^2 n sigma v
- box: energy exchanged by psi e -> psi e with G psi-bar gamma_mu psi e-bar gamma^mu P e, G = g^2 h^2/(64 pi^2 m_phi^2); with Fermi
  and blocking factors 5.09 G^2 T^6/m for the sum of e- and e+
- decay: n_phi Gamma(phi -> e mu)/(n_psi H), inverse: n_phi Gamma(phi -> psi psi)/(n_psi H)
"""

import sys
from pathlib import Path

import numpy as np

from kinetic_decoupling import Channels, Cosmology
from relic_density import M_E, M_MU, kve, panels_above, width
from scattering import Scattering

X = 20.0
POINTS = [("benchmark", 0.317, 0.10566, 3.3e-3, 0.08), ("light", 0.25, 0.0833, 2.5e-3, 0.3), ("", 0.6, 0.2, 6e-3, 0.3),
          ("", 0.9, 0.3, 1.2e-2, 0.5), ("", 1.5, 0.5, 2e-2, 0.3), ("forbidden", 0.15, 0.05, 2e-3, 0.5),
          ("forbidden", 0.12, 0.045, 1e-3, 0.3), ("resonance", 1.0, 0.47, 6.339e-5, 0.08), ("resonance", 0.4, 0.18, 8.237e-5, 0.08),
          ("m_psi > m_phi/2", 0.2, 0.15, 2e-3, 0.1), ("m_psi near m_phi", 0.12, 0.114, 2e-4, 0.03)]


def density(degrees, m, t):
    return degrees * m * m * t * kve(2, m / t) * np.exp(-m / t) / (2 * np.pi**2)


def thermal(m, t, m_phi, gamma, strength):
    """<sigma v> of two psi for sigma = strength(s)/(16 pi s)."""
    near = np.concatenate([[0], np.geomspace(1e-3 * gamma, 60 * m_phi, 160)])
    edges = np.concatenate([2 * m * (1 + np.geomspace(1e-12, 20, 120)), m_phi + near, m_phi - near[near < m_phi - 2 * m]])
    e, w = panels_above(2 * m, np.unique(np.concatenate([[2 * m], edges[edges > 2 * m]])))
    s = e * e
    integrand = strength(s) / (16 * np.pi * s) * (s - 4 * m * m) * 2 * s * kve(1, e / t) * np.exp(-(e - 2 * m) / t)
    return (w * integrand).sum() / (8 * m**4 * t * kve(2, m / t) ** 2)


def t_channel(m, m_phi, g):
    """Mean over angles of g^4 (4m^2-t)^2/(m_phi^2-t)^2: (4m^2-t)/(m_phi^2-t) = 1 + d/(m_phi^2-t)."""
    d = 4 * m * m - m_phi**2

    def strength(s):
        p2 = np.maximum(s - 4 * m * m, 1e-30 * s)
        y = p2 / m_phi**2
        return g**4 * (1 + 2 * d / p2 * np.log1p(y) + d * d / (m_phi**2 * (m_phi**2 + p2)))

    return strength


def rates(m_phi, m, h, g, cosmology):
    t = m / X
    hubble, n = cosmology(t)[2], density(2, m, t)
    gamma = width("fermion", m_phi, m, m, h, g)
    visible = width("fermion", m_phi, m, m, h, 0)
    annihilation = 4 * Channels("fermion", m_phi, m, m, h, g, channels="e-mu").average(X)
    found = Scattering("fermion", m_phi, m, m).per_particle(t, t) * (g * h) ** 2
    capacity = 3 + X * X * (1 - (kve(1, X) / kve(2, X)) ** 2) - 3 * X * kve(1, X) / kve(2, X)
    exchange = found[3] / t**2 / capacity
    self_t = 2 * n * thermal(m, t, m_phi, gamma, t_channel(m, m_phi, g))
    self_s = n * thermal(m, t, m_phi, gamma, lambda s: g**4 * (s - 4 * m * m) ** 2 / ((s - m_phi**2) ** 2 + (m_phi * gamma) ** 2))
    n_phi = density(1, m_phi, t)
    speed = np.sqrt(8 * t / np.pi * (1 / m + 1 / m_phi))
    compton = g**4 * m * m / (4 * np.pi * m_phi**2 * (m + m_phi) ** 2)
    phi = 8 / 3 * m * m_phi / (m + m_phi) ** 2 * 2 * n_phi * compton * speed
    box = 5.09 * (g * g * h * h / (64 * np.pi**2 * m_phi**2)) ** 2 * t**6 / m
    decays = [n_phi / n * v for v in (visible, gamma - visible)]
    return [v / hubble for v in (n * annihilation, found[:2].sum(), exchange, self_t, self_s, phi, box, *decays)]


if __name__ == "__main__":
    cosmology = Cosmology(Path(sys.argv[1]) / "dof_dhs.csv")
    print("| m_phi, m_psi, h, g | | annihilation | psi mu <-> psi e | its energy | self | self, pole | psi phi | box | phi -> e mu | phi -> psi psi |")
    print("| --- " * 11 + "|")
    for name, *values in POINTS:
        print(f"| {', '.join(f'{v:g}' for v in values)} | {name} | " + " | ".join(f"{v:.1e}" for v in rates(*values, cosmology)) + " |")
