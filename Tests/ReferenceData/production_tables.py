"""Tables of cross sections of l N -> l' N phi: total, over x, over x and the angle of phi.

    python production_tables.py OUTPUT_DIRECTORY

writes production_total.csv, production_dx.csv, production_dxdcos.csv for the points below by production_quadrature.py. Every
sixth doubly differential value must agree with the 30-digit quadrature of production.py to 1e-10, else it stops. Takes
minutes. Needs: numpy, mpmath.
"""

import sys
from pathlib import Path

import mpmath as mp
import numpy as np
from production import double_differential
from production_quadrature import REAL, Process, over_angles, total

TOTALS = [
    ("e-mu", "Pb", 100.0, 0.11), ("e-mu", "Pb", 100.0, 0.15), ("e-mu", "Pb", 100.0, 0.2),
    ("e-mu", "Pb", 100.0, 0.3169751265), ("e-mu", "Pb", 100.0, 0.5), ("e-mu", "Pb", 100.0, 1.0),
    ("e-mu", "Pb", 100.0, 2.0), ("mu-e", "Pb", 160.0, 0.11), ("mu-e", "Pb", 160.0, 0.3169751265),
    ("mu-e", "Pb", 160.0, 1.0), ("mu-e", "Pb", 160.0, 3.0), ("mu-e", "W", 6.221, 0.6116),
    ("mu-e", "W", 129.186, 2.197), ("e-mu", "Al", 39.228, 1.3915), ("mu-e", "Al", 39.652, 1.2751),
    ("mu-e", "W", 6.449, 0.3174), ("e-mu", "Al", 133.249, 0.6327), ("e-mu", "Al", 5.824, 1.8473),
    ("e-mu", "Al", 151.747, 0.336), ("mu-e", "Al", 6.059, 0.7389),
]
DIFFERENTIAL = [
    # x and, for the double differential cross section, theta [rad]
    ("e-mu", "Pb", 100.0, 0.11, 0.239004, 0.00073235), ("e-mu", "Pb", 100.0, 0.11, 0.801363, 8.113e-05),
    ("e-mu", "Pb", 100.0, 0.11, 0.965082, 0.00034052), ("e-mu", "Pb", 100.0, 0.15, 0.11038, 0.00135924),
    ("e-mu", "Pb", 100.0, 0.15, 0.507513, 0.00344397), ("e-mu", "Pb", 100.0, 0.15, 0.930543, 0.00132845),
    ("e-mu", "Pb", 100.0, 0.2, 0.53999, 0.00185474), ("e-mu", "Pb", 100.0, 0.2, 0.812807, 0.00168968),
    ("e-mu", "Pb", 100.0, 0.2, 0.961434, 0.0007194), ("e-mu", "Pb", 100.0, 0.3169751265, 0.386246, 0.00028501),
    ("e-mu", "Pb", 100.0, 0.3169751265, 0.575777, 0.00015575), ("e-mu", "Pb", 100.0, 0.3169751265, 0.596281, 0.00015328),
    ("e-mu", "Pb", 100.0, 0.5, 0.47844, 8.581e-05), ("e-mu", "Pb", 100.0, 0.5, 0.613513, 0.00467488),
    ("e-mu", "Pb", 100.0, 0.5, 0.657022, 0.0095412), ("e-mu", "Pb", 100.0, 1.0, 0.842173, 0.01258967),
    ("e-mu", "Pb", 100.0, 1.0, 0.897073, 0.00127515), ("e-mu", "Pb", 100.0, 1.0, 0.921914, 0.00052164),
    ("e-mu", "Pb", 100.0, 2.0, 0.292306, 0.00810333), ("e-mu", "Pb", 100.0, 2.0, 0.710534, 0.01064391),
    ("e-mu", "Pb", 100.0, 2.0, 0.814052, 0.00171192), ("mu-e", "Pb", 160.0, 0.11, 0.450564, 0.00260998),
    ("mu-e", "Pb", 160.0, 0.11, 0.579459, 0.01951059), ("mu-e", "Pb", 160.0, 0.11, 0.948852, 0.01213521),
    ("mu-e", "Pb", 160.0, 0.3169751265, 0.084472, 0.00092205), ("mu-e", "Pb", 160.0, 0.3169751265, 0.613088, 0.00217963),
    ("mu-e", "Pb", 160.0, 0.3169751265, 0.793019, 0.00789227), ("mu-e", "Pb", 160.0, 1.0, 0.123638, 0.00018758),
    ("mu-e", "Pb", 160.0, 1.0, 0.248469, 0.00583332), ("mu-e", "Pb", 160.0, 1.0, 0.732768, 0.00036694),
]

NOTE = """# Made by Tests/ReferenceData/production_tables.py: pb for h = 1, energies in GeV; exact tree level, C_S = C_P = 1/2,
# spin-0 nucleus, elastic form factor. %s
"""


def double(channel, target, energy, m_phi, x, theta):
    process = Process(channel, target, energy, m_phi)
    half = np.sin(REAL(theta) / 2)
    value = process.double_differential(np.array([(1 - REAL(repr(x))) * process.e]), np.array([2 * half * half]))[0]
    if DIFFERENTIAL.index((channel, target, energy, m_phi, x, theta)) % 6 == 5:
        exact = double_differential(channel, target, energy, m_phi, 1 - mp.mpf(repr(x)), theta, 0.5, 0.5, 0)
        if abs(mp.mpf(str(value)) / exact - 1) > 1e-10:
            sys.exit(f"{channel} {target} {energy} {m_phi} {x} {theta}: {value} and {exact}")
    return value


def single(channel, target, energy, m_phi, x, theta):
    process = Process(channel, target, energy, m_phi)
    return over_angles(process, np.array([(1 - REAL(repr(x))) * process.e]))[0]


def write(path, header, accuracy, points, value):
    with open(path, "w") as table:
        table.write(NOTE % accuracy + header + "\n")
        for point in points:
            fields = ",".join(field if isinstance(field, str) else repr(field) for field in point)
            table.write(f"{fields},{float(value(*point)):.12e}\n")
            table.flush()


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    columns = "channel,target,E_lab,m_phi,x"
    write(directory / "production_dxdcos.csv", columns + ",theta,d2sigma_dxdcostheta_over_h2_pb", "Accuracy 1e-10.",
          DIFFERENTIAL, double)
    with_theta = directory / "production_dx.csv"
    write(with_theta, columns + ",theta,dsigma_dx_over_h2_pb", "Accuracy 1e-9; theta is not used.", DIFFERENTIAL, single)
    write(directory / "production_total.csv", "channel,target,E_lab,m_phi,sigma_over_h2_pb", "Accuracy 1e-8.",
          TOTALS, total)
