#!/usr/bin/env bash
# kerchunk 0.2.10: every zero of an HDF5 dataset without a fill value of its own becomes missing.
#
# Expected: an HDF5 file read through kerchunk's references has the numbers that h5netcdf and netCDF4 read from it.
# Behaviour: HDF5's default fill value, 0, is taken for CF's missing value: zeros come out as NaN, and integers as floats.
# Why it matters: in files of scans 0 is an answer ("ok", "excluded by nothing", a channel that is closed). Somebody who
# counts `excluded == 0` over thousands of files through one kerchunk index finds none, and sees no error.
# A fill value that is no answer (255 for flags, NaN for numbers), set when the dataset is created, prevents it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q kerchunk==0.2.10 zarr==3.1.6 xarray==2026.9.0 h5netcdf==1.8.2 h5py==3.16.0 numpy==2.4.6
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import os

import h5py
import kerchunk
import numpy as np
import xarray as xr
from kerchunk.hdf import SingleHdf5ToZarr

VARIABLES = {"flags": ("u1", None), "numbers": ("f8", None), "flags_255": ("u1", 255), "numbers_nan": ("f8", np.nan)}
with h5py.File("file.h5", "w") as file:
    axis = file.create_dataset("x", data=np.arange(3.0))
    axis.make_scale("x")
    for name, (kind, fill) in VARIABLES.items():
        dataset = file.create_dataset(name, data=np.array([0, 1, 0], kind), fillvalue=fill)
        dataset.dims[0].attach_scale(axis)

direct = xr.open_dataset("file.h5", engine="h5netcdf").load()
references = SingleHdf5ToZarr(os.path.abspath("file.h5")).translate()
through = xr.open_dataset(references, engine="kerchunk").load()
print(f"kerchunk {kerchunk.__version__}; expected: what h5netcdf reads")
for name in VARIABLES:
    print(f"  {name:12} h5netcdf {direct[name].values} ({direct[name].dtype})  kerchunk {through[name].values} ({through[name].dtype})")

for name in ("flags", "numbers"):
    assert (direct[name].values == [0, 1, 0]).all()
    assert np.isnan(through[name].values).tolist() == [True, False, True], f"{name}: kerchunk has changed"
for name in ("flags_255", "numbers_nan"):
    assert (through[name].values == [0, 1, 0]).all(), f"{name}: kerchunk has changed"
print("as described: zeros of datasets with HDF5's default fill value are missing through kerchunk")
PYTHON
