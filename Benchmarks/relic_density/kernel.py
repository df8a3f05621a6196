"""The relic-density kernel of the package, compiled as the package compiles it, as a function of arrays."""

import ctypes
import re
import subprocess
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
KERNELS = HERE.parents[1] / "Kernels"
BUILD = HERE.parent / ".build"
SOURCES = ["avx2", "avx512", "baseline", "scalar", "dispatch", "degrees_of_freedom", "relic_tables"]
POINTER = ctypes.POINTER(ctypes.c_double)


class Settings(ctypes.Structure):
    _fields_ = [("quarters", ctypes.c_int), ("refinement", ctypes.c_int), ("last_x", ctypes.c_double),
                ("phi_pairs", ctypes.c_bool)]


def pointer(array):
    return array.ctypes.data_as(POINTER)


def library():
    BUILD.mkdir(exist_ok=True)
    path = BUILD / "relic_density.so"
    sources = [str(KERNELS / "native" / f"{name}.c") for name in SOURCES]
    flags = ["-std=c2x", "-O2", "-fPIC", "-shared", f"-I{KERNELS / 'include'}"]
    subprocess.run(["clang", *flags, *sources, "-o", str(path), "-lm"], check=True)
    loaded = ctypes.CDLL(str(path))
    loaded.portal_isa_name.restype = ctypes.c_char_p
    loaded.portal_isa_available.restype = ctypes.c_bool
    loaded.portal_relic_tables_length.restype = ctypes.c_size_t
    loaded.portal_relic_tables_fill.restype = ctypes.c_bool
    return loaded


class RelicKernel:
    """relic_fermions on one instruction set; m_psi2 = m_psi."""

    def __init__(self, loaded, isa, **settings):
        names = re.findall(r"KERNEL\((\w+), \d+, \d+\)", (KERNELS / "portable/kernel_list.h").read_text())
        self.library, self.isa, self.kernel = loaded, isa, names.index("relic_fermions")
        self.name = loaded.portal_isa_name(isa).decode()
        chosen = Settings(**{"quarters": 100, "refinement": 1, "last_x": 2e4, "phi_pairs": True, **settings})
        columns = np.loadtxt(KERNELS / "data/dof_dhs.csv", delimiter=",", skiprows=2).T.copy()
        count = ctypes.c_int(columns.shape[1])
        self.tables = np.empty(loaded.portal_relic_tables_length(chosen, pointer(columns[0]), count))
        assert loaded.portal_relic_tables_fill(chosen, *map(pointer, columns), count, pointer(self.tables))

    def __call__(self, m_phi, m_psi, h, g):
        inputs = [np.ascontiguousarray(a, dtype=float) for a in (m_phi, m_psi, m_psi, h, g)]
        outputs = [np.empty(len(inputs[0])) for _ in range(7)]
        self.library.portal_evaluate(
            ctypes.c_int(self.isa), ctypes.c_int(self.kernel), ctypes.c_size_t(len(inputs[0])),
            (POINTER * 5)(*map(pointer, inputs)), (POINTER * 7)(*map(pointer, outputs)), pointer(self.tables))
        return outputs[0]
