"""Checks that other people's software reads the example file of the tests as it should.

    python3 check_readers.py FILE.h5

The numbers expected are those of Example.swift. Exit status: 0 all right, 1 something differs, 77 no xarray here.
"""

import importlib
import sys

try:
    import numpy as np
    import xarray as xr
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

SIZES = {"m_phi": 3, "h_mue": 4, "m_psi_over_m_phi": 2, "g": 2, "sample": 5, "constraint": 3}
DIMENSIONS = {
    "m_phi": ("m_phi",),
    "h_mue": ("h_mue",),
    "m_psi_over_m_phi": ("m_psi_over_m_phi",),
    "g": ("g",),
    "delta_a_mu": ("m_phi", "h_mue"),
    "m_psi": ("m_phi", "m_psi_over_m_phi"),
    "width_invisible": ("m_phi", "m_psi_over_m_phi", "g"),
    "relic_density": ("m_phi", "h_mue", "m_psi_over_m_phi", "g"),
    "status": ("m_phi", "h_mue", "m_psi_over_m_phi", "g"),
    "count": ("sample",),
    "constraint": ("constraint",),
    "limit": ("constraint",),
    "source": ("constraint",),
    "seed": (),
    "resolved_card": (),
}
TYPES = {"delta_a_mu": "f8", "width_invisible": "f4", "status": "u1", "count": "i8", "seed": "u8"}
CARD = "scan:\n  m_phi: {from: 0.106, to: 5.0, points: 3}  # µ ± ψ\n"


def expect(found, wanted, what):
    if not np.array_equal(found, wanted):
        raise SystemExit(f"{what}: found {found!r}, wanted {wanted!r}")


def check_shapes(dataset):
    expect(dict(dataset.sizes), SIZES, "sizes")
    # Only a set: xarray puts coordinates where it likes.
    expect(set(dataset.variables), set(DIMENSIONS), "variables")
    for name, dimensions in DIMENSIONS.items():
        expect(dataset[name].dims, dimensions, f"dimensions of {name}")
    coordinates = {"m_phi", "h_mue", "m_psi_over_m_phi", "g", "m_psi"}
    expect(set(dataset.coords), coordinates | {"constraint"}, "coordinates")
    expect(set(dataset["relic_density"].coords), coordinates, "coordinates of relic_density")


def check_values(dataset):
    expect(dataset["m_phi"].values, [0.106, 1.0, 5.0], "m_phi")
    expect(list(dataset["constraint"].values), ["relic density", "", "µ → e φ"], "constraint")
    expect(list(dataset["source"].values), ["a", "b", "c"], "source")
    expect(float(dataset["limit"].sel(constraint="µ → e φ")), 2.5, "limit by its label")
    for name in ("delta_a_mu", "m_psi", "width_invisible", "relic_density", "limit"):
        values = dataset[name].values
        expect(values.ravel(), np.arange(values.size) + 0.5, name)
    for name in ("status", "count"):
        values = dataset[name].values
        expect(values.ravel(), np.arange(values.size), name)
    expect(int(dataset["seed"]), 2**64 - 1, "seed")
    expect(dataset["resolved_card"].item(), CARD, "resolved_card")
    for name, dtype in TYPES.items():
        expect(dataset[name].dtype, np.dtype(dtype), f"type of {name}")


def check_attributes(dataset):
    expect(dataset.attrs["Conventions"], "CF-1.11", "Conventions")
    expect(dataset.attrs["author"], "Müller", "author")
    expect(dataset.attrs["schema_version"], 1, "schema_version")
    expect(dataset.attrs["alpha"], 0.0072973525693, "alpha")
    expect(dataset.attrs["axis_sizes"], [3, 4, 2, 2], "axis_sizes")
    expect(dataset["m_phi"].attrs["units"], "GeV", "units of m_phi")
    status = dataset["status"].attrs
    expect(status["flag_values"], [0, 1, 2], "flag_values")
    expect(status["flag_values"].dtype, np.uint8, "type of flag_values")
    expect(status["flag_meanings"], "ok below_threshold not_converged", "flag_meanings")
    for name in ("delta_a_mu", "width_invisible"):
        expect(np.isnan(dataset[name].encoding["_FillValue"]), True, f"_FillValue of {name}")
    expect("_FillValue" in dataset["m_phi"].encoding, False, "_FillValue of m_phi")


def check_fill_values(path):
    """Readers such as kerchunk take HDF5's fill value for missing: it must be no code, and no attribute, of which xarray
    would make real numbers."""
    try:
        import h5py
    except ImportError:
        return
    with h5py.File(path) as file:
        for name, wanted in (("status", 255), ("count", -(2**63 - 2)), ("seed", 2**64 - 2)):
            expect(int(file[name].fillvalue), wanted, f"fill value of {name}")
            expect("_FillValue" in file[name].attrs, False, f"_FillValue of {name}")
        expect(np.isnan(file["relic_density"].fillvalue), True, "fill value of relic_density")


def main(path):
    print(f"python {sys.version.split()[0]}, xarray {xr.__version__}")
    check_fill_values(path)
    engines = {None: "xarray", "h5netcdf": "h5netcdf", "netcdf4": "netCDF4"}
    for engine, module in engines.items():
        try:
            version = importlib.import_module(module).__version__
        except ImportError:
            continue
        with xr.open_dataset(path, **({} if engine is None else {"engine": engine})) as dataset:
            check_shapes(dataset)
            check_values(dataset)
            check_attributes(dataset)
        print(f"engine {engine or 'by default'}: all right ({module} {version})")


if __name__ == "__main__":
    main(sys.argv[1])
