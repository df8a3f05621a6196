"""Checks that readers which refer to the bytes of HDF5 files see the numbers that are there.

    python3 check_references.py FILE.h5

kerchunk 0.2.10 takes HDF5's default fill value for missing (findings/kerchunk-default-fill.sh); VirtualiZarr 2.5.1 refuses variables
that are texts, and reads a file without them. Exit status: 0 all right, 1 something differs, 77 neither is here.
"""

import os
import sys
import warnings

try:
    import h5py
    import numpy as np
    import xarray as xr
    from kerchunk.hdf import SingleHdf5ToZarr
    from obspec_utils.registry import ObjectStoreRegistry
    from obstore.store import LocalStore
    from virtualizarr.parsers import HDFParser
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)


def compare(found, wanted, reader):
    for name, variable in wanted.data_vars.items():
        # kerchunk makes real numbers of whole ones, of which single values such as a seed need all their digits.
        if variable.dtype.kind not in "iuf" or not variable.dims:
            continue
        if not np.array_equal(found[name].values, variable.values, equal_nan=True):
            raise SystemExit(f"{name} through {reader}: {found[name].values.ravel()[:8]}, wanted {variable.values.ravel()[:8]}")


def main(path):
    path = os.path.abspath(path)
    with h5py.File(path) as file:
        texts = [name for name, item in file.items() if isinstance(item, h5py.Dataset) and h5py.check_string_dtype(item.dtype)]
    wanted = xr.open_dataset(path, engine="h5netcdf", drop_variables=texts).load()
    references = SingleHdf5ToZarr(path).translate()
    compare(xr.open_dataset(references, engine="kerchunk", drop_variables=texts).load(), wanted, "kerchunk")
    registry = ObjectStoreRegistry({"file://": LocalStore()})
    store = HDFParser(drop_variables=texts)(url="file://" + path, registry=registry)
    compare(xr.open_zarr(store, consolidated=False, zarr_format=3).load(), wanted, "VirtualiZarr")
    print("kerchunk and VirtualiZarr: all right")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1])
