"""e+ e- -> e+ mu- phi with explicit Dirac matrices and another parametrization of phase space than the kernels'.

    python ee_e_mu_phi.py OUTPUT_DIRECTORY

writes ee_e_mu_phi_own.csv [fb for h = 1, one charge state]: both leptons with |cos theta| < cos_max. The muon recoils against
(e+ phi), whose mass^2 is uniform in its logarithm, in whose rest frame e+ is isotropic; scrambled Sobol points, the error is the
spread of 8 scrambles. Spinor sums by batches of 4 x 4 matrices. Needs: numpy, scipy.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.stats import qmc

ME, MM, ALPHA, FB = 0.51099895069e-3, 0.1056583755, 1 / 137.035999177, 0.3893793721e12
I2, Z2 = np.eye(2), np.zeros((2, 2))
PAULI = [np.array(x) for x in ([[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]])]
G = [np.block([[Z2, I2], [I2, Z2]])] + [np.block([[Z2, s], [-s, Z2]]) for s in PAULI]
METRIC = np.array([1.0, -1, -1, -1])
PL = np.diag([1.0, 1, 0, 0])
UNIT = np.eye(4)


def slash(p):
    return sum(METRIC[i] * p[:, i, None, None] * G[i] for i in range(4))


def bar(m):
    return G[0] @ m.conj().swapaxes(1, 2) @ G[0]


def dot(a, b):
    return (a * b) @ METRIC


def trace(*factors):
    m = factors[0]
    for f in factors[1:]:
        m = m @ f
    return np.trace(m, axis1=1, axis2=2)


def squared(root_s, e, mu, k):
    """Sum over spins of |M|^2/(e^4 h^2)."""
    n, p = len(e), np.sqrt(root_s**2 / 4 - ME**2)
    p1, p2 = (np.tile([root_s / 2, 0, 0, z], (n, 1)) for z in (p, -p))
    propagator = lambda q, m: (slash(q) + m * UNIT) / (dot(q, q) - m**2)[:, None, None]
    se, ss, st = propagator(mu + k, ME), propagator(-(e + k), MM), propagator(p1 - k, MM)
    t, s = dot(p2 - e, p2 - e), root_s**2
    in_s, in_t = ([PL @ se @ g + g @ x @ PL for g in G] for x in (ss, st))
    bars = [bar(x) for x in in_s], [bar(x) for x in in_t]
    u_mu, u_e, v_in, v_out = slash(mu) + MM * UNIT, slash(p1) + ME * UNIT, slash(p2) - ME * UNIT, slash(e) - ME * UNIT
    total = np.zeros(n)
    for a in range(4):
        for b in range(4):
            sign = METRIC[a] * METRIC[b]
            one = trace(u_mu, in_s[a], v_out, bars[0][b]) * trace(v_in, G[a], u_e, G[b]) / s**2
            two = trace(u_mu, in_t[a], u_e, bars[1][b]) * trace(v_in, G[a], v_out, G[b]) / t**2
            mixed = trace(u_mu, in_s[a], v_out, G[b], v_in, G[a], u_e, bars[1][b]) / (s * t)
            total += sign * (one + two - 2 * mixed).real
    return total


def momentum(m, a, b):
    return np.sqrt(np.maximum((m**2 - (a + b) ** 2) * (m**2 - (a - b) ** 2), 0)) / (2 * m)


def estimate(root_s, m, cos_max, u):
    low, high = (m + ME) ** 2, (root_s - MM) ** 2
    other2 = low * (high / low) ** u[:, 0]
    other = np.sqrt(other2)
    p, star = momentum(root_s, other, MM), momentum(other, m, ME)
    c = cos_max * (2 * u[:, 1] - 1)
    mu = np.stack([np.sqrt(MM**2 + p**2), p * np.sqrt(1 - c**2), 0 * c, p * c], 1)
    cs, az = 2 * u[:, 2] - 1, 2 * np.pi * u[:, 3]
    sn = np.sqrt(1 - cs**2)
    v = star[:, None] * np.stack([sn * np.cos(az), sn * np.sin(az), cs], 1)
    back, energy = -mu[:, 1:], np.sqrt(p**2 + other2)
    rest = np.sqrt(star**2 + ME**2)
    v = v + back * (((v * back).sum(1) / (energy + other) + rest) / other)[:, None]
    e = np.concatenate([np.sqrt(ME**2 + (v**2).sum(1))[:, None], v], 1)
    k = -(mu + e)
    k[:, 0] = np.sqrt(m**2 + (k[:, 1:] ** 2).sum(1))
    inside = np.abs(e[:, 3]) < cos_max * np.sqrt((v**2).sum(1))
    phase = p * star / (256 * np.pi**4 * root_s * other) * 2 * cos_max * 4 * np.pi * other2 * np.log(high / low)
    flux = 4 * root_s * np.sqrt(root_s**2 / 4 - ME**2)
    f = np.zeros(len(u))
    f[inside] = squared(root_s, e[inside], mu[inside], k[inside])
    return (f * phase).mean() * (4 * np.pi * ALPHA) ** 2 / 4 / flux * FB


if __name__ == "__main__":
    with open(Path(sys.argv[1]) / "ee_e_mu_phi_own.csv", "w") as table:
        table.write("# Made by Tests/ReferenceData/ee_e_mu_phi.py: e+ e- -> e+ mu- phi [fb], h = 1, one charge state.\n"
                    "sqrt_s,m_phi,cos_max,sigma_fb,error_fb\n")
        for root_s, m, cos_max in ((10.58, 1.0, 0.8), (10.58, 1.0, 0.5), (10.58, 7.0, 0.9), (3.773, 0.3, 0.8),
                                   (3.773, 2.0, 0.95), (0.5, 0.12, 0.8)):
            values = [estimate(root_s, m, cos_max, qmc.Sobol(4, seed=i).random(1 << 14)) for i in range(8)]
            table.write(f"{root_s},{m},{cos_max},{np.mean(values):.6g},{np.std(values, ddof=1) / 8**0.5:.2g}\n")
