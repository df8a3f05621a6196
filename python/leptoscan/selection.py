"""Taking one value of an axis."""

import warnings

import numpy as np

# Two numbers that differ by less are one value, written with another number of digits.
SAME = 1e-6


class NearestValue(UserWarning):
    """A value between those of its axis: the nearest one is taken."""


def select(variable, chosen, *, plane=()):
    """The variable at one value of each axis that is chosen.

    variable: an `xarray.DataArray` or a `Dataset`. chosen: a value for each name. plane: dimensions that nothing is chosen on.

    Between two values of an axis the nearest is taken (by ratio, where all are positive), and a `NearestValue` is warned of.
    Raises `ValueError` for an axis that is not there, a value beyond its ends, and another value of what is fixed.
    """
    for name, value in chosen.items():
        if name in variable.dims and name not in plane:
            variable = variable.isel({name: _place(name, value, variable[name].values)})
        elif name in variable.coords and variable[name].ndim == 0:
            _check_fixed(name, value, float(variable[name]))
        else:
            axes = ", ".join(axis for axis in variable.dims if axis not in plane) or "none"
            raise ValueError(f"the file has no axis {name} to choose on (its axes: {axes}) leave it out")
    return variable


def _check_fixed(name, value, fixed):
    if not abs(value - fixed) <= SAME * abs(fixed):
        raise ValueError(f"{name} is {fixed:g} in the whole file (the card fixed it), not {value:g}: leave it out")


def _place(name, value, axis):
    low, high = axis.min(), axis.max()
    if not low - SAME * abs(low) <= value <= high + SAME * abs(high):
        raise ValueError(f"{name} = {value:g} is not on its axis, {low:g} ... {high:g}: choose a value in between")
    distance = np.abs(np.log(axis / value)) if low > 0 else np.abs(axis - value)
    place = int(distance.argmin())
    taken = axis[place]
    if abs(taken - value) > SAME * abs(taken):
        warnings.warn(f"{name} = {value:g} lies between values of its axis: {taken:g} is taken", NearestValue, stacklevel=3)
    return place
