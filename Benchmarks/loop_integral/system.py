"""The system block of a result file: what the numbers were measured on."""

import os
import platform
import subprocess
from importlib.metadata import version


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return None


def cpu_name():
    try:
        with open("/proc/cpuinfo") as lines:
            fields = dict(line.split(":", 1) for line in lines if ":" in line)
    except OSError:
        return platform.processor()
    fields = {key.strip(): value.strip() for key, value in fields.items()}
    if "cpu family" not in fields:
        return platform.processor()
    return f"{fields['model name']} family {fields['cpu family']} model {fields['model']}"


def system_block(compilers):
    return {
        "cpu": cpu_name(),
        "cores": os.cpu_count(),
        "load_average_before": os.getloadavg()[0],
        "os": f"{platform.system()} {platform.release()} {platform.machine()}",
        "compilers": {name: first_line(name, "--version") for name in compilers},
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
        "git_revision": first_line("git", "describe", "--always", "--dirty", "--abbrev=12"),
    }
