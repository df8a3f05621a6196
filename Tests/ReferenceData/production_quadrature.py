"""Cross sections of l N -> l' N phi by brute force: dense quadrature in extended precision (64-bit mantissa).

    from production_quadrature import total, over_angles

The formulas are those of production.py, whose double_differential (30 digits) judges this file's: production_tables.py
compares them. The azimuth is integrated in closed form; momentum transfer, angle and energy by composite Gauss-Legendre
rules whose panels shrink towards the peaks. With the 10 nodes per panel of the tables their halving changes totals by
less than 1e-8. Needs: numpy.
"""

import numpy as np

REAL = np.longdouble
M_E, M_MU, U = REAL("0.51099895069e-3"), REAL("0.1056583755"), REAL("0.93149410242")
ALPHA, PICOBARN = 1 / REAL("137.035999177"), REAL("0.3893793721e9")
TARGETS = {"Pb": (82, 207.2), "W": (74, 183.84), "Al": (13, 26.98)}
LEPTONS = {"e-mu": (M_E, M_MU), "mu-e": (M_MU, M_E)}


def rule(edges, count):
    """Gauss-Legendre on each panel: nodes and weights along a new last axis; `edges` has the panels' ends along its last."""
    x, w = np.polynomial.legendre.leggauss(count)
    x, w = x.astype(REAL), w.astype(REAL)
    low, high = edges[..., :-1, None], edges[..., 1:, None]
    nodes, weights = (low + high) / 2 + (high - low) / 2 * x, (high - low) / 2 * w
    shape = edges.shape[:-1] + (-1,)
    return nodes.reshape(shape), np.broadcast_to(weights, nodes.shape).reshape(shape)


def form_factor(t, z, a):
    screening = (111 / REAL(z) ** (REAL(1) / 3) / M_E) ** 2
    size = REAL("0.164") / REAL(a) ** (REAL(2) / 3)
    return (z * screening * t / (1 + screening * t) / (1 + t / size)) ** 2


class Process:
    """One beam energy and mass of phi; C_S = C_P = 1/2, elastic form factor."""

    def __init__(self, channel, target, energy, m_phi):
        self.m_i, self.m_f = LEPTONS[channel]
        self.z, self.a = TARGETS[target]
        self.mass, self.e, self.m = REAL(self.a) * U, REAL(energy), REAL(m_phi)
        self.p = np.sqrt(self.e**2 - self.m_i**2)

    def smallest_uu(self, w):
        """-uu where phi goes straight on, and phi's momentum."""
        e_k = self.e - w
        k = np.sqrt(np.maximum(e_k**2 - self.m**2, 0))
        pk = (self.e**2 * self.m**2 + e_k**2 * self.m_i**2 - self.m_i**2 * self.m**2) / (self.e * e_k + self.p * k)
        return self.m_f**2 - self.m_i**2 - self.m**2 + 2 * pk, k

    def double_differential(self, w, versine, nodes=10):
        """d2sigma/(dx dcos theta) [pb]; `versine` is 1 - cos theta. 0 outside phase space."""
        with np.errstate(all="ignore"):
            e, p, mass, m = self.e, self.p, self.mass, self.m
            smallest, k = self.smallest_uu(w)
            cos, sin = 1 - versine, np.sqrt(versine * (2 - versine))
            uu = -(smallest + 2 * p * k * versine)
            v = np.sqrt((p - k) ** 2 + 2 * p * k * versine)
            qa, qb = (1 + w / mass) ** 2 - v * v / mass**2, -2 * uu * (1 + w / mass) - 4 * v * v
            root = np.sqrt(qb * qb - 4 * qa * uu * uu)
            t_min = uu * uu / ((root - qb) / 2)
            t_max = uu * uu / qa / t_min
            closed = ~((qa > 0) & (qb < 0) & (root > 0) & (w - t_min / (2 * mass) >= self.m_f))
            cos_pv, sin_pv = (p - k * cos) / v, k * sin / v
            slope = p * cos_pv / v * (1 + w / mass) - 1 - e / mass
            peak = np.log(-uu * p / v / np.sqrt(slope**2 + qa * (p * sin_pv / v) ** 2))
            low, high = np.log(t_min), np.log(t_max)
            peak = np.clip(peak, low, high)
            # Panels shrink towards the collinear peak from both sides.
            depth = 17 if self.m_i > self.m_f else 5  # there is none for light leptons that become heavy ones
            offsets = np.concatenate([np.linspace(1, 0.5, 6), REAL(2) ** -np.arange(2, depth), [0]])
            offsets = np.concatenate([-offsets, offsets[:-1][::-1]])
            reach = np.where(offsets < 0, (peak - low)[..., None], (high - peak)[..., None])
            x, weight = rule(peak[..., None] + reach * offsets, nodes)
            t = np.exp(x)
            c = {name: value[..., None] for name, value in
                 dict(w=w, v=v, uu=uu, cos_pv=cos_pv, sin_pv=sin_pv, k=k).items()}
            value = self.azimuth_average(t, **c) * form_factor(t, self.z, self.a) / t * weight
            integral = 2 * np.pi * value.sum(-1)
            result = integral * ALPHA**2 * e * k / (128 * REAL(np.pi) ** 2 * mass**2 * p * v) * PICOBARN
            return np.where(closed, 0, result)

    def azimuth_average(self, t, w, v, uu, cos_pv, sin_pv, k):
        """Mean of A2 over the azimuth: A2 is a Laurent polynomial in ss = a + b cos phi."""
        e, p, mass, m = self.e, self.p, self.mass, self.m
        q = np.sqrt(t + t * t / (4 * mass**2))
        cos_vq = (-uu + t * (1 + w / mass)) / (2 * v * q)
        sin_vq = np.sqrt(np.maximum((1 - cos_vq) * (1 + cos_vq), 0))
        a = -t - e * t / mass + 2 * p * q * cos_pv * cos_vq
        b = 2 * p * q * sin_pv * sin_vq
        square = (a - b) * (a + b)
        r = 1 / np.sqrt(square)                     # <1/ss>, a > 0
        r2 = a * r / square                         # <1/ss^2>
        big_p2, d = 4 * mass**2 + t, m * m - self.m_i**2 - self.m_f**2
        p_p, shifted_k = 2 * mass * e - t / 2, 2 * mass * (e - w) - uu / 2   # p.P + ss/2, k.P + ss/2
        outgoing = 2 * mass * w + (uu - t) / 2      # p'.P, free of ss
        g = outgoing / uu - REAL(0.5)
        b_mean = -t * big_p2 * (r2 + 2 * r / uu + 1 / uu**2) + 4 * (p_p**2 * r2 + 2 * p_p * g * r + g * g)
        # (ss+uu)^2/(ss uu) and (k.P)^2/(ss uu) with k.P = shifted_k - ss/2
        first = big_p2 * ((a + uu * uu * r) / uu + 2)
        second = -4 * t * (shifted_k**2 * r - shifted_k + a / 4) / uu
        return first + second - d * b_mean          # 2 e_plus = 1


def over_angles(process, w, nodes=10):
    """dsigma/dx [pb] at energies w = E - E_phi: all angles of phi."""
    w = np.asarray(w, dtype=REAL)
    smallest, k = process.smallest_uu(w)
    # Uniform in 1/|uu|; the largest angle's end is tiny.
    ends = np.stack([1 / (smallest + 4 * process.p * k), 1 / smallest], -1)
    steps = np.concatenate([[0], REAL(2) ** -np.arange(30, 2, -3.0), np.linspace(0.25, 1, 5)])
    y, weight = rule(ends[..., :1] + (ends[..., 1:] - ends[..., :1]) * steps, nodes)
    uu = 1 / y
    pk = (2 * process.p * k)[..., None]
    versine = np.clip((uu - smallest[..., None]) / pk, 0, 2)
    values = process.double_differential(np.broadcast_to(w[..., None], versine.shape), versine, nodes)
    return (values * weight * uu * uu / pk).sum(-1)


def total(channel, target, energy, m_phi, recoil=(0, np.inf), nodes=10):
    """sigma [pb] with recoil[0] < E - E_phi < recoil[1]."""
    process = Process(channel, target, energy, m_phi)
    low, high = max(process.m_f, REAL(recoil[0])), min(process.e - process.m, REAL(recoil[1]))
    if not low < high:
        return REAL(0)
    # Uniform in ln w, with panels that shrink towards both ends, where thresholds are.
    ladder = REAL(2) ** -np.arange(11, 2, -2.0)
    steps = np.concatenate([[0], ladder, np.linspace(0.25, 0.75, 5), 1 - ladder[::-1], [1]])
    x, weight = rule(np.log(low) + (np.log(high) - np.log(low)) * steps, nodes)
    w = np.exp(x)
    return (over_angles(process, w, nodes) * weight * w).sum() / process.e
