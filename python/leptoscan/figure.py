"""The figure of a file, chosen by what is in it."""

import os.path

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from . import limits_figure, scan_figure, style


def plot(dataset, *, variable=None, select=None, size=(5.4, 5.0)):
    """The figure of a file of limits, or of the plane of m_phi and h_mue of a scan.

    variable: of a scan, the variable to show; by default what is allowed, or the likelihood, or the relic density.
    select: values of axes that are neither m_phi nor h_mue. Of limits the first value is taken where none is given; a
    scan is profiled over such axes. Between two values of an axis the nearest is taken, with a warning
    (`selection.NearestValue`).
    size: in inches.
    Returns a `matplotlib.figure.Figure`. Raises `ValueError` where the file has nothing to draw.
    """
    with matplotlib.rc_context(style.settings(size[0])):
        figure = Figure(figsize=size, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        if "h_mue_limit" in dataset:
            if variable is not None:
                raise ValueError("a file of limits shows its lines (variables are chosen of scans) leave it out")
            limits_figure.draw(axes, dataset, select or {})
        elif "g_limit" in dataset:
            raise ValueError("the file has lines of g (the figure shows h_mue) make it with limits, without --solve g")
        else:
            scan_figure.draw(axes, dataset, variable, select or {})
    return figure


def save(figure, path):
    """Writes a figure; the ending says in which format. Equal figures give equal files."""
    metadata = {"pdf": {"CreationDate": None}, "svg": {"Date": None}}
    ending = os.path.splitext(path)[1][1:].lower()
    if not ending:
        raise ValueError("the name has no ending to tell the format")  # matplotlib would add one
    with matplotlib.rc_context(style.SETTINGS):
        figure.savefig(path, dpi=300, metadata=metadata.get(ending))
