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


def native():
    """{name of instruction set: function} for those that this processor runs."""
    sources = [HERE / "native.c", *sorted((KERNELS / "native").glob("*.c"))]
    library = compile_library("clang", [*C_FLAGS, *KERNEL_FLAGS, f"-I{KERNELS / 'include'}"], sources, "native")
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


def ceilings():
    """{name: (function without arguments, amount of work it does, unit)}."""
    library = compile_library("clang", [*C_FLAGS, "-O2"], [HERE / "ceilings.c"], "ceilings")
    steps, chains, flops = 1_000_000, 12, 2
    rates = {}
    for isa, lanes in (("sse2", 2), ("avx2", 4), ("avx512", 8)):
        add = "multiply_add" if isa == "sse2" else "fma"
        for name, count, operations, unit in (
            (f"{add}_{isa}", steps, flops, "flop/s"), (f"divide_{isa}", steps // 10, 1, "division/s")):
            function = getattr(library, name, None)
            if function and runs(isa):
                call = lambda f=function, n=count: f(ctypes.c_size_t(n))
                rates[name] = (call, count * chains * lanes * operations, unit)
    arrays = [np.ones(1 << 23) for _ in range(3)]
    rates["triad"] = (
        lambda: library.triad(ctypes.c_size_t(len(arrays[0])), *map(pointer, arrays)), 24 * len(arrays[0]), "byte/s")
    return rates


def runs(isa):
    """Whether this processor has the instruction set."""
    words = Path("/proc/cpuinfo").read_text().split()
    return {"sse2": "sse2", "avx2": "avx2", "avx512": "avx512f"}[isa] in words
