"""The plane of m_phi and h_mue of a scan, profiled over its other axes."""

import numpy as np
from matplotlib.colors import LogNorm, Normalize
from matplotlib.lines import Line2D

from . import style
from .plane import prepare
from .reader import REDUCED_BY, profile
from .selection import select

PLANE = ("h_mue", "m_phi")
# What is shown by default: the first that a file has.
PREFERRED = ("log_likelihood", "excluded", "relic_density", "delta_a_mu")


def draw(axes, dataset, variable, chosen):
    """Draws a variable of a scan into axes.

    Raises `ValueError` for a scan without both axes, or an unknown variable.
    """
    if "shard_index" in dataset.attrs:
        raise ValueError("it is a shard (its points have no coordinates) merge the shards first")
    if "point" in dataset.dims:
        raise ValueError("it holds points that are no grid (a figure is of the axes m_phi and h_mue) scan a grid")
    for name in PLANE:
        if name not in dataset.dims:
            raise ValueError(f"the file has no axis {name} (a figure has m_phi and h_mue) scan ranges of both")
    name, reduction = _choice(dataset, variable)
    dataset = select(dataset, chosen, plane=PLANE)
    values = dataset[name]
    others = [dimension for dimension in values.dims if dimension not in PLANE]
    plane = profile(values, over=others, reduce=reduction)
    missing = [dimension for dimension in PLANE if dimension not in plane.dims]
    if missing:
        plane = plane.expand_dims({dimension: dataset[dimension].values for dimension in missing})
    _draw_plane(axes, plane.transpose(*PLANE), name, dataset[name])
    axes.set_title(_title(values, others, reduction), fontsize="medium")
    _draw_allowed(axes, dataset, name)


def _choice(dataset, variable):
    if variable is not None:
        if variable not in dataset.data_vars:
            raise ValueError(f"the file has no variable {variable} (it has: {', '.join(map(str, dataset.data_vars))})")
        return variable, REDUCED_BY.get(variable, "max")
    for name in PREFERRED:
        if name in dataset.data_vars:
            return name, REDUCED_BY.get(name, "max")
    planar = [n for n, v in dataset.data_vars.items() if set(PLANE) <= set(v.dims) and "flag_values" not in v.attrs]
    if not planar:
        raise ValueError("no variable depends on both m_phi and h_mue (a figure needs one) choose --variable")
    return planar[0], REDUCED_BY.get(planar[0], "max")


def _title(values, others, reduction):
    """Over what was profiled and how, and what was held fixed."""
    words = {"max": "largest over", "min": "smallest over", "all": "green: allowed for some", "any": "true for some"}
    parts = [f"{words[reduction]} " + ", ".join(style.symbol(name) for name in others)] if others else []
    for name in ("m_psi_over_m_phi", "m_psi", "g"):
        if name in values.coords and values.coords[name].ndim == 0:
            parts.append(f"{style.symbol(name)} = {float(values.coords[name]):.4g}")
    return "; ".join(parts)


def _draw_plane(axes, plane, name, variable):
    m_phi, h_mue, values = plane.m_phi.values, plane.h_mue.values, plane.values.astype(float)
    prepare(axes, (m_phi[0], m_phi[-1]), (h_mue[0], h_mue[-1]))
    if name == "excluded":
        values = np.where(np.isnan(values), np.nan, values != 0)
        axes.contourf(m_phi, h_mue, values, levels=[-0.5, 0.5, 1.5], colors=[style.FAVOURED[1], "#d9d9d9"])
        return
    mesh = axes.pcolormesh(
        m_phi, h_mue, values, norm=_norm(name, values), cmap="cividis", shading="nearest", rasterized=True)
    axes.figure.colorbar(mesh, ax=axes, label=style.quantity(name, variable.attrs))
    if name == "relic_density":
        line = _contour(axes, plane, np.log(values / 0.12), 0)
        if line is not None:
            for label in axes.clabel(line, fmt=lambda _: r"$\Omega h^2=0.12$", fontsize="small", colors=style.INK):
                label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.8})


def _norm(name, values):
    """Colours: the best ten units of a log likelihood, up to twelve decades of what is positive."""
    finite = values[np.isfinite(values)]
    if name == "log_likelihood" and finite.size:
        return Normalize(finite.max() - 10, finite.max())
    if finite.size and finite.min() >= 0 and finite.max() > 30 * finite.min():
        top = finite.max()
        return LogNorm(max(finite[finite > 0].min(), top * 1e-12), top)
    return Normalize(*((finite.min(), finite.max()) if finite.size else (0, 1)))


def _draw_allowed(axes, dataset, name):
    """The edge of what is allowed for some value of the other axes, where the file knows it: dashed, and named."""
    if name == "excluded" or "excluded" not in dataset.data_vars:
        return
    values = dataset["excluded"]
    plane = profile(values, over=[d for d in values.dims if d not in PLANE], reduce="all")
    if set(plane.dims) == set(PLANE):
        plane = plane.transpose(*PLANE)
        if _contour(axes, plane, (plane.values == 0).astype(float), 0.5, linestyles="--") is not None:
            edge = Line2D([], [], color="white", linewidth=1.3, linestyle="--", label="edge of what is allowed")
            axes.legend(handles=[edge], loc="lower right", facecolor="0.35", labelcolor="white")


def _contour(axes, plane, values, level, **look):
    """The white line of a level; None where nothing reaches it."""
    finite = values[np.isfinite(values)]
    if not finite.size or not finite.min() < level < finite.max():
        return None
    return axes.contour(
        plane.m_phi.values, plane.h_mue.values, values, levels=[level], colors="white", linewidths=1.3, **look)
