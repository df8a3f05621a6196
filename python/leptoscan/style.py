"""How constraints look: texts, colours and hatches that stay apart in grey."""

import re
from dataclasses import dataclass, replace

from matplotlib.colors import to_rgb

INK = "#1a1a1a"
FAVOURED = {3: "#a1d99b", 1: "#41ab5d"}
FAVOURED_LINE = "#00682b"

# The width of a figure [inches] from which on texts have their full size.
FULL_WIDTH = 5.4


def settings(width):
    """Settings of matplotlib for a figure of a width in inches: texts shrink in a journal's column of 3.4 inches, to 8 points
    and not below 6.5."""
    scale = min(1, max(0.78, width / FULL_WIDTH))
    return SETTINGS | {name: size * scale for name, size in SIZES.items()}


SIZES = {"font.size": 10, "axes.labelsize": 12, "legend.fontsize": 8.5}

# Texts stay texts in PDF and SVG.
SETTINGS = {
    "font.family": "STIXGeneral",
    "mathtext.fontset": "stix",
    "axes.linewidth": 0.8,
    "hatch.linewidth": 0.6,
    "legend.frameon": True,
    "legend.framealpha": 0.95,
    "legend.edgecolor": "0.7",
    "legend.fancybox": False,
    "xtick.direction": "in",
    "ytick.direction": "in",
    "xtick.top": True,
    "ytick.right": True,
    "xtick.minor.visible": True,
    "ytick.minor.visible": True,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "leptoscan",
}


@dataclass(frozen=True)
class Region:
    """An excluded region: its label, the colour of its edge, of its inside, and its hatch."""

    label: str
    edge: str
    face: str
    hatch: str

    @property
    def ink(self):
        """The colour of the hatch: between edge and inside."""
        return tuple((a + 2 * b) / 3 for a, b in zip(to_rgb(self.edge), to_rgb(self.face)))


@dataclass(frozen=True)
class Line:
    """A projection: its label, its colour and its dashes; named along itself, or in the legend where the name is long."""

    label: str
    colour: str
    dashes: tuple
    in_legend: bool = False


REGIONS = [
    (r"g_minus_2_muon$", Region(r"$(g-2)_\mu$, $3\sigma$", "#4d4d4d", "#e3e3e3", "")),
    (r"g_minus_2_electron$", Region(r"$(g-2)_e$, $3\sigma$", "#6a51a3", "#dcd9ea", "....")),
    (r"k_e_nu_phi$", Region(r"$K\to e\nu\phi$", "#8c510a", "#ecd9b7", "++")),
    (r"z_e_mu_cms_(?P<year>\d+)$", Region(r"$Z\to e\mu\phi$ (CMS {year})", "#4393c3", "#e4eff7", "\\\\\\")),
    (r"z_e_mu_atlas_(?P<year>\d+)$", Region(r"$Z\to e\mu\phi$ (ATLAS {year})", "#2166ac", "#c9dcee", "\\\\\\")),
    (r"mu_e_psi_psi$", Region(r"$\mu\to e\psi\psi$", "#b2182b", "#f4cfc6", "xxx")),
    (r"mu_e_phi", Region(r"$\mu\to e\phi$", "#b2182b", "#f4cfc6", "xxx")),
    (r"cmb_annihilation$", Region("CMB", "#7a0177", "#f3d1ea", "oo")),
    (r"na64e[-_](?P<year>\d+)$", Region("NA64e ({year}), recast", "#b35806", "#fbdcb5", "///")),
    (r"na64mu[-_](?P<year>\d+)$", Region(r"NA64$\mu$ ({year}), recast", "#01665e", "#cce8e3", "---")),
]
OTHER_REGION = Region("{name}", "#525252", "#d9d9d9", "|||")

# What is planned, and what would be excluded if assumed selections and counts were so.
LINES = [
    (r"mu_e_psi_psi$", Line(r"$\mu\to e\psi\psi$, hypothetical", "#b2182b", (3, 1.2), True)),
    (r"na64e[-_](?P<year>\d+)$", Line("NA64e ({year}), hypothetical", "#b35806", (3, 1.2), True)),
    (r"na64mu[-_](?P<year>\d+)$", Line(r"NA64$\mu$ ({year}), hypothetical", "#35978f", (3, 1.2), True)),
    (r"na64e", Line("NA64e", "#d95f02", (6, 2))),
    (r"na64mu", Line(r"NA64$\mu$", "#01665e", (6, 2, 1.2, 2))),
    (r"ldmx", Line("LDMX", "#1f5fbf", (2.5, 1.5))),
    (r"m3", Line(r"M$^3$", "#8e0152", (4, 1.5, 1.2, 1.5, 1.2, 1.5))),
]
OTHER_LINE = Line("{name}", "#525252", (4, 2))
RELIC_LINE = Line(r"$\Omega h^2=0.12$", "#000000", (1, 0))
SYMBOLS = {
    "m_phi": r"$m_\phi$",
    "h_mue": r"$h_{\mu e}$",
    "m_psi": r"$m_\psi$",
    "m_psi_over_m_phi": r"$m_\psi/m_\phi$",
    "g": "$g$",
    "delta_a_mu": r"$\Delta a_\mu$",
    "delta_a_e": r"$\Delta a_e$",
    "width_visible": r"$\Gamma(\phi\to\mu e)$",
    "width_invisible": r"$\Gamma_\mathrm{inv}$",
    "br_invisible": r"$\mathrm{BR}_\mathrm{inv}$",
    "relic_density": r"$\Omega h^2$",
    "log_likelihood": r"$\ln L$",
}


def symbol(name):
    """The symbol of a parameter or variable; its name where it has none."""
    return SYMBOLS.get(name, name)


def quantity(name, attributes):
    """A variable and its units, for an axis; without symbol what its attributes call it."""
    units = attributes.get("units", "1")
    text = SYMBOLS.get(name) or attributes.get("long_name", name)
    return text if units == "1" else f"{text} [{units}]"


def region(name):
    """How the excluded region of the constraint `name` looks."""
    return _match(name, REGIONS, OTHER_REGION)


def line(name):
    """How the projection `name` looks."""
    return _match(name, LINES, OTHER_LINE)


def _match(name, styles, other):
    for pattern, style in styles:
        found = re.match(pattern, name)
        if found:
            return _labelled(style, found.groupdict())
    return _labelled(other, {"name": name.replace("_", " ")})


def _labelled(style, words):
    label = style.label
    for key, value in words.items():
        label = label.replace("{" + key + "}", value)
    return replace(style, label=label)
