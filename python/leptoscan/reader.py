"""Opening files, and reducing variables that need not fit into memory."""

import builtins

import numpy as np
import xarray as xr

# fmax and fmin pass NaN over.
REDUCTIONS = {"max": np.fmax, "min": np.fmin, "any": np.logical_or, "all": np.logical_and}

# What a variable is reduced by unless told otherwise, as in `leptoscan profile`; all others by their maximum.
REDUCED_BY = {"log_likelihood": "max", "excluded": "all", "relic_density": "min"}

# Elements read at a time: 32 MiB of doubles.
BLOCK_ELEMENTS = 1 << 22


def open(path):
    """Opens an output file of leptoscan as an `xarray.Dataset`, without reading its numbers.

    Raises `FileNotFoundError` or, for a file that is not HDF5, `ValueError`.
    """
    with builtins.open(path, "rb"):
        pass
    try:
        return xr.open_dataset(path, engine="h5netcdf")
    except ImportError:
        return xr.open_dataset(path)
    except OSError as error:
        raise ValueError(f"it is no HDF5 file ({error}) give an output file of leptoscan") from error


def profile(variable, over, reduce=None):
    """A variable reduced over some of its dimensions, NaN passed over, in blocks of bounded memory.

    variable: an `xarray.DataArray`. over: the name of a dimension, or several.
    reduce: "max", "min", "any" or "all"; by default what `leptoscan profile` does: "all" for `excluded`, "min" for
    `relic_density`, otherwise "max".
    Raises `ValueError` for a dimension that the variable does not have, and for an unknown reduction.
    """
    over = [over] if isinstance(over, str) else list(over)
    for name in over:
        if name not in variable.dims:
            axes = ", ".join(map(str, variable.dims)) or "none"
            raise ValueError(f"{variable.name} has no dimension {name} to reduce over (it has: {axes})")
    reduce = REDUCED_BY.get(variable.name, "max") if reduce is None else reduce
    if reduce not in REDUCTIONS:
        raise ValueError(f"reduce is {reduce!r}, not one of {', '.join(REDUCTIONS)}")
    combine = REDUCTIONS[reduce]
    gone = [name for name in variable.dims if name in over]
    kept = [name for name in variable.dims if name not in over]
    if not gone:
        return variable.load()
    axes = tuple(variable.dims.index(name) for name in gone)
    result = None
    for block in _blocks(variable, gone):
        values = combine.reduce(block.values, axis=axes)
        result = values if result is None else combine(result, values)
    coordinates = {name: variable.coords[name] for name in kept if name in variable.coords}
    return xr.DataArray(result, coords=coordinates, dims=kept, name=variable.name, attrs=variable.attrs)


def allowed(dataset):
    """Whether each point is allowed: the variable `excluded` of the scan is 0. Not allowed is also what could not be computed.

    Raises `KeyError` for a scan without it.
    """
    if "excluded" not in dataset:
        raise KeyError("the file has no variable 'excluded': name constraints in the run card")
    return (dataset["excluded"] == 0).rename("allowed")


def _blocks(variable, reduced):
    """The variable cut along the first of its reduced dimensions."""
    name = reduced[0]
    size = variable.sizes[name]
    step = max(1, BLOCK_ELEMENTS * size // max(1, variable.size))
    for start in range(0, size, step):
        yield variable.isel({name: slice(start, start + step)})
