"""Writes files that this project's writer would never make, for its reader.

    python3 write_foreign.py foreign.h5    by h5py: chunks, compression, other types and byte order, a group
    python3 write_foreign.py netcdf.h5     by xarray: a netCDF-4 file

Exit status: 77 without h5py or xarray.
"""

import sys

try:
    import h5py
    import numpy as np
    import xarray as xr
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)


def write_foreign(path):
    with h5py.File(path, "w") as file:
        numbers = file.create_dataset(
            "compressed", data=np.arange(6.0).reshape(3, 2), chunks=(1, 2), compression="gzip")
        numbers.attrs["units"] = "GeV"
        file["big_endian"] = np.array([1.5, 2.5], ">f8")
        file["short"] = np.array([1, 2], "i2")
        file["null"] = h5py.Empty("f8")
        file["words"] = np.array(["a", "b"], h5py.string_dtype())
        file["compound"] = np.zeros(2, [("a", "f8"), ("b", "i4")])
        file.create_group("group")["inner"] = 1.0
        file.attrs["flags"] = np.array([True, False])


def write_netcdf(path):
    h_mue = xr.DataArray(
        np.arange(6.0).reshape(2, 3), dims=("m_phi", "sample"), coords={"m_phi": [0.2, 0.4]},
        attrs={"long_name": "coupling"})
    h_mue.to_dataset(name="h_mue").to_netcdf(path, engine="h5netcdf")


if __name__ == "__main__":
    (write_netcdf if sys.argv[1].endswith("netcdf.h5") else write_foreign)(sys.argv[1])
