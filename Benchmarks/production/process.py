"""What is measured: the process, the points, the orders of the quadrature (Sources/Production/QuadratureOrder.swift)."""

from dataclasses import dataclass

import numpy as np

ELECTRON, MUON, ATOMIC_MASS = 0.51099895069e-3, 0.1056583755, 0.93149410242
LEVELS = [(16, 12, 16), (24, 16, 24), (32, 24, 32), (48, 32, 48), (64, 48, 64), (96, 64, 96)]
PROFILE = [8, 8]


@dataclass(frozen=True)
class Process:
    name: str
    m_in: float
    m_out: float
    energy: float
    charge: int = 82
    mass_number: float = 207.2

    @property
    def nucleus(self):
        return self.mass_number * ATOMIC_MASS

    @property
    def screening(self):
        return (111 / np.cbrt(self.charge) / ELECTRON) ** 2

    @property
    def size(self):
        return 0.164 / np.cbrt(self.mass_number) ** 2


PROCESSES = [Process("e -> mu on Pb at 100 GeV", ELECTRON, MUON, 100.0), Process("mu -> e on Pb at 160 GeV", MUON, ELECTRON, 160.0)]
MASSES = np.geomspace(0.11, 5, 64)
FEW_MASSES = np.array([0.11, 0.317, 1.0, 3.0])


def gauss_legendre(count):
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return 0.5 * (nodes + 1), 0.5 * weights
