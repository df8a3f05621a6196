"""Tables in Markdown from what `leptoscan bench --output FILE.json` wrote.

    python devices_table.py FILE.json                  every kernel: rates side by side, then one table per device
    python devices_table.py --compare FILE.json        the first table only
    python devices_table.py --peak 33.5e12 FILE.json   also as a fraction of a nominal peak [flop/s]
    python devices_table.py --file-into DIR FILE.json  also copies FILE to DIR/<date>-<cpu>-devices.json
"""

import argparse
import datetime
import json
import re
import shutil
from pathlib import Path

PREFIXES = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]


def scaled(value):
    """82.4 M"""
    for factor, prefix in PREFIXES:
        if value >= factor:
            return f"{value / factor:.3g} {prefix}"
    return f"{value:.3g}"


def median(rate):
    return scaled(rate["median"]) if rate else "-"


def with_range(rate):
    return f"{median(rate)} ({scaled(rate['lowest'])}-{scaled(rate['highest'])})"


def percent(fraction):
    return "-" if fraction is None else f"{100 * fraction:.1f} %"


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "| --- |" + " ---: |" * (len(header) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def title(device):
    return f"{device['device']}: {device['name']}"


def comparison(devices):
    """Kernel-only rates of all devices side by side, then whole scans and the limits."""
    by_name = [{kernel["kernel"]: kernel for kernel in device["kernels"]} for device in devices]
    rows = []
    for name, kernel in by_name[0].items():
        flops = kernel.get("flops_per_point")
        rates = [with_range(kernels[name]["kernel_points_per_s"]) if name in kernels else "-" for kernels in by_name]
        rows.append([f"`{name}`", "-" if flops is None else f"{flops:.4g}", *rates])
    for label, key in (("scan, computed", "computed_points_per_s"), ("scan, to HDF5", "written_points_per_s")):
        rows.append([label, "", *[with_range(d["scan"][key]) if d.get("scan") else "-" for d in devices]])
    for label, key in (("limit: multiply-adds [flop/s]", "multiply_add_flop_per_s"),
                       ("limit: bandwidth [byte/s]", "bandwidth_bytes_per_s")):
        limits = [d["ceilings"][key]["highest"] if d.get("ceilings") else None for d in devices]
        rows.append([label, "", *["-" if limit is None else scaled(limit) for limit in limits]])
    return table(["points/s, kernel only", "flops/point", *map(title, devices)], rows)


def device_table(device, peak):
    """All rates of one device, and how near they come to its limits."""
    header = ["points/s", "kernel", "with transfer", "to HDF5", "of multiply-adds", "of bandwidth"]
    rows = []
    for kernel in device["kernels"]:
        rates = [median(kernel.get(key)) for key in
                 ("kernel_points_per_s", "with_transfer_points_per_s", "written_points_per_s")]
        shares = [percent(kernel.get(key)) for key in ("fraction_of_multiply_add", "fraction_of_bandwidth")]
        if peak:
            flops = kernel.get("flops_per_point")
            nominal = None if flops is None else flops * kernel["kernel_points_per_s"]["median"] / peak
            shares.append(percent(nominal))
        rows.append([f"`{kernel['kernel']}`", *rates, *shares])
    if peak:
        header.append(f"of {scaled(peak)}flop/s")
    return table(header, rows)


def file_result(source, report, folder):
    cpu = re.sub(r"[^a-z0-9]+", "-", report["system"]["cpu"].lower()).strip("-")
    path = Path(folder) / f"{datetime.date.today().isoformat()}-{cpu}-devices.json"
    shutil.copyfile(source, path)
    print("written:", path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--peak", type=float)
    parser.add_argument("--file-into")
    options = parser.parse_args()
    report = json.loads(Path(options.file).read_text())
    system, devices = report["system"], report["devices"]
    print(f"{system['cpu']}, {system['cores']} cores, load {system.get('load_average_before', 0):.1f}, "
          f"revision {system.get('git_revision', 'unknown')}; medians of {report['repeats']}\n")
    print(comparison(devices))
    if not options.compare:
        for device in devices:
            print(f"\n{title(device)} ({device['driver']}, {device['compute_units']} compute units)\n")
            print(device_table(device, options.peak))
    if options.file_into:
        file_result(options.file, report, options.file_into)


main()
