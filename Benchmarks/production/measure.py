"""Measures everything in one run on one core, prints a table and writes RESULTS/<date>-production-<cpu>.json.

    python measure.py LEPTOSCAN RESULTS
"""

import datetime
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import vegas

sys.path.append(str(Path(__file__).parents[1] / "loop_integral"))
import kernels
import peers
from process import FEW_MASSES, MASSES, PROCESSES
from system import first_line, system_block

REPEATS = 5
SAMPLES = 1 << 20  # of one Monte Carlo


def timed(function):
    """(result, median seconds of this thread's processor time)."""
    result, times = function(), []
    for _ in range(REPEATS):
        start = time.thread_time()
        result = function()
        times.append(time.thread_time() - start)
    return result, statistics.median(times)


def reference(process, masses):
    """Converged values by the independent quadrature of peers.py: two orders that agree to 1e-7 or better."""
    fine, finer = (
        np.array([peers.quadrature(*peers.arguments_of(process), m, *peers.rules(order)) for m in masses])
        for order in ((96, 64, 96), (128, 80, 128)))
    return finer, float(np.abs(fine / finer - 1).max())


def errors(values, expected):
    relative = np.abs(np.asarray(values) / expected - 1)
    return {"largest": float(relative.max()), "median": float(np.median(relative))}


def totals(process, native, references):
    """Total cross sections per second, with the accuracy reached."""
    results, few = [], references[FEW_MASSES.tobytes()]
    all_masses, expected = [np.full(len(MASSES), process.energy), MASSES.copy()], references[MASSES.tobytes()]
    for tolerance in (1e-6, 1e-4):
        data = kernels.quadrature_data(process, tolerance)
        for name, isa in native.instruction_sets().items():
            out, seconds = timed(lambda: native.evaluate(isa, "production_total", all_masses, data))
            results.append({"name": f"leptoscan {name}, refined to {tolerance:.0e}", "per_second": len(MASSES) / seconds,
                            "evaluations_per_total": out[2].mean(), "relative_error": errors(out[0], expected)})
    arguments = peers.arguments_of(process)
    for order in ((24, 16, 24), (32, 24, 32)):
        rules = peers.rules(order)
        out, seconds = timed(lambda: [peers.quadrature(*arguments, m, *rules) for m in MASSES])
        results.append({"name": f"numba, leptoscan's variables, order {order}", "per_second": len(MASSES) / seconds,
                        "relative_error": errors(out, expected)})
    for name, batch in (("NumPy", peers.numpy_batch), ("numba", peers.numba_batch)):
        results.append({"name": f"vegas, {name} integrand", **vegas_totals(batch, arguments, few)})
    return results


def vegas_totals(batch, arguments, expected):
    """vegas as its manual advises: 10 iterations to adapt, 10 that count, 100 000 evaluations each."""
    np.random.seed(1)
    values, deviations, seconds, evaluations = [], [], 0.0, 0
    for m_phi in FEW_MASSES:
        function = vegas.lbatchintegrand(lambda u, m=m_phi: batch(arguments, m, u))
        function(np.full((2, 4), 0.5))  # compiles
        start = time.thread_time()
        integrator = vegas.Integrator(4 * [[0, 1]])
        integrator(function, nitn=10, neval=100_000)
        result = integrator(function, nitn=10, neval=100_000)
        seconds += time.thread_time() - start
        values.append(result.mean)
        deviations.append(result.sdev / result.mean)
        evaluations += 2_000_000
    return {"per_second": len(FEW_MASSES) / seconds, "relative_error": errors(values, expected),
            "standard_error": float(max(deviations)), "evaluations_per_second": evaluations / seconds}


def monte_carlo(process, native, references):
    """Samples per second of one Monte Carlo per point, and the standard error of 2^20 samples."""
    results, few = [], references[FEW_MASSES.tobytes()]
    data, samples = kernels.monte_carlo_data(process, SAMPLES)
    for name, isa in native.instruction_sets().items():
        lanes = native.library.portal_isa_lanes(isa)
        copies = max(1, lanes // len(FEW_MASSES))
        masses = np.tile(FEW_MASSES, copies)
        points = [np.full(len(masses), process.energy), masses, np.arange(len(masses), dtype=float)]
        out, seconds = timed(lambda: native.evaluate(isa, "production_monte_carlo", points, data))
        results.append({"name": f"leptoscan {name}", "samples_per_second": samples * len(masses) / seconds,
                        "relative_error": errors(out[0], np.tile(few, copies)), "standard_error": float(out[1].max())})
    arguments = peers.arguments_of(process)
    out, seconds = timed(lambda: [peers.numba_monte_carlo(arguments, m, SAMPLES, 1) for m in FEW_MASSES])
    means = np.array(out)
    results.append({"name": "numba, independent samples", "samples_per_second": SAMPLES * len(FEW_MASSES) / seconds,
                    "relative_error": errors(means[:, 0], few), "standard_error": float((means[:, 1] / means[:, 0]).max())})
    return results


def arithmetic(process, native):
    """Operations of one total and of one Monte Carlo, and the share of the processor's peak that they make of it."""
    ceilings = kernels.library("ceilings", "clang", "-std=c2x", "-O2", Path(__file__).parents[1] / "loop_integral/ceilings.c")
    peaks = {}
    for isa, lanes, marker in (("avx2", 4, "AVX2+FMA"), ("avx512", 8, "AVX-512")):
        if marker in native.instruction_sets():
            _, seconds = timed(lambda: getattr(ceilings, f"fma_{isa}")(kernels.ctypes.c_size_t(1_000_000)))
            peaks[marker] = 1_000_000 * 12 * lanes * 2 / seconds
    point = [np.full(16, process.energy), np.geomspace(0.11, 5, 16)]
    quadrature = kernels.quadrature_data(process)
    small, samples = kernels.monte_carlo_data(process, 1 << 15)
    per_total, flops_total = kernels.operations("production_total", point, quadrature)
    per_run, flops_run = kernels.operations("production_monte_carlo", [*point, np.arange(16.0)], small)
    evaluations = native.evaluate(0, "production_total", point, quadrature)[2].mean()
    return {"peak_flops_per_second": peaks, "operations_per_total": per_total, "flops_per_total": flops_total,
            "flops_per_evaluation": flops_total / evaluations,
            "operations_per_monte_carlo_of_2^15": per_run, "flops_per_sample": flops_run / samples}


def shares(entry):
    """Fractions of the peak."""
    counts = entry["arithmetic"]
    for kind, rate, flops in (("totals", "per_second", counts["flops_per_evaluation"]),
                              ("monte_carlo", "samples_per_second", counts["flops_per_sample"])):
        for result in entry[kind]:
            for marker, peak in counts["peak_flops_per_second"].items():
                if f"leptoscan {marker}" in result["name"]:
                    evaluations = result.get("evaluations_per_total", 1)
                    result["fraction_of_peak"] = result[rate] * evaluations * flops / peak


def devices(leptoscan):
    """Whole scans on every device: all cores, OpenCL, wall clock, the file included."""
    listed = json.loads(subprocess.run([leptoscan, "devices", "--json"], capture_output=True, check=True).stdout)
    results = []
    for device in find_devices(listed):
        for kind, block, grid in (("totals", "", (64, 64)), ("monte_carlo", ", monte_carlo: { samples: 32768 }", (32, 32))):
            card = f"""leptoscan: 1
axes: {{ m_phi: {{ from: 0.11, to: 5, points: {grid[0]} }}, h_mue: 1e-3, m_psi: 0.1, g: 0.1 }}
production: {{ channel: e-mu, target: Pb, energy: {{ from: 20, to: 200, points: {grid[1]} }}{block} }}
observables: [sigma_pb]
"""
            seconds = scan_seconds(leptoscan, card, device["selector"])
            count = grid[0] * grid[1] * (1 if kind == "totals" else 32768)
            results.append({"device": device["selector"], "name": device["name"], "kind": kind,
                            "per_second": count / seconds, "seconds": seconds})
    return results


def find_devices(listed):
    entries = listed["devices"] if isinstance(listed, dict) else listed
    return [{"selector": e.get("selector") or e.get("device"), "name": e["name"]} for e in entries]


def scan_seconds(leptoscan, card, selector):
    """The second of two runs, so that OpenCL programs are in the cache; start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        path, times = Path(folder) / "card.yaml", []
        path.write_text(card)
        for _ in range(2):
            start = time.monotonic()
            subprocess.run([leptoscan, "scan", path, "-o", f"{folder}/out.h5", "--force", "--device", selector,
                            "--progress", "none"], capture_output=True, check=True)
            times.append(time.monotonic() - start)
    return times[-1]


def main():
    if hasattr(os, "sched_setaffinity"):
        everywhere = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {max(everywhere)})
    native, entries = kernels.NativeKernels(), []
    for process in PROCESSES:
        references, agreement = {}, 0.0
        for masses in (MASSES, FEW_MASSES):
            references[masses.tobytes()], change = reference(process, masses)
            agreement = max(agreement, change)
        entry = {"process": process.name, "reference_agreement": agreement,
                 "totals": totals(process, native, references), "monte_carlo": monte_carlo(process, native, references),
                 "arithmetic": arithmetic(process, native)}
        shares(entry)
        entries.append(entry)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, everywhere)
    result = {
        "system": system_block(["clang"]) | {"numba": version("numba"), "vegas": version("vegas")},
        "benchmark": "production", "repeats": REPEATS,
        "clock": "CPU time of the one thread, median; devices: wall clock of a whole leptoscan scan",
        "masses": {"first": MASSES[0], "last": MASSES[-1], "points": len(MASSES), "few": FEW_MASSES.tolist(), "unit": "GeV"},
        "processes": entries, "devices": devices(sys.argv[1])}
    cpu = re.sub(r"[^a-z0-9]+", "-", result["system"]["cpu"].lower()).strip("-")
    path = Path(sys.argv[2]) / f"{datetime.date.today().isoformat()}-production-{cpu}.json"
    path.write_text(json.dumps(result, indent=2) + "\n")
    print_tables(result)
    print("written:", path)


def print_tables(result):
    for entry in result["processes"]:
        print(f"\n{entry['process']} (reference known to {entry['reference_agreement']:.0e})")
        print(f"  {'totals':52} {'per second':>12} {'largest error':>14} {'of peak':>8}")
        for r in entry["totals"]:
            share = f"{r['fraction_of_peak']:.0%}" if "fraction_of_peak" in r else ""
            print(f"  {r['name']:52} {r['per_second']:12.4g} {r['relative_error']['largest']:14.1e} {share:>8}")
        print(f"  {'Monte Carlo, 2^20 samples per point':52} {'samples/s':>12} {'largest error':>14} {'of peak':>8}")
        for r in entry["monte_carlo"]:
            share = f"{r['fraction_of_peak']:.0%}" if "fraction_of_peak" in r else ""
            print(f"  {r['name']:52} {r['samples_per_second']:12.4g} {r['relative_error']['largest']:14.1e} {share:>8}")
        counts = entry["arithmetic"]
        print(f"  flops per total {counts['flops_per_total']:.3g}, per evaluation {counts['flops_per_evaluation']:.0f}, "
              f"per sample {counts['flops_per_sample']:.0f}")
    print(f"\n{'devices':54} {'totals/s or samples/s':>22}")
    for r in result["devices"]:
        print(f"  {r['device'] + ' ' + r['name']:38} {r['kind']:13} {r['per_second']:22.4g}")


main()
