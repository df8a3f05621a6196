"""The plane of m_phi and h_mue with the lines of `leptoscan limits`: Figure 3 of arXiv:2202.04410."""

import matplotlib
import numpy as np
from matplotlib.patches import Patch

from . import plane, style
from .labels import place_along
from .selection import select

BOX = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.8}
KINDS = ["excluded", "projection", "favoured_low", "favoured_central", "favoured_high", "relic_density"]


def select_point(limits, chosen):
    """The lines at one m_psi and g: the chosen values, or the first of an axis that nothing was chosen for.

    Returns the lines along constraint and m_phi, and the text that says which point it is.
    Raises `ValueError` for what cannot be chosen (`selection.select`).
    """
    limits = select(limits, chosen, plane=("constraint", "m_phi"))
    for name in [name for name in limits.dims if name not in ("constraint", "m_phi")]:
        limits = limits.isel({name: 0})
    return limits, point_text(limits)


def point_text(limits):
    """What the lines hold for: m_psi and g."""
    parts = []
    if "m_psi_over_m_phi" in limits.coords:
        ratio = float(limits.m_psi_over_m_phi)
        third = f"m_\\phi/{1 / ratio:.0f}" if abs(1 / ratio - round(1 / ratio)) < 1e-9 else f"{ratio:.4g}\\,m_\\phi"
        parts.append(f"$m_\\psi={third}$")
    elif "m_psi" in limits.coords:
        parts.append(f"$m_\\psi={float(limits.m_psi):.4g}$ GeV")
    if "g" in limits.coords:
        unit = " GeV" if limits.g.attrs.get("units") == "GeV" else ""
        parts.append(f"$g={float(limits.g):.4g}${unit}")
    return ", ".join(parts)


def draw(axes, dataset, chosen):
    """Draws the lines of a file of limits into axes, and the legend below them.

    Raises `ValueError` for a file of one m_phi, or an axis that it does not have.
    """
    limits, point = select_point(dataset["h_mue_limit"].load(), chosen)
    if "m_phi" not in limits.dims:
        raise ValueError("the file has one m_phi only (lines need several) give a range of m_phi in the card")
    lines = _Lines(limits, dataset["constraint_kind"])
    plane.prepare(axes, (lines.m_phi[0], lines.m_phi[-1]), lines.range())
    handles = _draw_excluded(axes, lines) + _draw_favoured(axes, lines)
    curves, texts, further = _draw_curves(axes, lines)
    handles += further
    if handles:
        _legend_below(axes, handles)
    axes.text(0.985, 0.02, point, transform=axes.transAxes, ha="right", va="bottom", zorder=6, bbox=BOX)
    place_along(axes, curves, texts, obstacles=[(lines.m_phi, lines.values(name)) for name in lines.names("excluded")])


def _legend_below(axes, handles):
    """The legend below the axes and their name, in as many columns as fit beside each other."""
    figure = axes.figure
    # Axes take about 0.7 of the height; the name and the numbers of m_phi take 3.3 heights of a text.
    below = -3.3 * matplotlib.rcParams["font.size"] / 72 / (0.7 * figure.get_figheight())
    for columns in (3, 2, 1):
        legend = axes.legend(
            handles=handles, loc="upper center", bbox_to_anchor=(0.48, below), ncols=columns, columnspacing=1.4)
        if legend.get_window_extent(figure.canvas.get_renderer()).width < 0.98 * figure.bbox.width:
            break


class _Lines:
    """The lines of a file by what they mean."""

    def __init__(self, limits, kinds):
        self.m_phi = limits.m_phi.values
        self.limits = limits
        self.kinds = {str(name): KINDS[int(kind)] for name, kind in zip(limits.constraint.values, kinds.values)}

    def names(self, *kinds):
        """Lines of these kinds that have a number at some mass."""
        return [name for name, kind in self.kinds.items() if kind in kinds and np.isfinite(self.values(name)).any()]

    def values(self, name):
        return self.limits.sel(constraint=name).values

    def range(self):
        """Decades of h_mue that hold the favoured band and the curves, at most five."""
        shown = self.names("projection", "favoured_central", "favoured_high", "relic_density") or self.names("excluded")
        values = np.concatenate([np.empty(0)] + [self.values(name) for name in shown])
        values = values[np.isfinite(values) & (values > 0)]
        low, high = 10 ** np.floor(np.log10(values.min() if values.size else 1e-3)), 1.0
        return max(low, 1e-5), high


def _draw_excluded(axes, lines):
    """Regions from the strongest to the weakest, so that each shows up to where the next one begins."""
    top = axes.get_ylim()[1]
    names = lines.names("excluded")
    names.sort(key=lambda name: np.nanmedian(np.log(np.where(lines.values(name) > 0, lines.values(name), np.nan))))
    handles = []
    for order, name in enumerate(names):
        look, values = style.region(name), lines.values(name)
        hidden = ~(values < top)
        if hidden.all():
            continue
        edge = np.where(hidden, np.nan, values)
        axes.fill_between(
            lines.m_phi, edge, top, where=~hidden, facecolor=look.face, edgecolor=look.ink, hatch=look.hatch,
            linewidth=0, zorder=1 + 0.01 * order,
        )
        axes.plot(*_outline(lines.m_phi, edge, top), color=look.edge, linewidth=1.1, zorder=1.5 + 0.01 * order)
        handles.append(Patch(facecolor=look.face, edgecolor=look.ink, hatch=look.hatch, label=look.label))
    return handles


def _outline(m_phi, edge, top):
    """A line, continued upwards where it ends between the ends of the axis: beyond, no coupling is on it."""
    x, y = [], []
    finite = np.isfinite(edge).tolist()  # Python's bool repeats lists, NumPy's does not
    for k in range(len(edge)):
        begins = finite[k] and k > 0 and not finite[k - 1]
        ends = finite[k] and k + 1 < len(edge) and not finite[k + 1]
        x += [m_phi[k]] * (1 + begins + ends)
        y += [top] * begins + [edge[k]] + [top] * ends
    return x, y


def _draw_favoured(axes, lines):
    """The couplings that explain the muon's moment, at 3 and 1 standard deviations and at its value.

    A band that reaches 0 explains nothing: of it only the upper edge at 1 standard deviation is drawn.
    """
    handles = []
    for deviations, colour in style.FAVOURED.items():
        low, high = (_edge(lines, deviations, side) for side in ("low", "high"))
        if low is None or high is None:
            continue
        if (low > 0).any():
            axes.fill_between(lines.m_phi, low, high, facecolor=colour, alpha=0.75, linewidth=0, zorder=2)
            handles.append(Patch(facecolor=colour, alpha=0.75, label=rf"$(g-2)_\mu$ favoured, ${deviations}\sigma$"))
        elif deviations == 1:
            handles += axes.plot(
                lines.m_phi, high, color=style.FAVOURED_LINE, linewidth=1.2, zorder=2, label=r"$(g-2)_\mu$, $+1\sigma$")
    for name in lines.names("favoured_central"):
        handles += axes.plot(
            lines.m_phi, lines.values(name), color=style.FAVOURED_LINE, linewidth=1.2, linestyle=":", zorder=2.2,
            label=r"$(g-2)_\mu$ as measured")
    return handles


def _edge(lines, deviations, side):
    found = [n for n in lines.names(f"favoured_{side}") if n.endswith(f"_{deviations}_sigma_{side}")]
    return lines.values(found[0]) if found else None


def _draw_curves(axes, lines):
    """The relic density and the projections: their curves and texts, and what the legend names."""
    looks = [(name, style.RELIC_LINE) for name in lines.names("relic_density")]
    looks += [(name, style.line(name)) for name in lines.names("projection")]
    curves, texts, handles = [], [], []
    for name, look in looks:
        # Where it is 0, every coupling being beyond it, the curve leaves through the lower edge, and has no label.
        values = lines.values(name)
        curve = _outline(lines.m_phi, values, axes.get_ylim()[1])
        drawn = axes.plot(*curve, color=look.colour, dashes=look.dashes, linewidth=1.6, zorder=3, label=look.label)
        if look.in_legend:
            handles += drawn
            continue
        curves.append((lines.m_phi, np.where(values > 0, values, np.nan)))
        texts.append({"s": look.label, "color": look.colour, "fontsize": "medium", "bbox": BOX, "zorder": 5})
    return curves, texts, handles
