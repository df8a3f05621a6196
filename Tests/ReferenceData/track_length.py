"""Track length of electrons in layers, in 30 digits: approximation A of shower theory, and Tsai and Whitis.

    python track_length.py OUTPUT_DIRECTORY

writes track_length.csv: the track length [X0] per beam electron, in the last of the layers, of what has ln(E_0/E) < y. The
transfer through a layer is the exponential of the matrix of rates (Taylor series, scaling and squaring), not its modes;
Laplace transforms are inverted on Talbot's contour with 44 points. Needs: mpmath.
"""

import sys
from pathlib import Path

import mpmath as mp

mp.mp.dps = 40
CHARGE = {"Be": 4, "Cu": 29, "W": 74, "Pb": 82, "U": 92}
LAYERS = [[("Pb", "40")], [("W", "1e-4")], [("W", "0.1")], [("Cu", "3")], [("Be", "0.5"), ("U", "12")],
          [("Pb", "2"), ("Cu", "0.3"), ("W", "25")], [("Pb", "100")]]


def rates(symbol, s, particles):
    """d/dt of (electrons, photons) as a matrix; the beam's electron alone has no photons to come from."""
    if particles == "tsai-whitis":
        return mp.matrix([[-mp.mpf(4) / 3 * mp.log(1 + s), 0], [0, 0]])
    b = 1 / (18 * mp.log(183 / mp.cbrt(CHARGE[symbol])))
    c = mp.mpf(4) / 3 + 2 * b
    a_s = c * (mp.digamma(s + 1) + mp.euler - s / (s + 1)) + mp.mpf(1) / 2 - 1 / ((s + 1) * (s + 2))
    b_s = 2 * (1 / (s + 1) - c * (1 / (s + 2) - 1 / (s + 3)))
    c_s = c * (1 / s - 1 / (s + 1)) + 1 / (s + 2)
    if particles == "beam":
        b_s = c_s = mp.mpf(0)
    return mp.matrix([[-a_s, b_s], [c_s, -(mp.mpf(7) / 9 - b / 3)]])


def transform(layers, s, particles):
    """Of the track length in the last layer: the third component collects it."""
    state = mp.matrix([1, 0, 0])
    for number, (symbol, thickness) in enumerate(layers):
        m = mp.matrix(3, 3)
        m[:2, :2] = rates(symbol, s, particles)
        m[2, 0] = 1 if number == len(layers) - 1 else 0
        state = mp.expm(m * mp.mpf(thickness)) * state
    return state[2]


def track_length(layers, y, particles):
    return mp.invertlaplace(lambda s: transform(layers, s, particles) / s, y, method="talbot", degree=44)


if __name__ == "__main__":
    with open(Path(sys.argv[1]) / "track_length.csv", "w") as table:
        table.write("# Made by Tests/ReferenceData/track_length.py: track length [X0] below y = ln(E_0/E) in the last layer.\n"
                    "layers,particles,y,track_length\n")
        for layers in LAYERS:
            name = "+".join(f"{symbol}:{thickness}" for symbol, thickness in layers)
            for particles in ("tsai-whitis", "beam", "all"):
                for y in ("1e-3", "0.1", "0.6931", "3", "6.9", "12"):
                    value = track_length(layers, mp.mpf(y), particles)
                    table.flush()
                    table.write(f"{name},{particles},{y},{mp.nstr(value, 13)}\n")
