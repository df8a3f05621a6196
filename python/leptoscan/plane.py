"""The plane of m_phi and h_mue."""

from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter


def prepare(axes, m_phi, h_mue):
    """Logarithmic axes with their names, from and to the given ends."""
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(*m_phi)
    axes.set_ylim(*h_mue)
    axes.set_xlabel(r"$m_\phi$ [GeV]")
    axes.set_ylabel(r"$h_{\mu e}$")
    # Masses in plain numbers at 1, 2 and 5 of each decade; few decades are shown.
    marks = [mantissa * 10.0**decade for decade in range(-2, 6) for mantissa in (1, 2, 5)]
    if m_phi[1] / m_phi[0] > 3e3:
        return
    axes.xaxis.set_major_locator(FixedLocator(marks))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_locator(LogLocator(subs=range(1, 10)))
    axes.xaxis.set_minor_formatter(NullFormatter())
