"""Values for the tests of bessel.h and the rational fits that bessel.h uses.

    python bessel.py OUTPUT_DIRECTORY      writes bessel_k1.csv, bessel_k2.csv (20 digits)
    python bessel.py --fit                 prints the coefficients of the fits

Needs: mpmath, numpy.
"""

import sys
from pathlib import Path

import mpmath as mp
import numpy as np

mp.mp.dps = 40


def fit(x, f, degree, sweeps=30):
    """Coefficients of P, Q (Q_0 = 1) that nearly minimise max |P/Q/f - 1| (Sanathanan-Koerner with Lawson weights)."""
    q, weight = np.ones_like(f), np.ones(len(f))
    for _ in range(sweeps):
        columns = [x**i / f for i in range(degree + 1)] + [-(x**i) for i in range(1, degree + 1)]
        a = np.stack(columns, 1) / q[:, None] * weight[:, None]
        b = (weight / q).astype(a.dtype)
        if np.iscomplexobj(a):
            a, b = np.concatenate([a.real, a.imag]), np.concatenate([b.real, b.imag])
        scale = np.linalg.norm(a, axis=0)
        c = np.linalg.lstsq(a / scale, b, rcond=None)[0] / scale
        p = sum(c[i] * x**i for i in range(degree + 1))
        q = 1 + sum(c[degree + i] * x**i for i in range(1, degree + 1))
        error = np.abs(p / q / f - 1)
        weight *= (error / error.max() + 1e-3) ** 0.3
        weight /= weight.max()
    return list(c[: degree + 1]), [1.0] + list(c[degree + 1 :]), error.max()


def k1_shape(w):
    z = 1 / mp.mpmathify(complex(w))
    return complex(mp.sqrt(2 * z / mp.pi) * mp.exp(z) * mp.besselk(1, z))


def k2_shape(u):
    x = mp.mpf(u) / (1 - mp.mpf(u))
    return float(x * x * mp.besselk(2, x) * mp.exp(x) / (1 + x) ** mp.mpf("1.5"))


def fits():
    radius = np.concatenate([0.25 * (1 - np.cos(np.pi * np.arange(1, 60) / 59)), np.geomspace(1e-4, 0.02, 10)])
    w = np.concatenate([radius * np.exp(1j * angle) for angle in np.linspace(0, 0.45, 12)])
    print("K1", fit(w, np.array([k1_shape(v) for v in w]), 4))
    u = np.unique(np.concatenate([np.linspace(1e-4, 1 - 1e-4, 300), np.geomspace(1e-4, 0.1, 100),
                                  1 - np.geomspace(1e-5, 0.1, 60)]))
    print("K2", fit(u, np.array([k2_shape(float(v)) for v in u]), 6))


def write(directory, name, header, xs, *functions):
    with open(Path(directory) / f"{name}.csv", "w") as table:
        table.write(f"# Made by Tests/ReferenceData/bessel.py\n{header}\n")
        for x in map(float, xs):
            table.write(",".join([repr(x)] + [mp.nstr(f(mp.mpf(x)), 20) for f in functions]) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "--fit":
        fits()
    else:
        out = sys.argv[1]
        write(out, "bessel_k1", "z,k1_scaled", np.geomspace(2, 1e6, 200), lambda z: mp.besselk(1, z) * mp.exp(z))
        write(out, "bessel_k2", "x,x2_k2_scaled", np.geomspace(1e-6, 1e6, 300),
              lambda x: x * x * mp.besselk(2, x) * mp.exp(x))
