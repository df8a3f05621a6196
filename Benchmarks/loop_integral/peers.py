"""The Python peers. Each maps an array m_phi [GeV], m_phi > m_mu + m_e, to (delta_a_mu/h^2, delta_a_e/h^2).

The algebra and the names (u, alpha, beta, w, H) are those of Kernels/portable/loop_integral.h.
"""

import re
import warnings
from pathlib import Path

import numpy as np
from scipy.integrate import IntegrationWarning, quad

M_MU, M_E = 0.1056583755, 0.51099895069e-3
PREFACTOR = 1 / (16 * np.pi**2)
HEADER = Path(__file__).parents[2] / "Kernels/portable/loop_integral.h"
H_COEFFICIENTS = re.search(r"loop_h_coefficients\[\] = \{(.*?)\}", HEADER.read_text(), re.DOTALL)
H_COEFFICIENTS = [float(number) for number in H_COEFFICIENTS[1].split(",")]
TILE = 8192  # points whose temporaries stay in the second-level cache


def tiled(function):
    """Evaluates `function` tile by tile: NumPy is slower on arrays that leave the cache."""

    def evaluate(m_phi):
        out = np.empty((2, len(m_phi)))
        for start in range(0, len(m_phi), TILE):
            part = slice(start, start + TILE)
            out[:, part] = function(m_phi[part])
        return out

    return evaluate


def roots(m):
    inverse2 = 1 / (m * m)
    r_mu, r_e = M_MU**2 * inverse2, M_E**2 * inverse2
    sum_e = (m - M_MU) * (m + M_MU) * inverse2 + r_e
    lam = (m - M_MU - M_E) * (m + M_MU + M_E) * (m - M_MU + M_E) * (m + M_MU - M_E) * inverse2**2
    w = np.sqrt(lam)
    u_mu, u_e = 0.5 * (2 - sum_e + w), 0.5 * (sum_e + w)
    return r_mu, r_e, sum_e, lam, w, u_mu, u_e, r_mu / u_mu, r_e / u_e


def h_polynomial(u, coefficients=H_COEFFICIENTS):
    total = np.full_like(u, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        total *= u
        total += coefficient
    return u * total


def h_closed(u, one_minus_u):
    inverse = 1 / u
    return 1 / 3 + one_minus_u * inverse * (0.5 + inverse * (1 + inverse * np.log(one_minus_u)))


def near_threshold(r, s, d, lam):
    q, y = np.sqrt(lam) / d, 4 * s / (d * d)
    integral = np.log1p(2 * q * (1 + q) / y) / (q * d)
    c0 = (s - 1) / (r * r)
    weight = (r * (2 * s - d) + (s - 1) * lam) / (2 * r**3)
    return weight * integral + (c0 * (2 - d) + 1 / r) / (2 * r) * np.log(s) + c0 - 0.5 / r


def power_series(sum_of_roots, product_of_roots):
    previous, current = np.zeros_like(sum_of_roots), np.ones_like(sum_of_roots)
    total = np.full_like(sum_of_roots, 1 / 12)
    for n in range(1, 45):
        previous, current = current, sum_of_roots * current - product_of_roots * previous
        total += current * (1 / ((n + 3) * (n + 4)))
    return total


def replace(values, where, function, *arguments):
    """values[where] = function(arguments[where]), at no cost where the mask is empty."""
    if where.any():
        values[where] = function(*(a[where] for a in arguments))


def closed_form(m):
    """The closed form in vectorised NumPy at the kernel's accuracy, on whole arrays."""
    r_mu, r_e, sum_e, lam, w, u_mu, u_e, alpha, beta = roots(m)
    h_alpha = np.empty_like(m)
    large = alpha >= 0.5
    replace(h_alpha, large, h_closed, alpha, u_e)
    replace(h_alpha, ~large, h_polynomial, alpha)
    muon = (h_closed(u_mu, beta) - h_alpha) / w
    replace(muon, r_mu >= 0.7, near_threshold, r_mu, r_e, sum_e, lam)
    electron = (h_closed(u_e, alpha) - h_polynomial(beta, [1 / 12, 1 / 20, 1 / 30, 1 / 42])) / w
    replace(electron, u_e < 0.5, power_series, sum_e, r_e)
    return PREFACTOR * r_mu * muon, PREFACTOR * r_e * electron


closed_form_tiled = tiled(closed_form)

NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
NODES, WEIGHTS = 0.5 * (NODES + 1), 0.5 * WEIGHTS


def gauss_legendre_integral(u, one_minus_u, v, one_minus_v):
    """L with y = 1-x = delta (exp(t Lambda) - 1), delta = 1/u - 1, which flattens the layer at x -> 1."""
    delta = one_minus_u / u
    span = -np.log(one_minus_u)
    y = delta[:, None] * np.expm1(span[:, None] * NODES)
    integrand = y * (1 - y) ** 2 / (one_minus_v[:, None] + v[:, None] * y)
    return span / u * (integrand @ WEIGHTS)


def gauss_legendre(m):
    """64-node Gauss-Legendre quadrature, vectorised over points and nodes."""
    out = np.empty((2, len(m)))
    for start in range(0, len(m), 256):
        part = slice(start, start + 256)
        r_mu, r_e, _, _, _, u_mu, u_e, alpha, beta = roots(m[part])
        out[0, part] = PREFACTOR * r_mu * gauss_legendre_integral(u_mu, beta, alpha, u_e)
        out[1, part] = PREFACTOR * r_e * gauss_legendre_integral(u_e, alpha, beta, u_mu)
    return out


def adaptive_quadrature(m):
    """scipy.integrate.quad of the defining integral, one point at a time.

    It warns of roundoff, and its accuracy suffers, where the layer at x -> 1 is narrow.
    """
    warnings.simplefilter("ignore", IntegrationWarning)

    def moment(m_phi, external, internal):
        r, s = (external / m_phi) ** 2, (internal / m_phi) ** 2
        value, _ = quad(
            lambda x: x * x * (1 - x) / ((1 - x) * (1 - r * x) + s * x), 0, 1, epsabs=0, epsrel=1e-12, limit=200)
        return PREFACTOR * r * value

    return np.array([(moment(x, M_MU, M_E), moment(x, M_E, M_MU)) for x in m.tolist()]).T
