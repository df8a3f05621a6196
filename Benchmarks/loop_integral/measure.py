"""Loop integral: points per second and core, leptoscan's kernel beside its peers, and the machine's ceilings."""

import csv
import datetime
import json
import os
import re
import statistics
import sys
import time
from pathlib import Path

import numpy as np

import build
import peers
from system import system_block

REPEATS = 15
GRID_POINTS = 1 << 20
REFERENCE = sorted((Path(__file__).parents[2] / "Tests/ComputeDevicesTests/ReferenceData").glob("loop_integral*.csv"))


def in_place(function):
    def evaluate(m_phi, out):
        out[:] = function(m_phi)
        return out

    return evaluate


def contestants(library):
    """[(name, function(m_phi, out), every how manieth grid point it gets)]"""
    entries = [(name, function, 1) for name, function in build.native(library).items()]
    entries += [(name, function, 1) for name, function in build.scalar_c().items()]
    entries.append(("NumPy, closed form, whole arrays", in_place(peers.closed_form), 1))
    entries.append((f"NumPy, closed form, tiles of {peers.TILE}", in_place(peers.closed_form_tiled), 1))
    entries.append(("NumPy, 64-point Gauss-Legendre", in_place(peers.gauss_legendre), 1 << 7))
    entries.append(("scipy.integrate.quad", in_place(peers.adaptive_quadrature), 1 << 13))
    return entries


def reference_table(lowest):
    """m_phi and both moments, without what lies below the grid."""
    rows = []
    for path in REFERENCE:
        lines = [line for line in path.read_text().splitlines() if line and line[0].isdigit()]
        rows += [[float(field) for field in row[:3]] for row in csv.reader(lines)]
    return np.array([row for row in rows if row[0] >= lowest]).T.copy()


def accuracy(function, table):
    values = function(table[0], np.empty((2, table.shape[1])))
    return np.max(np.abs(values / table[1:] - 1), axis=1).tolist()


def seconds(function):
    """CPU time of this thread, so that other processes on the machine are not counted."""
    start = time.thread_time()
    function()
    return time.thread_time() - start


def interleaved(tasks):
    """{name: [seconds, ...]}: all tasks once, then all again, ..., so that a disturbance meets them alike."""
    times = {name: [] for name, _ in tasks}
    for name, task in tasks:
        task()  # warm up
    for _ in range(REPEATS):
        for name, task in tasks:
            times[name].append(seconds(task))
    return times


def rate(work, times):
    return {"median": work / statistics.median(times), "lowest": work / max(times), "highest": work / min(times)}


def measure():
    grid = peers.M_MU * np.geomspace(1.005, 1000, GRID_POINTS)
    table = reference_table(grid[0] * (1 - 1e-9))
    library = build.native_library()
    entries, ceilings = contestants(library), build.ceilings(library)

    tasks, sizes = [], {}
    for name, function, stride in entries:
        m_phi = grid[::stride].copy()
        out = np.empty((2, len(m_phi)))
        sizes[name] = len(m_phi)
        tasks.append((name, lambda f=function, m=m_phi, o=out: f(m, o)))
    tasks += [(name, call) for name, (call, _, _) in ceilings.items()]
    times = interleaved(tasks)

    results = []
    for name, function, _ in entries:
        error_mu, error_e = accuracy(function, table)
        results.append({
            "name": name, "points": sizes[name], "points_per_second": rate(sizes[name], times[name]),
            "integrals_per_second": 2 * sizes[name] / statistics.median(times[name]),
            "max_relative_error": {"delta_a_mu": error_mu, "delta_a_e": error_e}})
    return {
        "system": system_block(["clang", "gcc"]),
        "benchmark": "loop_integral",
        "definition": "one point = delta_a_mu/h^2 and delta_a_e/h^2 (two integrals) at one m_phi; one thread",
        "grid": {"first": grid[0], "last": grid[-1], "points": GRID_POINTS, "spacing": "logarithmic", "unit": "GeV"},
        "clock": "CPU time of the one thread; median, lowest and highest of interleaved repeats",
        "repeats": REPEATS,
        "reference_points": table.shape[1],
        "contestants": results,
        "ceilings": {name: {"unit": unit, **rate(work, times[name])} for name, (_, work, unit) in ceilings.items()},
        "operations_per_point": build.operations_per_point(grid[::64].copy()),
        "bytes_per_point": 24,
    }


def fractions(result):
    """Per instruction set, the kernel's share of the arithmetic peak, of the divider and of the memory bandwidth."""
    ops, ceilings = result["operations_per_point"], result["ceilings"]
    flops = sum(ops.values()) + ops["fused_multiply_adds"]
    shares = {}
    for entry in result["contestants"]:
        for marker, peak, divide in (("AVX2", "fma_avx2", "divide_avx2"), ("AVX-512", "fma_avx512", "divide_avx512")):
            if marker in entry["name"] and peak in ceilings:
                speed = entry["points_per_second"]["median"]
                shares[entry["name"]] = {
                    "flops_per_point": flops,
                    "of_peak_flops": speed * flops / ceilings[peak]["median"],
                    "of_division_rate": speed * (ops["divisions"] + ops["square_roots"]) / ceilings[divide]["median"],
                    "of_bandwidth": speed * result["bytes_per_point"] / ceilings["triad"]["median"]}
    return shares


def print_table(result):
    best = max(entry["points_per_second"]["median"] for entry in result["contestants"])
    print(f"{'contestant':42} {'Mpoints/s':>10} {'(lowest-highest)':>20} {'best/this':>10} {'max rel. error':>15}")
    for entry in result["contestants"]:
        speed = entry["points_per_second"]
        spread = f"({speed['lowest'] / 1e6:.4g}-{speed['highest'] / 1e6:.4g})"
        error = max(entry["max_relative_error"].values())
        ratio = best / speed["median"]
        print(f"{entry['name']:42} {speed['median'] / 1e6:10.4g} {spread:>20} {ratio:10.1f} {error:15.1e}")
    for name, ceiling in result["ceilings"].items():
        print(f"{'ceiling ' + name:42} {ceiling['median'] / 1e9:10.4g} G{ceiling['unit']}")
    print("operations per point:", {name: round(count, 1) for name, count in result["operations_per_point"].items()})
    for name, share in result["kernel_share"].items():
        print(f"{name}: {share['of_peak_flops']:.0%} of peak flops, {share['of_division_rate']:.0%} of the division "
              f"rate, {share['of_bandwidth']:.0%} of the bandwidth")


def main():
    build.BUILD.mkdir(exist_ok=True)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    result = measure()
    result["kernel_share"] = fractions(result)
    cpu = re.sub(r"[^a-z0-9]+", "-", result["system"]["cpu"].lower()).strip("-")
    path = Path(sys.argv[1]) / f"{datetime.date.today().isoformat()}-{cpu}.json"
    path.write_text(json.dumps(result, indent=2) + "\n")
    print_table(result)
    print("written:", path)


main()
