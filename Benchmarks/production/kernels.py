"""leptoscan's kernels on one core, called through the C library that the package compiles."""

import ctypes
import re
import subprocess
from pathlib import Path

import numpy as np

from process import LEVELS, PROFILE, gauss_legendre

HERE = Path(__file__).parent
KERNELS = HERE.parents[1] / "Kernels"
BUILD = HERE.parent / ".build"
POINTER = ctypes.POINTER(ctypes.c_double)
LAYOUT = dict(re.findall(r"#define (PORTAL_\w+) +(\d+)\b", (KERNELS / "portable/production_layout.h").read_text()))
EDGES, MOST_EDGES = int(LAYOUT["PORTAL_PROCESS_EDGES"]), int(LAYOUT["PORTAL_MOST_EDGES"])


def library(name, compiler, *arguments):
    path = BUILD / f"{name}.so"
    subprocess.run([compiler, "-fPIC", "-shared", *map(str, arguments), "-o", str(path), "-lm"], check=True)
    return ctypes.CDLL(str(path))


def columns(arrays):
    return (POINTER * len(arrays))(*[array.ctypes.data_as(POINTER) for array in arrays])


def auxiliary(process, rules, **values):
    """The run-time data as Kernels/portable/production_layout.h describes them."""
    head = np.zeros(EDGES + MOST_EDGES)
    settings = {
        "LEPTON_IN": process.m_in, "LEPTON_OUT": process.m_out, "NUCLEUS": process.nucleus, "COUPLING_PLUS": 0.5,
        "CHARGE": process.charge, "SCREENING": process.screening, "NUCLEAR_SIZE": process.size,
        "HIGHEST_RECOIL": 1e300, "LARGEST_VERSINE": 2.0, **values}
    for name, value in settings.items():
        head[int(LAYOUT[f"PORTAL_PROCESS_{name}"])] = value
    parts = [head]
    for count in rules:
        nodes, weights = gauss_legendre(count)
        parts += [[count], nodes, weights]
    return np.concatenate(parts)


def quadrature_data(process, tolerance=1e-6):
    return auxiliary(process, [n for level in LEVELS for n in level], TOLERANCE=tolerance, LEVELS=len(LEVELS))


def monte_carlo_data(process, samples, seed=1):
    tiles = max(2, -(-samples // 1024))
    strata = min(64, max(1, tiles // 4))
    per_stratum = -(-tiles // strata)
    data = auxiliary(process, PROFILE, SEED=seed, STRATA=strata, TILES=per_stratum)
    return data, 1024 * strata * per_stratum


class NativeKernels:
    def __init__(self):
        flags = ["-std=c2x", "-O2", f"-I{KERNELS / 'include'}"]
        self.library = library("production", "clang", *flags, *sorted((KERNELS / "native").glob("*.c")))
        self.library.portal_isa_name.restype = ctypes.c_char_p
        self.library.portal_isa_available.restype = ctypes.c_bool
        self.library.portal_kernel_name.restype = ctypes.c_char_p

    def instruction_sets(self):
        """{name: number} of those that this processor runs."""
        return {self.library.portal_isa_name(isa).decode(): isa
                for isa in range(4) if self.library.portal_isa_available(isa)}

    def evaluate(self, isa, kernel, inputs, data):
        number = next(k for k in range(200) if self.library.portal_kernel_name(k).decode() == kernel)
        outputs = [np.empty(len(inputs[0])) for _ in range(self.library.portal_kernel_outputs(number))]
        self.library.portal_evaluate(
            isa, number, ctypes.c_size_t(len(inputs[0])), columns(inputs), columns(outputs),
            data.ctypes.data_as(POINTER))
        return outputs


def operations(kernel, inputs, data):
    """Floating-point operations per point, counted by the kernel's own source; a fused multiply-add is two."""
    counter = library("operations", "clang++", "-O1", "-std=c++17", "-Wno-everything", HERE.parent / "operations/count.cpp")
    counts = np.zeros(5)
    getattr(counter, f"count_{kernel}")(
        ctypes.c_size_t(len(inputs[0])), columns(inputs), data.ctypes.data_as(POINTER), counts.ctypes.data_as(POINTER))
    names = ["additions", "multiplications", "fused_multiply_adds", "divisions", "square_roots"]
    return dict(zip(names, counts.tolist())), counts.sum() + counts[2]
