"""Picks the rows of the reference tables that `leptoscan selftest` carries with it.

    python selftest.py > ../../Sources/SelfTesting/ReferencePoints.swift

From exponential.csv and logarithm.csv: the arguments whose results lie nearest to half-way between two doubles, where
rounding is hardest, from each third of the table, and its first and last rows. From loop_integral.csv and
loop_integral_dense.csv: rows spread over the masses, the threshold included. Standard library only.
"""

from pathlib import Path

TABLES = Path(__file__).parents[1] / "ComputeDevicesTests/ReferenceData"


def rows(name):
    lines = [line for line in (TABLES / f"{name}.csv").read_text().splitlines() if not line.startswith("#")]
    return [line.split(",") for line in lines[1:]]


def distance_from_half(row):
    """How far the result is from the middle between two doubles; rows that differ from it by nothing are put last, since
    they are neighbours of 0 or 1 and all alike."""
    distance = abs(abs(float(row[2])) - 0.5)
    return distance if distance > 0 else 1


def hardest(name, count):
    table = [row for row in rows(name) if "inf" not in row[1] and float.fromhex(row[1]) != 0]
    third = -(-len(table) // 3)
    picked = [table[0], table[-1]]
    for start in range(0, len(table), third):
        part = sorted(table[start : start + third], key=distance_from_half)
        picked += part[: count // 3]
    return list({row[0]: row for row in picked}.values())


def spread(name, count):
    table = rows(name)
    return [table[i * (len(table) - 1) // (count - 1)] for i in range(count)]


def swift(rows, indent="  "):
    return "\n".join(f"{indent}[{', '.join(row)}]," for row in rows)


def main():
    masses = spread("loop_integral", 10) + spread("loop_integral_dense", 10)
    print(f"""// Made by Tests/ReferenceData/selftest.py from the tables of Tests/ComputeDevicesTests/ReferenceData.

/// x, exp(x) correctly rounded, and what rounding left in units in the last place.
let exponentialPoints: [[Double]] = [
{swift(hardest("exponential", 30))}
]

/// x, log(x) correctly rounded, and what rounding left in units in the last place.
let logarithmPoints: [[Double]] = [
{swift(hardest("logarithm", 30))}
]

/// m_phi [GeV], delta_a_mu/h^2, delta_a_e/h^2 from 40-digit quadrature.
let loopIntegralPoints: [[Double]] = [
{swift(masses)}
]""")


main()
