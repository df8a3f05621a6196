"""Writes the inputs of every kernel for evaluate.c: random points of its domain, then special values.

    leptoscan bench --print-inputs 64 | python inputs.py OUT
"""

import json
import math
import struct
import sys
from pathlib import Path

DEGREES_OF_FREEDOM = Path(__file__).parents[2] / "Kernels/data/dof_dhs.csv"
SPECIAL = [0.0, -0.0, 1.0, math.inf, -math.inf, math.nan, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308]


def with_special_values(inputs):
    """One special value at a time among the inputs of the first point; Philox and the samplers want counters there."""
    columns = [list(column) for column in inputs]
    for j in range(len(inputs)):
        for value in SPECIAL:
            for k, column in enumerate(columns):
                column.append(value if k == j and inputs[j][0] < 1e3 else column[0])
    return columns


def record(name, columns, auxiliary=()):
    head = struct.pack("<64sQQQ", name.encode(), len(columns), len(columns[0]), len(auxiliary))
    return head + b"".join(struct.pack(f"<{len(column)}d", *column) for column in [*columns, auxiliary])


def main():
    rows = [line.split(",") for line in DEGREES_OF_FREEDOM.read_text().splitlines()[2:]]
    with open(sys.argv[1], "wb") as out:
        out.write(record("relic_tables", [[float(row[k]) for row in rows] for k in range(3)]))
        for name, kernel in sorted(json.load(sys.stdin).items()):
            out.write(record(name, with_special_values(kernel["inputs"]), kernel.get("auxiliary") or ()))


main()
