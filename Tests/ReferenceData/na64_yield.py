"""Signal yields of NA64 and of thin targets, with the spectrum of Tsai and Whitis integrated by incomplete gamma functions.

    python na64_yield.py OUTPUT_DIRECTORY

writes na64_yield.csv and thin_layers.csv. Per particle and h^2

    N = (N_A X0/A) Int_0^t dt Int_0^ymax dy y^(s-1) e^-y/Gamma(s) sigma(E_0 e^-y),   s = 4t/3, ymax = ln(E_0/E_min)

for electrons. The cross section inside the cuts (production_quadrature.py) is a polynomial in y through Chebyshev nodes, so
that the inner integral is a sum of incomplete gamma functions, the singular end y -> 0 included; the outer one is a 20-digit
quadrature. thin_layers.csv has the yield of a layer divided by that of the same layer without energy loss, and the same with
e^(-k y) for the cross section, k = 0, 1, 5. Takes minutes. Needs: numpy, mpmath.
"""

import sys
from functools import cache
from pathlib import Path

import mpmath as mp
import numpy as np
from production_quadrature import total

mp.mp.dps = 30
AVOGADRO = mp.mpf("6.02214076e23")
LEAD = {"X0": mp.mpf("6.37"), "A": mp.mpf("207.2")}
NODES = 12


def energy_loss_integral(value, thickness):
    """Int_0^t dt <value(s)>; value(s) is smooth, with a layer of the width 1/|ln y| at small s."""
    last = mp.mpf(4) / 3 * thickness
    cuts = [0] + [c for c in (mp.mpf("0.1"), 1, 4, 12, 30) if c < last] + [last]
    return mp.mpf(3) / 4 * mp.quad(value, cuts)


def moments(s, y_max, count):
    """Int_0^ymax y^(s-1+j) e^-y/Gamma(s) dy, j = 0 ... count-1."""
    if s == 0:
        return [mp.mpf(1)] + [mp.mpf(0)] * (count - 1)
    return [mp.gammainc(s + j, 0, y_max) / mp.gamma(s) for j in range(count)]


@cache
def section_polynomial(target, energy, lowest, m_phi, recoil_min):
    """Coefficients in y of sigma(E_0 e^-y) [pb], and ymax."""
    y_max = mp.log(mp.mpf(energy) / lowest)
    nodes = [(1 + mp.cos(mp.pi * (2 * j + 1) / (2 * NODES))) / 2 * y_max for j in range(NODES)]
    values = [mp.mpf(str(total("e-mu", target, float(energy * mp.exp(-y)), m_phi, (recoil_min, np.inf), nodes=8)))
              for y in nodes]
    matrix = mp.matrix([[y**j for j in range(NODES)] for y in nodes])
    return list(mp.lu_solve(matrix, mp.matrix(values))), y_max


def track_sum(polynomial, thickness, y_max):
    """Int dt Int dy ... polynomial(y) [pb X0]."""
    def value(s):
        return mp.fsum(c * m for c, m in zip(polynomial, moments(s, y_max, len(polynomial))))
    return energy_loss_integral(value, mp.mpf(thickness))


def electrons(m_phi, recoil_min):
    polynomial, y_max = section_polynomial("Pb", 100, 50, m_phi, recoil_min)
    return AVOGADRO * LEAD["X0"] / LEAD["A"] * mp.mpf("1e-36") * track_sum(polynomial, 40, y_max)


def muons(m_phi, x_min):
    highest = (1 - x_min) * 160 if x_min > 0 else np.inf
    section = mp.mpf(str(total("mu-e", "Pb", 160.0, m_phi, (0, highest), nodes=8)))
    return AVOGADRO * LEAD["X0"] / LEAD["A"] * mp.mpf("1e-36") * 40 * section


def exponential_ratio(k, thickness, y_max):
    """The same ratio with e^(-k y) for sigma/sigma(E_0): Int ds (1+k)^-s P(s, (1+k) ymax)."""
    def value(s):
        return (1 + k) ** -s * (mp.gammainc(s, 0, (1 + k) * y_max, regularized=True) if s > 0 else 1)
    return energy_loss_integral(value, mp.mpf(thickness)) / thickness


def write_yields(path):
    masses = [0.11, 0.3169751265, 1.0, 3.0]
    with open(path, "w") as table:
        table.write("# Made by Tests/ReferenceData/na64_yield.py: signal events per particle per h^2, BR_inv = 1, efficiency 1,\n"
                    "# elastic form factor, 40 X0 of Pb. na64e: 100 GeV electrons, Tsai and Whitis, E > 50 GeV, muon above\n"
                    "# e_recoil_min; na64mu: 160 GeV muons without energy loss, x > x_min. Accuracy 1e-7.\n"
                    "experiment,m_phi,e_recoil_min_GeV,x_min,events_per_particle_per_h2\n")
        for recoil in (0, 10):
            for m in masses:
                table.write(f"na64e,{m},{recoil},0,{mp.nstr(electrons(m, recoil), 10)}\n")
                table.flush()
        for m, x_min in zip(masses, (0, 0, 0.5, 0.5)):
            table.write(f"na64mu,{m},0,{x_min},{mp.nstr(muons(m, x_min), 10)}\n")


def write_thin_layers(path):
    with open(path, "w") as table:
        table.write("# Made by Tests/ReferenceData/na64_yield.py: yield of a layer of W [X0] for 100 GeV electrons, relative to that\n"
                    "# without energy loss: m_phi = 0.317 GeV, E_miss > 50 GeV, E_mu > 10 GeV; moment_k: with e^(-k y) for sigma.\n"
                    "thickness,yield,moment_0,moment_1,moment_5\n")
        polynomial, y_max = section_polynomial("W", 100, 50, 0.317, 10)
        for thickness in ["1e-5", "1e-4", "2e-4", "4e-4", "6e-4", "8e-4", "1e-3", "1.25e-3", "1.6e-3", "2e-3", "3e-3",
                          "5e-3", "1e-2", "3e-2", "0.1", "0.3", "1", "3", "5", "12", "40"]:
            t = mp.mpf(thickness)
            values = [track_sum(polynomial, t, y_max) / t / polynomial[0]]
            values += [exponential_ratio(k, t, y_max) for k in (0, 1, 5)]
            table.write(f"{thickness},{','.join(mp.nstr(v, 13) for v in values)}\n")
            table.flush()


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    write_thin_layers(directory / "thin_layers.csv")
    write_yields(directory / "na64_yield.csv")
