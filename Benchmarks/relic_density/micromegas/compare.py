"""micrOMEGAs at the random points of this benchmark and at the rows of relic_micromegas.csv, beside leptoscan.

    compare.py LEPTOSCAN FERMIONS SCALARS [OUT.json]

FERMIONS and SCALARS are programs made by micrOMEGAs from the models of model.py and from main.c. One process, CPU time of the
calls; matrix elements are generated and compiled before (the points are run twice and the second run counts).
"""

import csv
import io
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "loop_integral"))
sys.path.insert(0, str(HERE.parent))
TABLE = HERE.parents[2] / "Tests/ComputeDevicesTests/ReferenceData/relic_micromegas.csv"
MODES = {"fast = 1, Beps = 1e-4 (its default)": (1, 1e-4), "fast = 0, Beps = 1e-4": (0, 1e-4)}
POINTS = 512


def densities(program, mode, points):
    """Omega h^2 (nan where micrOMEGAs gives an error) and CPU seconds of each point (m_phi, m_1, m_2, h, g)."""
    text = "".join(" ".join(repr(float(x)) for x in point) + "\n" for point in points)
    path = pathlib.Path(program)
    for _ in range(2):
        output = subprocess.run([f"./{path.name}", *map(str, mode)], cwd=path.parent, input=text, capture_output=True,
                                text=True, check=True).stdout
    rows = [line.split()[1:] for line in output.splitlines() if line.startswith("density")]
    return [(float(o) if error == "0" else float("nan"), float(seconds)) for o, error, seconds, _ in rows]


def leptoscan(program, kind, points):
    """Omega h^2 of every point."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder) / "in.csv", pathlib.Path(folder) / "out.csv"
        rows = [f"{m!r},{h!r},{one!r},{g!r},{two!r}\n" for m, one, two, h, g in points]
        source.write_text("m_phi,h_mue,m_psi,g,m_psi2\n" + "".join(rows))
        subprocess.run([program, "evaluate", "--dark-matter", kind, "--points", source, "-o", target], check=True,
                       capture_output=True)
        return [float(row["relic_density"]) for row in csv.DictReader(io.StringIO(target.read_text()))]


def reference():
    """(kind, point, Omega h^2) of relic_micromegas.csv."""
    lines = [line for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines):
        yield row["kind"], [float(row[name]) for name in ("m_phi", "m_1", "m_2", "h", "g")], float(row["omega_h2_all"])


def deviations(of, wanted):
    """Median and largest |ratio - 1|, and how many values there are."""
    values = sorted(abs(a / b - 1) for a, b in zip(of, wanted) if a == a)
    return {"median": statistics.median(values), "largest": values[-1], "rows": len(values)}


def main(program, fermions, scalars, *out):
    from measure import random_points
    from system import system_block
    rows = list(reference())
    programs = {"fermion": fermions, "scalar": scalars}
    kinds = {kind: [row for row in rows if row[0] == kind] for kind in programs}
    wanted = [row[2] for kind in kinds for row in kinds[kind]]
    own = [o for kind in kinds for o in leptoscan(program, kind, [row[1] for row in kinds[kind]])]
    contestants = {"leptoscan": {"table": deviations(own, wanted)}}
    m_phi, m_psi, h, g = (column[:POINTS].tolist() for column in random_points(1 << 14))
    random = list(zip(m_phi, m_psi, m_psi, h, g))
    for name, mode in MODES.items():
        theirs = [o for kind in kinds for o, _ in densities(programs[kind], mode, [row[1] for row in kinds[kind]])]
        results = densities(fermions, mode, random)
        contestants[f"micrOMEGAs 6.0, {name}"] = {
            "table": deviations(theirs, wanted), "points": POINTS, "errors": sum(o != o for o, _ in results),
            "points_per_second": POINTS / sum(seconds for _, seconds in results)}
    report = {"system": system_block([]), "benchmark": "relic_density, micrOMEGAs",
              "table": "relic_micromegas.csv: micrOMEGAs with fast = 0, Beps = 1e-10, and a wide resonance", "clock": "CPU time",
              "contestants": contestants}
    text = json.dumps(report, indent=2)
    if out:
        pathlib.Path(out[0]).write_text(text + "\n")
    print(json.dumps(contestants, indent=2))


if __name__ == "__main__":
    main(*sys.argv[1:])
