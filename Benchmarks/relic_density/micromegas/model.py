"""Writes the leptonic scalar portal as a CalcHEP model, which micrOMEGAs reads: model.py fermion|scalar FOLDER

L = -h ebar_L mu_R phi + h.c., and g phi x1bar x2 + h.c. with dark fermions (arXiv:2202.04410 eqs. 2, 11) or complex scalars
(eq. 10). phi is even, x1 and x2 are odd under the symmetry that keeps dark matter stable (their names begin with ~).
"""

import pathlib
import sys

VARIABLES = [
    ("Me", "0.51099895069E-3", "electron [GeV]"), ("Mm", "0.1056583755", "muon"), ("Mphi", "0.317", "phi"),
    ("Mx1", "0.1057", "lighter dark particle"), ("Mx2", "0.1057", "heavier dark particle"),
    ("h", "0.0033", "coupling of phi to e and mu"), ("g", "0.08", "coupling of phi to x1 x2, in GeV for scalars"),
]
PARTICLES = [
    ("photon", "A", "A", 22, 2, "0", "0", "G"), ("electron", "e", "E", 11, 1, "Me", "0", ""),
    ("muon", "m", "M", 13, 1, "Mm", "0", ""), ("phi", "p", "P", 9000001, 0, "Mphi", "!wphi", ""),
    ("dark 1", "~x1", "~X1", 9000002, None, "Mx1", "0", ""), ("dark 2", "~x2", "~X2", 9000003, None, "Mx2", "0", ""),
]
# ebar P_R mu = ebar (1 + gamma5)/2 mu
VERTICES = [
    ("E", "m", "p", "-hh", "1+G5"), ("M", "e", "P", "-hh", "1-G5"), ("~X1", "~x2", "p", "g", "1"), ("~X2", "~x1", "P", "g", "1"),
]


def row(cells, widths):
    return "|".join(str(cell).ljust(width) for cell, width in zip(cells, widths)) + "\n"


def tables(kind):
    """File name -> text; the widths of the head of each table are those of its columns."""
    title, spin = f"Leptonic scalar portal, dark {kind}s\n", {"fermion": 1, "scalar": 0}[kind]
    variables = " Variables\n Name |Value           |> Comment" + " " * 60 + "<|\n"
    constraints = " Constraints\n Name |> Expression" + " " * 60 + "<|\nhh    |h/2\n"
    particles = " Particles\n Full Name    |P   |aP  |number    |spin2|mass  |width |color|aux|> LaTeX(A) <|> LaTeX(A+) <|\n"
    vertices = " Lagrangian\nP1   |P2   |P3   |P4   |> Factor" + " " * 20 + "<|> dLagrangian/ dA(p1) dA(p2) dA(p3)" + " " * 20 + "<|\n"
    for name, value, comment in VARIABLES:
        variables += row([name, value, comment], [6, 16, 1])
    for name, particle, anti, number, spin2, mass, width, auxiliary in PARTICLES:
        cells = [name, particle, anti, number, spin if spin2 is None else spin2, mass, width, 1, auxiliary, particle, anti, ""]
        particles += row(cells, [14, 4, 4, 10, 5, 6, 6, 5, 3, 12, 13, 0])
    for first, second, third, factor, structure in VERTICES:
        vertices += row([first, second, third, "", factor, structure], [5, 5, 5, 5, 30, 1])
    libraries = "Libraries\nExternal libraries and citation <|\n"
    return {"vars1.mdl": title + variables, "func1.mdl": title + constraints, "prtcls1.mdl": title + particles,
            "lgrng1.mdl": title + vertices, "extlib1.mdl": title + libraries}


if __name__ == "__main__":
    for name, text in tables(sys.argv[1]).items():
        (pathlib.Path(sys.argv[2]) / name).write_text(text)
