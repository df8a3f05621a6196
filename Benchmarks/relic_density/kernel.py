"""The relic-density kernel of the package, compiled as the package compiles it, as a function of arrays."""

import ctypes
import re
import subprocess
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
KERNELS = HERE.parents[1] / "Kernels"
BUILD = HERE.parent / ".build"
SOURCES = ["avx2", "avx512", "baseline", "scalar", "dispatch", "degrees_of_freedom", "relic_tables", "relic_shared_tables"]
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
    loaded.portal_relic_shared_length.restype = ctypes.c_size_t
    loaded.portal_relic_shared_rows.restype = ctypes.c_size_t
    return loaded


class RelicKernel:
    """relic_fermions on one instruction set; m_psi2 = m_psi."""

    def __init__(self, loaded, isa, **settings):
        listed = re.findall(r"KERNEL\((\w+), \d+, (\d+)\)", (KERNELS / "portable/kernel_list.h").read_text())
        self.numbers = {name: (number, int(outputs)) for number, (name, outputs) in enumerate(listed)}
        self.library, self.isa = loaded, isa
        self.name = loaded.portal_isa_name(isa).decode()
        chosen = Settings(**{"quarters": 100, "refinement": 1, "last_x": 2e4, "phi_pairs": True, **settings})
        columns = np.loadtxt(KERNELS / "data/dof_dhs.csv", delimiter=",", skiprows=2).T.copy()
        count = ctypes.c_int(columns.shape[1])
        self.tables = np.empty(loaded.portal_relic_tables_length(chosen, pointer(columns[0]), count))
        assert loaded.portal_relic_tables_fill(chosen, *map(pointer, columns), count, pointer(self.tables))

    def evaluate(self, kernel, inputs, tables):
        number, output_count = self.numbers[kernel]
        inputs = [np.ascontiguousarray(a, dtype=float) for a in inputs]
        outputs = [np.empty(len(inputs[0])) for _ in range(output_count)]
        self.library.portal_evaluate(
            ctypes.c_int(self.isa), ctypes.c_int(number), ctypes.c_size_t(len(inputs[0])),
            (POINTER * len(inputs))(*map(pointer, inputs)), (POINTER * output_count)(*map(pointer, outputs)),
            pointer(tables))
        return outputs

    def __call__(self, m_phi, m_psi, h, g):
        return self.evaluate("relic_fermions", (m_phi, m_psi, m_psi, h, g), self.tables)[0]


class SharedKernel(RelicKernel):
    """relic_fermions_shared: the thermal averages, computed in the same call, are shared by all couplings."""

    def __call__(self, m_phi, m_psi, h, g, group=None):
        """group: the number of each point's masses; by default every point has its own."""
        group = np.arange(len(m_phi)) if group is None else group
        member = np.empty(np.max(group) + 1, dtype=int)
        member[group] = np.arange(len(group))
        tables = self.shared(np.stack([m_phi[member], m_psi[member]]), np.max(h), np.max(g))
        return self.evaluate("relic_fermions_shared", (m_phi, m_psi, m_psi, h, g, group), tables)[0]

    def shared(self, masses, largest_h, largest_g):
        library, groups = self.library, masses.shape[1]
        rows, count = library.portal_relic_shared_rows(pointer(self.tables)), ctypes.c_size_t(groups)
        m_phi, m_psi = np.repeat(masses, rows, axis=1)
        columns = self.evaluate(
            "shared_average_fermions",
            (m_phi, m_psi, m_psi, np.full_like(m_phi, largest_h), np.full_like(m_phi, largest_g), np.tile(np.arange(rows), groups)),
            self.tables)
        length = len(self.tables)
        tables = np.zeros(length + library.portal_relic_shared_length(pointer(self.tables), count))
        tables[:length] = self.tables
        library.portal_relic_shared_begin(
            pointer(tables), ctypes.c_size_t(length), count, ctypes.c_double(largest_h), ctypes.c_double(largest_g))
        library.portal_relic_shared_fill(
            pointer(tables), ctypes.c_size_t(0), count, (POINTER * len(columns))(*map(pointer, columns)))
        return tables
