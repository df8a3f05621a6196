"""d2sigma/(dx dcos theta) of l N -> l' N phi, by 30-digit quadrature of the formulas as published.

    python production.py OUTPUT_DIRECTORY

writes production_double_differential.csv and production_flavour_diagonal.csv. The squared amplitude, the limits of the momentum transfer (roots of the
quadratic) and the relative momenta are used as they stand in the literature, with none of the rearrangements that the
kernels need in double precision; the azimuth is integrated with <1/ss> and <1/ss^2> from the Laurent coefficients of the
amplitude in ss, which are found by interpolation. The second table, for m_i = m_f, has the amplitudes of Liu, McKeen,
Miller (arXiv:1609.06781) for a scalar and a pseudoscalar. Needs: mpmath.
"""

import random
import sys
from pathlib import Path

import mpmath as mp

mp.mp.dps = 30
M_E, M_MU, U = 0.51099895069e-3, 0.1056583755, 0.93149410242  # the doubles that the kernels use
ALPHA = 1 / mp.mpf("137.035999177")
PICOBARN = mp.mpf("0.3893793721e9")
TARGETS = {"Pb": (82, 207.2), "W": (74, 183.84), "Al": (13, 26.98), "C": (6, 12.011)}
LEPTONS = {"e-mu": (M_E, M_MU), "mu-e": (M_MU, M_E), "e-e": (M_E, M_E), "mu-mu": (M_MU, M_MU)}


def form_factor(t, z, a, inelastic):
    screening = (111 * mp.cbrt(1 / mp.mpf(z)) / M_E) ** 2
    size = mp.mpf("0.164") / mp.cbrt(mp.mpf(a)) ** 2
    value = (z * screening * t / (1 + screening * t) / (1 + t / size)) ** 2
    if inelastic:
        m_p, mu_p = mp.mpf("0.93827208816"), mp.mpf("2.79")
        screening = (773 / mp.cbrt(z) ** 2 / M_E) ** 2
        dipole = (1 + t * (mu_p**2 - 1) / (4 * m_p**2)) / (1 + t / mp.mpf("0.71")) ** 4
        value += z * (screening * t / (1 + screening * t) * dipole) ** 2
    return value


def double_differential(channel, target, energy, m_phi, y, theta, c_s, c_p, inelastic):
    m_i, m_f = (mp.mpf(m) for m in LEPTONS[channel])
    z, a_mass = TARGETS[target]
    mass = mp.mpf(a_mass) * mp.mpf(U)
    e, m, c_s, c_p = mp.mpf(energy), mp.mpf(m_phi), mp.mpf(c_s), mp.mpf(c_p)
    e_plus, e_minus = c_s**2 + c_p**2, c_s**2 - c_p**2
    w = e * mp.mpf(y)
    e_k, cos, sin = e - w, mp.cos(mp.mpf(theta)), mp.sin(mp.mpf(theta))
    p, k = mp.sqrt(e * e - m_i * m_i), mp.sqrt(e_k * e_k - m * m)
    uu = m_i**2 + m**2 - 2 * (e * e_k - p * k * cos) - m_f**2
    v = mp.sqrt(p * p + k * k - 2 * p * k * cos)
    qa, qb = (1 + w / mass) ** 2 - v * v / mass**2, -2 * uu * (1 + w / mass) - 4 * v * v
    root = mp.sqrt(qb * qb - 4 * qa * uu * uu)
    t_min = uu * uu / ((root - qb) / 2)
    t_max = uu * uu / qa / t_min
    cos_pv, sin_pv = (p - k * cos) / v, k * sin / v
    d = m * m - m_i**2 - m_f**2

    def amplitude(t, ss):
        p_dot, k_dot = 2 * mass * e - (ss + t) / 2, 2 * mass * e_k - (ss + uu) / 2
        p2 = 4 * mass**2 + t
        if m_i == m_f:
            # Liu, McKeen, Miller in the metric (+,-,-,-), where the overall sign is the opposite of theirs.
            shift = 4 * m_i**2 if c_s else 0
            mixed = uu * p_dot + ss * (p_dot - k_dot)
            return 2 * (p2 * (ss + uu) ** 2 / (ss * uu) - 4 * t * k_dot**2 / (ss * uu)
                        - (m * m - shift) / (ss * uu) ** 2 * (-t * p2 * (ss + uu) ** 2 + 4 * mixed**2))
        b = -t * p2 * (1 / ss + 1 / uu) ** 2 + 4 * (p_dot / ss + (p_dot - k_dot) / uu) ** 2
        return (2 * e_plus * (p2 * (ss + uu) ** 2 / (ss * uu) - 4 * t * k_dot**2 / (ss * uu) - d * b)
                + 4 * e_minus * m_i * m_f * b)

    def azimuth_integral(t):
        q = mp.sqrt(t + t * t / (4 * mass**2))
        cos_vq = (-uu + t * (1 + w / mass)) / (2 * v * q)
        a = -t - e * t / mass + 2 * p * q * cos_pv * cos_vq
        b = 2 * p * q * sin_pv * mp.sqrt(max(1 - cos_vq**2, 0)) / a
        # ss^2 A2 is a polynomial of degree 4 in ss
        points = [mp.mpf(1 + j) for j in range(5)]
        values = mp.matrix([s * s * amplitude(t, s * a) for s in points])
        c = mp.lu_solve(mp.matrix([[s**j for j in range(5)] for s in points]), values)
        r = mp.sqrt(1 - b * b)
        return 2 * mp.pi * (c[0] / r**3 + c[1] / r + c[2] + c[3] + c[4] * (1 + b * b / 2))

    low, high = mp.log(t_min), mp.log(t_max)
    slope = p * cos_pv / v * (1 + w / mass) - 1 - e / mass
    peak = mp.log(-uu * p / v / mp.sqrt(slope**2 + qa * (p * sin_pv / v) ** 2))
    cuts = list(mp.linspace(low, high, 25)) + [peak]
    cuts += [peak + sign * mp.mpf(2) ** -j for j in range(12) for sign in (1, -1)]
    cuts = sorted(x for x in cuts if low <= x <= high)
    integral = mp.quad(
        lambda x: form_factor(mp.exp(x), z, a_mass, inelastic) * azimuth_integral(mp.exp(x)) * mp.exp(-x), cuts,
        maxdegree=5)
    return integral * ALPHA**2 * e * k / (128 * mp.pi**2 * mass**2 * p * v) * PICOBARN


def points():
    # The collinear peak of mu -> e at large angles, and a light phi at x -> 1.
    yield "mu-e", "Pb", 160.0, 0.11, 1 - 0.948852, 0.01213521, 0.5, 0.5, 0
    yield "mu-e", "Pb", 160.0, 0.11, 1 - 0.579459, 0.01951059, 0.5, 0.5, 0
    yield "mu-e", "Pb", 160.0, 0.31, 1e-5, 1e-6, 0.5, 0.5, 0
    rng = random.Random(7)
    while True:
        channel, target = rng.choice(["e-mu", "mu-e"]), rng.choice(sorted(TARGETS))
        energy, m_phi = 4 * 50 ** rng.random(), 0.106 * 94 ** rng.random()
        low, high = LEPTONS[channel][1] / energy, 1 - m_phi / energy
        if high <= 1.2 * low:
            continue
        y = low * 1.1 * (high / (1.1 * low)) ** rng.random()
        theta = 10 ** rng.uniform(-5, -1) if rng.random() < 0.8 else rng.uniform(0.1, 3.1)
        c_s, c_p = rng.choice([(0.5, 0.5), (1.0, 0.0), (0.0, 1.0), (0.3, -0.8)])
        yield channel, target, energy, m_phi, y, theta, c_s, c_p, rng.randint(0, 1)


def flavour_diagonal_points():
    rng = random.Random(11)
    while True:
        lepton, target = rng.choice(["e-e", "mu-mu"]), rng.choice(sorted(TARGETS))
        energy, m_phi = 4 * 50 ** rng.random(), 0.05 * 20 ** rng.random()
        y, theta = 10 ** rng.uniform(-2, -0.2), 10 ** rng.uniform(-4, -1.5)
        if 1 - y > m_phi / energy:
            yield lepton, target, energy, m_phi, y, theta, *rng.choice([(1.0, 0.0), (0.0, 1.0)]), 0


def write(path, note, points, count):
    with open(path, "w") as table:
        table.write("# Made by Tests/ReferenceData/production.py: pb for h = 1; energies in GeV, read as doubles.\n")
        table.write(f"# {note}; charge and mass_number of the nucleus; inelastic: 1 with it.\n")
        table.write("muon_beam,charge,mass_number,energy,m_phi,one_minus_x,theta,c_s,c_p,inelastic,d2sigma\n")
        while count > 0:
            point = next(points)
            try:
                value = double_differential(*point)
            except (ValueError, ZeroDivisionError, TypeError):
                continue
            if isinstance(value, mp.mpc) or not value > 0:  # outside phase space
                continue
            channel, target, *numbers, inelastic = point
            z, a = TARGETS[target]
            beam = int(channel.startswith("mu"))
            table.write(f"{beam},{z},{a},{','.join(map(repr, numbers))},{inelastic},{mp.nstr(value, 15)}\n")
            count -= 1


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    write(directory / "production_flavour_diagonal.csv", "muon_beam: 0 e -> e, 1 mu -> mu", flavour_diagonal_points(), 8)
    write(directory / "production_double_differential.csv", "muon_beam: 0 e -> mu, 1 mu -> e", points(), 48)
