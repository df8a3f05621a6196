"""Counts the floating-point operations of every kernel and writes them as the table that `leptoscan bench` uses.

    python count.py LEPTOSCAN > ../../Sources/Benchmarking/OperationCounts.swift

LEPTOSCAN is the executable; it gives the inputs that each kernel is measured with. count.cpp compiles the kernels' source
with a number type that counts its operations. A kernel that C++ does not compile makes this fail. Needs clang++.
"""

import ctypes
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
POINTS = 1024
FIELDS = ["additions", "multiplications", "fusedMultiplyAdds", "divisions", "squareRoots"]
COLUMN = ctypes.POINTER(ctypes.c_double)


def compile_counter(folder):
    path = Path(folder) / "count.so"
    flags = ["-O1", "-std=c++17", "-fPIC", "-shared", "-Wno-everything"]
    subprocess.run(["clang++", *flags, str(HERE / "count.cpp"), "-o", str(path)], check=True)
    return ctypes.CDLL(str(path))


def array(values):
    return (ctypes.c_double * len(values))(*values)


def count(library, kernel, inputs, auxiliary):
    columns = [array(column) for column in inputs]
    pointers = (COLUMN * len(columns))(*[ctypes.cast(column, COLUMN) for column in columns])
    per_point = array([0.0] * len(FIELDS))
    aux = array(auxiliary) if auxiliary else None
    getattr(library, f"count_{kernel}")(ctypes.c_size_t(len(columns[0])), pointers, aux, per_point)
    return list(per_point)


def swift(kernel, counts):
    fields = ", ".join(f"{name}: {round(value, 2):g}" for name, value in zip(FIELDS, counts))
    return f'  "{kernel}": OperationCount(\n    {fields}),'


def main():
    printed = subprocess.run([sys.argv[1], "bench", "--print-inputs", str(POINTS)], capture_output=True, check=True)
    with tempfile.TemporaryDirectory() as folder:
        library = compile_counter(folder)
        rows = [
            swift(kernel, count(library, kernel, entry["inputs"], entry.get("auxiliary")))
            for kernel, entry in sorted(json.loads(printed.stdout).items())
        ]
    print("// Made by Benchmarks/operations/count from the kernels' own source: averages over the kernels' domains.")
    print("package let operationCounts: [String: OperationCount] = [\n" + "\n".join(rows) + "\n]")


main()
