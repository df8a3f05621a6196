"""The ratio Omega(coupled)/Omega(kinetic equilibrium) on the relic line, in the plane of m_psi and m_psi/m_phi.

    python kinetic_decoupling_map.py DEGREES_OF_FREEDOM_DIRECTORY TABLE.csv

Fermions, g = 0.3, annihilation to e mu and phi phi*; at each point h is such that Omega h^2 in kinetic equilibrium is 0.120 (1e-3). Coarse tables: 1e-3.
scripts/kinetic-decoupling-figure.py draws it. Needs: numpy, scipy.
"""

import sys
from pathlib import Path

import numpy as np

from kinetic_decoupling import Channels, Cosmology, Point, Thermal

MASSES = (0.1, 0.06, 0.15, 0.3, 0.08, 1.0, 0.05)
RATIOS = (0.33, 0.45, 0.7, 0.2, 0.4, 0.48)
G, OMEGA = 0.3, 0.120


def on_the_line(m, ratio, cosmology):
    """h and the ratio; nan where no h below sqrt(4 pi) is enough."""
    m_phi = m / ratio
    if m_phi < 0.1062:
        return np.nan, np.nan
    h = 1e-2 * m_phi
    point = Point("fermion", m_phi, m, m, h, G, cosmology, fineness=0.3)
    for _ in range(12):
        omega = point.solve("equilibrium", last_x=3e4, tolerance=1e-5)[0]
        if abs(omega / OMEGA - 1) < 1e-3:
            return h, point.solve("coupled", last_x=3e4, tolerance=1e-5)[0] / omega
        h *= np.sqrt(omega / OMEGA)
        if h > 3.545:
            break
        point.thermal = Thermal(Channels("fermion", m_phi, m, m, h, G), point.gas, 150)
        point.gh2 = (G * h) ** 2
    return np.nan, np.nan


if __name__ == "__main__":
    cosmology = Cosmology(Path(sys.argv[1]) / "dof_dhs.csv")
    with open(sys.argv[2], "w") as table:
        table.write("# Made by Tests/ReferenceData/kinetic_decoupling_map.py: Omega(coupled)/Omega(kinetic equilibrium) at Omega(kinetic equilibrium) h^2 = 0.120, g = 0.3\n")
        table.write("m_psi,m_psi_over_m_phi,h,ratio\n")
        for m in MASSES:
            for ratio in RATIOS:
                h, found = on_the_line(m, ratio, cosmology)
                table.write(f"{m!r},{ratio!r},{h:.4e},{found:.4f}\n")
                table.flush()
