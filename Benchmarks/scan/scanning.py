"""Runs leptoscan and says what it took."""

import json
import os
import platform
import subprocess
import sys
import time

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "loop_integral"))
from system import cpu_name, first_line  # noqa: E402


def system_block(program, directory):
    return {
        "cpu": cpu_name(),
        "cores": os.cpu_count(),
        "load_average_before": os.getloadavg()[0],
        "os": f"{platform.system()} {platform.release()} {platform.machine()}",
        "leptoscan": first_line(program, "--version"),
        "file_system": first_line("stat", "-f", "-c", "%T", directory),
        "git_revision": first_line("git", "-C", here, "describe", "--always", "--dirty", "--abbrev=12"),
    }


def scan(program, card, output, device):
    """One scan: seconds, processor time, memory, and the times that it reports itself."""
    command = [program, "scan", card, "-o", output, "--device", device, "--progress", "json"]
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    # Standard error has a line per second, which fits the pipe meanwhile.
    text, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if status != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{text}{errors}")
    reports = [json.loads(line) for line in errors.splitlines() if line.startswith("{")]
    times = [report for report in reports if "device" in report]
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 if platform.system() == "Darwin" else 1024
    return {
        "seconds": seconds,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "cpu_seconds_in_system_calls": usage.ru_stime,
        "peak_resident_bytes": usage.ru_maxrss * unit,
        "evaluating_s": sum(t["evaluating_s"] for t in times),
        "waiting_s": sum(t["waiting_s"] for t in times),
        "delivering_s": sum(t["delivering_s"] for t in times),
        "points": int(text.split(" ", 1)[0]),
        "bytes": os.path.getsize(output),
        # Without the folder, which says nothing elsewhere.
        "planned": [
            line.split(" in /")[0] for line in text.splitlines() if line.startswith(("disk:", "memory:", "time:"))
        ],
    }
