"""The peers: the squared amplitude of docs/production.md, eqs. (4)-(6), in NumPy and in numba, from one source.

It avoids the cancellation between the diagrams as leptoscan does; naive forms lose up to 12 digits. NumPy evaluates the
functions on arrays, numba compiles them for numbers.
"""

import numba
import numpy as np
from numba.extending import register_jitable

from process import gauss_legendre

ALPHA, PICOBARN = 1 / 137.035999177, 0.3893793721e9


@register_jitable
def forward(m_in, m_out, energy, m_phi, w):
    """|p|, |k|, delta and U at theta = 0 for w = E - E_phi."""
    p = np.sqrt((energy - m_in) * (energy + m_in))
    k = np.sqrt((energy - w - m_phi) * (energy - w + m_phi))
    delta = m_phi * m_phi / (energy - w + k) - m_in * m_in / (energy + p)
    return p, k, delta, m_out * m_out + delta * (delta + 2 * w)


@register_jitable
def recoil_limits(m_in, m_out, nucleus, energy, m_phi):
    """The range of w."""
    rest = nucleus + m_out
    root_s = np.sqrt(2 * nucleus * energy + nucleus**2 + m_in**2)
    k = np.sqrt((root_s - m_phi - rest) * (root_s + m_phi + rest) * (root_s - m_phi + rest) * (root_s + m_phi - rest))
    k *= 0.5 / root_s
    e, gamma, boost = np.sqrt(k * k + m_phi * m_phi), (energy + nucleus) / root_s, np.sqrt(energy**2 - m_in**2) / root_s
    smallest = m_phi if gamma * k >= boost * e else gamma * e - boost * k
    return energy - (gamma * e + boost * k), energy - smallest


@register_jitable
def line(m_in, m_out, nucleus, energy, m_phi, w, p, k, delta, u, versine):
    """V, the limits of T, g, s, e, b and the coefficients for e_plus = 1/2, e_minus = 0."""
    v2, t = (w + delta) ** 2 + 2 * p * k * versine, w + delta
    v, half_u = np.sqrt(v2), 0.5 * u / nucleus
    p_star = np.sqrt(np.maximum((w - half_u - m_out) * (w - half_u + m_out), 0.0))
    product = (v + p_star - half_u) * (v + p_star + half_u)
    curvature = 1 + 2 * w / nucleus - (u - m_out * m_out) / nucleus**2
    e = (t * (energy * delta + w * m_in * m_in / (energy + p)) + p * k * versine * (2 * energy - w)) / v2
    g = k * (t - p * versine) / v2
    b = (p * k / v2) ** 2 * versine * (2 - versine) * curvature
    minus = -0.5 * (m_phi * m_phi - m_in * m_in - m_out * m_out)
    return v, u * u / product, product / curvature, g, g - e / nucleus, e, b, 0.5 * u, minus


@register_jitable
def form_factor(charge, screening, size, t):
    at = screening * t
    return (charge * at / ((1 + at) * (1 + t / size))) ** 2


@register_jitable
def flux(nucleus, energy, p, k, v):
    return ALPHA * ALPHA * PICOBARN / (64 * np.pi * nucleus * nucleus) * energy * k / (p * v)


def sample(m_in, m_out, nucleus, charge, screening, size, energy, m_phi, u0, u1, u2, u3):
    """Weight [pb] of a point of the unit cube: w uniform in its logarithm, theta in 1/U, T in ln[T/(T + d/2)], phi so that
    1/ss is absorbed."""
    w_low, w_high = recoil_limits(m_in, m_out, nucleus, energy, m_phi)
    length = np.log(w_high / w_low)
    w = w_low * np.exp(length * u0)
    p, k, delta, near = forward(m_in, m_out, energy, m_phi, w)
    scale = 2 * p * k
    far = near + np.minimum(2 * nucleus * (w - m_out) - near, 2.0 * scale)
    u = 1 / (1 / far + (1 / near - 1 / far) * u1)
    versine = (u - near) / scale
    v, t_min, t_max, g, s, e, b, plus, minus = line(m_in, m_out, nucleus, energy, m_phi, w, p, k, delta, u, versine)
    half = 0.5 * size
    low = t_min / (t_min + half)
    span = np.log(t_max / (t_max + half) / low)
    y = low * np.exp(span * u2)
    t = half * y / (1 - y)
    s0 = g * u + s * t
    a, swing = s0 + u, np.sqrt(np.maximum(b * (t - t_min) * (t_max - t), 0.0))
    n0, n1 = 2 * nucleus * (u * e - w * s * t) + 0.5 * t * s0, swing * (0.5 * t - 2 * nucleus * w)
    root2, psi, phi_energy = (a - swing) * (a + swing), np.cos(2 * np.pi * u3), energy - w
    cosine, ss = (a * psi - swing) / (a - swing * psi), root2 / (a - swing * psi)
    big_s, n = s0 + swing * cosine, n0 + n1 * cosine
    x_part = 4 * nucleus * (2 * phi_energy * t * (2 * nucleus * phi_energy - big_s) - nucleus * big_s * big_s)
    y_part = 4 * n * n - t * (4 * nucleus * nucleus + t) * big_s * big_s
    a2 = 2 / (u * u * np.sqrt(root2)) * (plus * x_part + minus * y_part / ss)
    jacobian = w / energy * length * (1 / near - 1 / far) * u * u / scale * span * (t + half) / half / t
    return flux(nucleus, energy, p, k, v) * form_factor(charge, screening, size, t) * a2 * jacobian


numba_sample = numba.njit(sample)


@numba.njit
def numba_batch(arguments, m_phi, points):
    """sample() at every row of points."""
    out = np.empty(len(points))
    for i in range(len(points)):
        out[i] = numba_sample(*arguments, m_phi, points[i, 0], points[i, 1], points[i, 2], points[i, 3])
    return out


def numpy_batch(arguments, m_phi, points):
    return sample(*arguments, m_phi, points[:, 0], points[:, 1], points[:, 2], points[:, 3])


@numba.njit
def numba_monte_carlo(arguments, m_phi, samples, seed):
    """Mean and standard error of independent samples."""
    np.random.seed(seed)
    total, squares = 0.0, 0.0
    for _ in range(samples):
        weight = numba_sample(*arguments, m_phi, np.random.rand(), np.random.rand(), np.random.rand(), np.random.rand())
        total += weight
        squares += weight * weight
    mean = total / samples
    return mean, np.sqrt((squares / samples - mean * mean) / samples)


@numba.njit
def averaged_a2(nucleus, phi_energy, w, u, t, t_min, t_max, g, s, e, b, plus, minus):
    """Eq. (6)."""
    s0 = g * u + s * t
    a, swing = s0 + u, np.sqrt(max(b * (t - t_min) * (t_max - t), 0.0))
    n0, n1 = 2 * nucleus * (u * e - w * s * t) + 0.5 * t * s0, swing * (0.5 * t - 2 * nucleus * w)
    r = np.sqrt((a - swing) * (a + swing))
    ratio = 1 / (r + a)
    x0 = 4 * nucleus * (2 * phi_energy * t * (2 * nucleus * phi_energy - s0) - nucleus * s0 * s0)
    x1, x2 = -8 * nucleus * swing * (phi_energy * t + nucleus * s0), -4 * nucleus * nucleus * swing * swing
    weight = t * (4 * nucleus * nucleus + t)
    y0, y1 = 4 * n0 * n0 - weight * s0 * s0, 8 * n0 * n1 - 2 * weight * s0 * swing
    y2 = 4 * n1 * n1 - weight * swing * swing
    x = (x0 + ratio * (x2 * a - x1 * swing)) / r
    y = (y0 * a - y1 * swing + y2 * (a * r + swing * swing) * ratio) / (r * r * r)
    return 2 / (u * u) * (plus * x + minus * y)


@numba.njit
def quadrature(m_in, m_out, nucleus, charge, screening, size, energy, m_phi, recoil, polar, transfer):
    """Gauss-Legendre in leptoscan's variables (docs/production.md), rules as (nodes, weights)."""
    low, high = recoil_limits(m_in, m_out, nucleus, energy, m_phi)
    length, total = np.log(high / low), 0.0
    for i in range(len(recoil[0])):
        x = recoil[0][i]
        w = low * np.exp(length * x * x * (3 - 2 * x))
        p, k, delta, near = forward(m_in, m_out, energy, m_phi, w)
        scale = 2 * p * k
        far = near + min(2 * nucleus * (w - m_out) - near, 2.0 * scale)
        inner = 0.0
        for j in range(len(polar[0])):
            c = polar[0][j]
            u = 1 / (1 / far + (1 / near - 1 / far) * c * c * c)
            versine = max((u - near) / scale, 0.0)
            v, t_min, t_max, g, s, e, b, plus, minus = line(
                m_in, m_out, nucleus, energy, m_phi, w, p, k, delta, u, versine)
            c0, c1 = u * p / v, 2 * (1 + g) * u * s - b * (t_min + t_max)
            c2 = np.sqrt(s * s + b)
            center, width = c0 / c2, np.sqrt(min(max((c1 + 2 * c0 * c2) / (c0 * c2), 1e-12), 4.0))
            z_low = np.arcsinh((np.sqrt(t_min / center) - np.sqrt(center / t_min)) / width)
            span = np.arcsinh((np.sqrt(t_max / center) - np.sqrt(center / t_max)) / width) - z_low
            part = 0.0
            for n in range(len(transfer[0])):
                z = z_low + span * transfer[0][n]
                half = 0.5 * width * np.sinh(z)
                t = center * (half + np.sqrt(1 + half * half)) ** 2
                jacobian = width * np.cosh(z) / np.sqrt(1 + half * half) * span
                a2 = averaged_a2(nucleus, energy - w, w, u, t, t_min, t_max, g, s, e, b, plus, minus)
                part += form_factor(charge, screening, size, t) * a2 / t * jacobian * transfer[1][n]
            dcos = (1 / near - 1 / far) * u * u / scale * 3 * c * c
            inner += part * flux(nucleus, energy, p, k, v) * dcos * polar[1][j]
        total += inner * w / energy * length * 6 * x * (1 - x) * recoil[1][i]
    return total


def rules(order):
    return [gauss_legendre(n) for n in order]


def arguments_of(process):
    return (process.m_in, process.m_out, process.nucleus, float(process.charge), process.screening, process.size,
            process.energy)
