"""Compiles the C contestants and gives their functions to Python."""

import ctypes
import shutil
import subprocess
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
KERNELS = HERE.parents[1] / "Kernels"
BUILD = HERE.parent / ".build"
C_FLAGS = ["-std=c2x", "-fPIC", "-shared"]
KERNEL_FLAGS = ["-O2"]  # as the package compiles them
SCALAR_BUILDS = [
    ("clang", ["-O2", "-fno-vectorize", "-fno-slp-vectorize"]),
    ("clang", ["-O3", "-march=native"]),
    ("gcc", ["-O3", "-march=native"]),
]
POINTER = ctypes.POINTER(ctypes.c_double)


def pointer(array):
    return array.ctypes.data_as(POINTER)


def compile_library(compiler, flags, sources, name):
    path = BUILD / f"{name}.so"
    subprocess.run([compiler, *flags, *map(str, sources), "-o", str(path), "-lm"], check=True)
    return ctypes.CDLL(str(path))


def moments(function):
    """evaluate(count, m_phi, delta_a_mu, delta_a_e) as a function of an array."""

    def evaluate(m_phi, out):
        function(ctypes.c_size_t(len(m_phi)), pointer(m_phi), pointer(out[0]), pointer(out[1]))
        return out

    return evaluate


def native_library():
    sources = [HERE / "native.c", HERE / "divisions.c", *sorted((KERNELS / "native").glob("*.c"))]
    return compile_library("clang", [*C_FLAGS, *KERNEL_FLAGS, f"-I{KERNELS / 'include'}"], sources, "native")


def native(library):
    """{name of instruction set: function} for those that this processor runs."""
    library.portal_isa_name.restype = ctypes.c_char_p
    library.portal_isa_available.restype = ctypes.c_bool
    contestants = {}
    for isa in range(4):
        if library.portal_isa_available(isa):
            name = f"leptoscan {library.portal_isa_name(isa).decode()} ({library.portal_isa_lanes(isa)} lanes)"
            contestants[name] = moments(lambda *arguments, isa=isa: library.evaluate(ctypes.c_int(isa), *arguments))
    return contestants


def scalar_c():
    """{description: function} for every compiler present."""
    contestants = {}
    for index, (compiler, flags) in enumerate(SCALAR_BUILDS):
        if shutil.which(compiler):
            library = compile_library(compiler, [*C_FLAGS, *flags], [HERE / "scalar.c"], f"scalar{index}")
            shown = " ".join(flag for flag in flags if not flag.startswith("-fno"))
            contestants[f"scalar C, {compiler} {shown}"] = moments(library.evaluate)
    return contestants


def operations_per_point(m_phi):
    """The kernel's own operation counts, from its source compiled with counting operators."""
    source = HERE.parent / "operations/count.cpp"
    library = compile_library("clang", ["-O1", "-std=c++17", "-fPIC", "-shared"], [source], "operations")
    counts = np.zeros(5)
    library.count_anomalous_moments(ctypes.c_size_t(len(m_phi)), (POINTER * 1)(pointer(m_phi)), None, pointer(counts))
    names = ["additions", "multiplications", "fused_multiply_adds", "divisions", "square_roots"]
    return dict(zip(names, counts.tolist()))


def ceilings(library):
    """{name: (function without arguments, amount of work it does, unit)}."""
    steps, chains, flops = 1_000_000, 12, 2
    result = ctypes.c_double()
    rates = {}
    for isa, (name, lanes) in enumerate((("sse2", 2), ("avx2", 4), ("avx512", 8)), start=1):
        divide = getattr(library, f"divide_{name}", None)
        if divide and library.portal_isa_available(isa):
            add = "multiply_add" if name == "sse2" else "fma"
            rates[f"{add}_{name}"] = (
                lambda isa=isa: library.portal_multiply_adds(ctypes.c_int(isa), ctypes.c_size_t(steps), ctypes.byref(result)),
                steps * chains * lanes * flops, "flop/s")
            rates[f"divide_{name}"] = (
                lambda f=divide: f(ctypes.c_size_t(steps // 10)), steps // 10 * chains * lanes, "division/s")
    arrays = [np.ones(1 << 23) for _ in range(3)]
    rates["triad"] = (
        lambda: library.portal_triad(ctypes.c_size_t(len(arrays[0])), *map(pointer, arrays)), 24 * len(arrays[0]), "byte/s")
    return rates
