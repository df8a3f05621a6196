"""Relic density: points per second and core on a dense grid and at random points, beside NumPy and SciPy."""

import datetime
import json
import os
import re
import statistics
import sys
import time
from pathlib import Path

import numpy as np

import kernel
import peers

sys.path.insert(0, str(Path(__file__).parents[1] / "loop_integral"))
from system import system_block  # noqa: E402

REPEATS = 7
REFERENCE = Path(__file__).parents[2] / "Tests/ComputeDevicesTests/ReferenceData/relic_density.csv"


def random_points(count, seed=1):
    """m_phi, m_psi, h, g."""
    generator = np.random.default_rng(seed)

    def logarithmic(low, high):
        return np.exp(generator.uniform(np.log(low), np.log(high), count))

    m_phi = logarithmic(0.106, 10)
    return [m_phi, m_phi * logarithmic(0.1, 1.5), logarithmic(1e-5, 1), logarithmic(1e-3, 2)]


def grid_points(m_phi=8, h=64, ratio=8, g=64):
    """In the order of a scan: m_phi, h, m_psi/m_phi, g."""
    axes = [np.geomspace(0.15, 5, m_phi), np.geomspace(1e-4, 0.1, h), np.linspace(0.2, 0.8, ratio), np.geomspace(1e-2, 1, g)]
    m, h, r, g = (a.ravel() for a in np.meshgrid(*axes, indexing="ij"))
    return [m, m * r, h, g]


def grid_groups(m_phi=8, h=64, ratio=8, g=64):
    """The number of each grid point's masses."""
    return np.broadcast_to(np.arange(m_phi * ratio).reshape(m_phi, 1, ratio, 1), (m_phi, h, ratio, g)).ravel()


def reference():
    """The rows with fermions of equal masses: columns m_phi, m_psi, h, g, and Omega h^2 (1e-4, e-mu channel)."""
    rows = [line.split(",") for line in REFERENCE.read_text().splitlines() if line.startswith("fermion")]
    table = np.array([[float(x) for x in row[1:]] for row in rows if row[2] == row[3]]).T
    return [table[i].copy() for i in (0, 1, 3, 4)], table[7]


def contestants():
    """[(name, what, function, points)]"""
    loaded, random, grid = kernel.library(), random_points(1 << 14), grid_points()
    freedom = peers.Freedom(kernel.KERNELS / "data/dof_dhs.csv")
    arrays = peers.ArraySolver(freedom)
    entries = []
    for isa in (2, 3):
        if not loaded.portal_isa_available(isa):
            continue
        for channels, phi_pairs in (("all channels", True), ("e-mu", False)):
            single = kernel.RelicKernel(loaded, isa, phi_pairs=phi_pairs)
            shared = kernel.SharedKernel(loaded, isa, phi_pairs=phi_pairs)
            for what, function, points in (("grid", shared, [*grid, grid_groups()]), ("grid, nothing shared", single, grid),
                                           ("random points", single, random)):
                entries.append((f"leptoscan {function.name}, {channels}", what, function, points))

    def one_by_one(*columns):
        return np.array([peers.scipy_density(*point, freedom) for point in zip(*columns)])

    few = [column[:512] for column in random]
    entries.append(("NumPy arrays, e-mu", "random points", arrays.densities, few))
    entries.append(("SciPy point by point, e-mu", "random points", one_by_one, [column[:8] for column in random]))
    return entries


def accuracy(name, function):
    """Largest relative difference from the reference table, which is for the e-mu channel."""
    if "e-mu" not in name:
        return None
    points, density = reference()
    return float(np.max(np.abs(function(*points) / density - 1)))


def seconds(function, points):
    """CPU time of this thread, so that other processes on the machine are not counted."""
    start = time.thread_time()
    function(*points)
    return time.thread_time() - start


def measure():
    entries = contestants()
    times = [[] for _ in entries]
    for _, _, function, points in entries:
        function(*[column[:64] for column in points])  # warm up
    for _ in range(REPEATS):  # interleaved, so that a disturbance meets all alike
        for taken, (_, _, function, points) in zip(times, entries):
            taken.append(seconds(function, points))
    results = []
    for taken, (name, what, function, points) in zip(times, entries):
        count = len(points[0])
        rate = {"median": count / statistics.median(taken), "lowest": count / max(taken), "highest": count / min(taken)}
        results.append({"name": name, "points": what, "count": count, "points_per_second": rate,
                        "max_relative_error": accuracy(name, function)})
    return {
        "system": system_block(["clang"]),
        "benchmark": "relic_density",
        "definition": "one point = Omega h^2 at one (m_phi, m_psi, h, g); fermions, m_psi2 = m_psi; one thread",
        "grid": "8 x 64 x 8 x 64: m_phi 0.15-5 GeV, h 1e-4-0.1, m_psi/m_phi 0.2-0.8 (linear), g 0.01-1",
        "random_points": "m_phi 0.106-10 GeV, m_psi/m_phi 0.1-1.5, h 1e-5-1, g 1e-3-2, logarithmic",
        "clock": "CPU time of the one thread; median, lowest and highest of interleaved repeats",
        "repeats": REPEATS,
        "reference": "relic_density.csv, fermions of equal masses, itself 1e-4",
        "contestants": results,
    }


def print_table(result):
    print(f"{'contestant':36} {'points':21} {'points/s':>10} {'(lowest-highest)':>22} {'max rel. error':>15}")
    for entry in result["contestants"]:
        speed, error = entry["points_per_second"], entry["max_relative_error"]
        spread = f"({speed['lowest']:.4g}-{speed['highest']:.4g})"
        shown = f"{error:.1e}" if error is not None else ""
        print(f"{entry['name']:36} {entry['points']:21} {speed['median']:10.4g} {spread:>22} {shown:>15}")


def main():
    np.seterr(over="ignore")  # steps that Radau tries and rejects
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    result = measure()
    cpu = re.sub(r"[^a-z0-9]+", "-", result["system"]["cpu"].lower()).strip("-")
    path = Path(sys.argv[1]) / f"{datetime.date.today().isoformat()}-{cpu}-relic-density.json"
    path.write_text(json.dumps(result, indent=2) + "\n")
    print_table(result)
    print("written:", path)


if __name__ == "__main__":
    main()
