"""Reads and plots the output of leptoscan (https://arxiv.org/abs/2202.04410)."""

from .reader import allowed, open, profile

__version__ = "0.1.0"
__all__ = ["allowed", "open", "plot", "profile"]


def plot(dataset, **options):
    """The figure of a file: lines of constraints, or the plane of m_phi and h_mue of a scan.

    See `leptoscan.figure.plot`; matplotlib is imported only here.
    """
    from .figure import plot as draw

    return draw(dataset, **options)
