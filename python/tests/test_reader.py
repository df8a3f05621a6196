import pathlib
import tempfile
import unittest
from unittest import mock

import numpy as np
import xarray as xr

import leptoscan
from leptoscan import reader


def scan():
    """A scan of 3 x 4 x 5 x 2 points with a NaN in it."""
    generator = np.random.default_rng(1)
    sizes = {"m_phi": 3, "h_mue": 4, "m_psi_over_m_phi": 5, "g": 2}
    values = generator.normal(size=tuple(sizes.values()))
    values[0, 0, 0, 0] = np.nan
    values[1, 2] = np.nan
    coordinates = {name: np.geomspace(0.1, 1, size) for name, size in sizes.items()}
    excluded = (values > 0).astype("u1")
    return xr.Dataset(
        {"log_likelihood": (tuple(sizes), values), "excluded": (tuple(sizes), excluded)}, coords=coordinates)


class ReaderTests(unittest.TestCase):
    def test_profile_is_that_of_numpy_whatever_the_blocks(self):
        variable = scan().log_likelihood
        expected = np.fmax.reduce(variable.values, axis=(2, 3))
        for elements in (1, 30, 10**9):
            with mock.patch.object(reader, "BLOCK_ELEMENTS", elements):
                found = leptoscan.profile(variable, over=["m_psi_over_m_phi", "g"])
            self.assertEqual(found.dims, ("m_phi", "h_mue"))
            np.testing.assert_array_equal(found.values, expected)
            np.testing.assert_array_equal(found.m_phi.values, variable.m_phi.values)
        self.assertTrue(np.isnan(expected[1, 2]) and not np.isnan(expected[0, 0]))

    def test_profile_of_a_mask(self):
        excluded = scan().excluded
        np.testing.assert_array_equal(leptoscan.profile(excluded, over=["g"]).values, excluded.values.all(axis=3))
        np.testing.assert_array_equal(
            leptoscan.profile(excluded, over=["g"], reduce="any").values, excluded.values.any(axis=3))

    def test_a_name_alone_is_one_dimension(self):
        # "m_psi_over_m_phi" contains "m_phi".
        found = leptoscan.profile(scan().log_likelihood, over="m_psi_over_m_phi")
        self.assertEqual(found.dims, ("m_phi", "h_mue", "g"))
        np.testing.assert_array_equal(found.values, np.fmax.reduce(scan().log_likelihood.values, axis=2))

    def test_relic_density_is_reduced_by_its_minimum(self):
        variable = scan().log_likelihood.rename("relic_density")
        np.testing.assert_array_equal(leptoscan.profile(variable, over="g").values, np.fmin.reduce(variable.values, axis=3))

    def test_what_cannot_be_reduced(self):
        with self.assertRaisesRegex(ValueError, "mean"):
            leptoscan.profile(scan().excluded, over=["g"], reduce="mean")
        for over in ("m_psi", ["g", "m_psi"]):
            with self.assertRaisesRegex(ValueError, "excluded has no dimension m_psi .*m_psi_over_m_phi, g"):
                leptoscan.profile(scan().excluded, over=over)

    def test_allowed_is_what_is_not_excluded(self):
        data = scan()
        np.testing.assert_array_equal(leptoscan.allowed(data).values, data.excluded.values == 0)
        with self.assertRaisesRegex(KeyError, "excluded"):
            leptoscan.allowed(data.drop_vars("excluded"))

    def test_what_cannot_be_opened(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "text.h5"
            with self.assertRaises(FileNotFoundError):
                leptoscan.open(path)
            path.write_text("no HDF5")
            with self.assertRaisesRegex(ValueError, "no HDF5 file"):
                leptoscan.open(path)


if __name__ == "__main__":
    unittest.main()
