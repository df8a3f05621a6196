#!/usr/bin/env python3
"""Fills docs/validation.md with numbers that leptoscan computes, or checks those that are there.

    scripts/validation.py LEPTOSCAN [--write]

Every number between the markers comes from `leptoscan limits` on Examples/figure3*.yaml or from `leptoscan evaluate`, but for
the Higgs boson's, which neither has and which is computed here; the numbers of the paper are typed in here. Without --write the exit status is 1 if the page differs. Needs no packages.
"""

import csv
import io
import json
import math
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "validation.md"
BEGIN, END = "<!-- numbers: scripts/validation.py -->\n", "<!-- end of numbers -->\n"
MUON = 0.1056583755
# Both columns: an example, and keys of its card that are replaced.
PAPER = ("figure3", {"experiments": "[na64e-2018]"})
EXACT = ("figure3-2025", {"measurements": "gk2022", "experiments": "[na64e-2018]"})


class Leptoscan:
    """The program, and its lines for the cards of the examples."""

    def __init__(self, program):
        self.program = program
        self.folder = tempfile.TemporaryDirectory()
        self.lines = {}

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], check=True, capture_output=True, text=True).stdout

    def h(self, example, constraint, m_phi):
        """The coupling on a line at one mass; nan where it has none."""
        return self.table(example, f"{m_phi!r} GeV")[constraint][0][1]

    def table(self, example, axis):
        """Masses and couplings of every line of an example with another axis of m_phi."""
        name, choices = example
        values = {**choices, "  m_phi": axis}
        key = (name, *sorted(values.items()))
        if key in self.lines:
            return self.lines[key]
        text = (ROOT / "Examples" / f"{name}.yaml").read_text()
        pairs = [(line, line.partition(":")[0]) for line in text.splitlines()]
        lines = [f"{start}: {values[start]}" if start in values else line for line, start in pairs]
        card = pathlib.Path(self.folder.name) / "card.yaml"
        card.write_text("\n".join(lines) + "\n")
        limits = str(card.with_name("limits.h5"))
        self.run("limits", str(card), "-o", limits, "--force")
        found = {}
        for row in csv.DictReader(io.StringIO(self.run("export", limits, "-o", "-"))):
            found.setdefault(row["constraint"], []).append((float(row["m_phi"]), float(row["h_mue_limit"])))
        self.lines[key] = found
        return found

    def evaluate(self, **parameters):
        options = [text for name, value in parameters.items() for text in (f"--{name.replace('_', '-')}", repr(value))]
        return json.loads(self.run("evaluate", "--json", *options))

    def crossing(self, example, first, second):
        """The mass at which two lines meet, by interpolation in the logarithms."""
        table = self.table(example, "{ from: 0.2 GeV, to: 1 GeV, points: 41 }")
        points = [
            (math.log(m_phi), math.log(one / two)) for (m_phi, one), (_, two) in zip(table[first], table[second])]
        for (x, y), (next_x, next_y) in zip(points, points[1:]):
            if y * next_y <= 0:
                return math.exp(x - y * (next_x - x) / (next_y - y))
        return math.nan


def number(value):
    """Three digits; a dash where there is none."""
    if math.isnan(value):
        return "none"
    text = f"{value:#.3g}"
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else text


def higgs_coupling(limit):
    """lambda at which BR(h -> phi phi*) = Gamma/(Gamma_SM + Gamma) reaches a limit for light phi, with
    Gamma = lambda^2 v^2/(16 pi m_h)."""
    scale, mass, standard_model_width = 246.219640239, 125.20, 4.1e-3  # GeV
    width = limit / (1 - limit) * standard_model_width
    return math.sqrt(16 * math.pi * mass * width) / scale


def rows(program):
    """What, the paper's number, by the paper's formulas, exactly, and why they differ."""
    three = 3 * MUON
    old, new = PAPER, EXACT

    def both(constraint, m_phi):
        return [number(program.h(example, constraint, m_phi)) for example in (old, new)]

    heavy = "the paper's formula is the limit m_phi >> m_mu"
    paper_h, exact_h = (program.h(example, "g_minus_2_muon_central", three) for example in (old, new))
    electron = program.evaluate(m_phi=three, h_mue=exact_h, m_psi=MUON, g=0.08)["delta_a_e"]
    electron_old = paper_h**2 / (48 * math.pi**2) * (0.51099895069e-3 / three) ** 2
    density = program.evaluate(m_phi=three, h_mue=3.3e-3, m_psi=MUON, g=0.08)["relic_density"]
    yield [r"h for Delta a_mu = 251e-11, m_phi = 3 m_mu (eq. 6)", "3.3e-3", number(paper_h), number(exact_h), heavy]
    yield ["the same, m_phi = 1.05 m_mu", "1.15e-3", *both("g_minus_2_muon_central", 1.05 * MUON), heavy]
    yield ["the same, m_phi = 10 m_mu", "1.09e-2", *both("g_minus_2_muon_central", 10 * MUON), ""]
    yield ["h for Delta a_mu = 428e-11 (3 sigma), m_phi = 3 m_mu", "4.3e-3", *both("g_minus_2_muon", three), heavy]
    yield ["Delta a_e for that h of 251e-11, m_phi = 3 m_mu (eq. 7)", "0.6e-13", number(electron_old), number(electron),
           "the same limit, which is far off for the muon in the loop of the electron"]
    yield ["h for Omega h^2 = 0.120, m_phi = 1 GeV, g = 0.08 (eq. 21)", number(9.47e-4 / 0.08),
           *both("relic_density", 1.0), "thermal average, P wave, four species ([relic-density.md](relic-density.md))"]
    yield ["Omega h^2 at m_phi = 3 m_mu, h = 3.3e-3, g = 0.08", "0.12", "", number(density), "the same"]
    yield ["h from Z -> e mu phi, ATLAS 2014, m_phi = 0.317 GeV", "3e-2", *both("z_e_mu_atlas_2014", 0.317),
           "the paper counts the whole rate; 0.58 % of it has an e mu mass near m_Z"]
    yield ["h from K -> e nu phi, m_phi = 0.106 GeV", "7e-2", *both("k_e_nu_phi", 0.106),
           "the paper's rate does not depend on m_phi"]
    yield ["the same, m_phi = 0.19 GeV", "7e-2", *both("k_e_nu_phi", 0.19), "the same"]
    meeting = [program.crossing(example, "na64e-2018", "g_minus_2_muon") for example in (old, new)]
    yield ["m_phi [GeV] where NA64e (2.84e11 e-) meets the 3 sigma line of g-2", "0.5", *map(number, meeting),
           "an efficiency for which the paper's statement holds is part of the experiment"]
    yield ["lambda_Hphi from BR(h -> invisible) < 0.107, light phi", "0.01", "", number(higgs_coupling(0.107)),
           "a later limit ([constraints.md](constraints.md#higgs-boson)); lambda_Hphi is no parameter of Figure 3"]


def table(program):
    head = ["quantity", "paper", "its formulas", "exact", "why they differ"]
    lines = [head, ["---"] * len(head), *rows(program)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def main(arguments):
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    old, after = rest.split(END)
    new = table(Leptoscan(arguments[0]))
    if "--write" in arguments[1:]:
        PAGE.write_text(before + BEGIN + new + END + after)
    elif new != old:
        sys.exit(f"{PAGE.relative_to(ROOT)} does not say what leptoscan computes:\n{new}")


if __name__ == "__main__":
    main(sys.argv[1:])
