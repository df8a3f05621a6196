import pathlib
import tempfile
import unittest
import warnings

import numpy as np
import xarray as xr

import leptoscan
from leptoscan import __main__ as program
from leptoscan import figure, limits_figure, selection, style

from .test_reader import scan

M_PHI = np.geomspace(0.11, 10, 50)
# Name, kind, and the line.
LINES = [
    ("g_minus_2_muon", 0, 1.4e-2 * M_PHI),
    ("g_minus_2_muon_central", 3, 1.0e-2 * M_PHI),
    ("g_minus_2_muon_1_sigma_low", 2, 0.9e-2 * M_PHI),
    ("g_minus_2_muon_1_sigma_high", 4, 1.1e-2 * M_PHI),
    ("z_e_mu_atlas_2014", 0, 0.03 + 0 * M_PHI),
    ("k_e_nu_phi", 0, np.where(M_PHI < 0.2, 0.07, np.nan)),
    ("relic_density", 5, 1.2e-2 * M_PHI),
    ("na64e-projection", 1, 5e-3 * M_PHI**2),
    ("someone-else", 1, 5e-4 * M_PHI),
]


def limits(**extra):
    names, kinds, values = zip(*LINES)
    data = xr.Dataset(
        {"h_mue_limit": (("constraint", "m_phi"), np.array(values))},
        coords={
            "constraint": list(names), "m_phi": M_PHI, "constraint_kind": ("constraint", np.array(kinds, "u1")),
            "g": 0.08, "m_psi_over_m_phi": 1 / 3,
        },
    )
    return data.assign_coords(extra)


def texts(drawn):
    axes = drawn.axes[0]
    return [text.get_text() for text in axes.texts + axes.get_legend().get_texts()]


class FigureTests(unittest.TestCase):
    def test_limits_have_their_labels_and_units(self):
        drawn = leptoscan.plot(limits())
        axes = drawn.axes[0]
        self.assertEqual((axes.get_xscale(), axes.get_yscale()), ("log", "log"))
        self.assertEqual(axes.get_xlabel(), r"$m_\phi$ [GeV]")
        for text in (r"$K\to e\nu\phi$", r"$Z\to e\mu\phi$ (ATLAS 2014)", r"$\Omega h^2=0.12$", "NA64e", "someone-else"):
            self.assertIn(text, texts(drawn))
        self.assertIn(r"$m_\psi=m_\phi/3$, $g=0.08$", texts(drawn))

    def test_labels_lie_on_their_curves(self):
        axes = leptoscan.plot(limits()).axes[0]
        lines = {name: values for name, _, values in LINES}
        for text, name in ((r"$\Omega h^2=0.12$", "relic_density"), ("someone-else", "someone-else")):
            (label,) = [t for t in axes.texts if t.get_text() == text]
            m_phi, h_mue = label.get_position()
            self.assertAlmostEqual(np.log(h_mue / np.interp(m_phi, M_PHI, lines[name])), 0, delta=0.05)

    def test_steep_curves_have_their_labels(self):
        data = limits()
        steep = [name for name, _, _ in LINES].index("someone-else")
        data["h_mue_limit"][steep] = np.where(M_PHI < 0.15, 10 ** (-4 + 400 * (M_PHI - 0.14)), np.nan)
        (label,) = [text for text in leptoscan.plot(data).axes[0].texts if text.get_text() == "someone-else"]
        self.assertGreater(label.get_rotation(), 60)

    def test_what_is_assumed_is_said(self):
        self.assertEqual(style.line("na64mu-2022").label, r"NA64$\mu$ (2022), hypothetical")
        self.assertEqual(style.line("na64mu-projection").label, r"NA64$\mu$")

    def test_where_every_coupling_is_beyond_the_curve_goes_down(self):
        data = limits()
        relic = [name for name, _, _ in LINES].index("relic_density")
        data["h_mue_limit"][relic, 30:] = 0
        axes = leptoscan.plot(data).axes[0]
        (curve,) = [line for line in axes.lines if line.get_color() == style.RELIC_LINE.colour]
        self.assertTrue((curve.get_ydata()[30:] == 0).all())
        (label,) = [text for text in axes.texts if text.get_text() == style.RELIC_LINE.label]
        self.assertLess(label.get_position()[0], M_PHI[30])
        data["h_mue_limit"][relic] = 0
        self.assertNotIn(style.RELIC_LINE.label, texts(leptoscan.plot(data)))
        alone = data.isel(constraint=[relic]).assign_coords(m_phi=M_PHI)
        self.assertEqual(leptoscan.plot(alone).axes[0].get_ylim(), (1e-3, 1.0))

    def test_bands_that_reach_zero_are_not_filled(self):
        names = [name for name, _, _ in LINES]
        data = limits()
        data["h_mue_limit"][names.index("g_minus_2_muon_1_sigma_low")] = 0
        self.assertIn(r"$(g-2)_\mu$, $+1\sigma$", texts(leptoscan.plot(data)))
        self.assertIn(r"$(g-2)_\mu$ favoured, $1\sigma$", texts(leptoscan.plot(limits())))

    def test_a_point_is_chosen_on_further_axes(self):
        data = limits().drop_vars("g").expand_dims(g=[0.08, 0.5])
        data["h_mue_limit"] = data.h_mue_limit * data.g
        chosen, text = limits_figure.select_point(data.h_mue_limit, {"g": 0.5})
        self.assertEqual(float(chosen.g), 0.5)
        self.assertIn("$g=0.5$", text)
        self.assertEqual(float(limits_figure.select_point(data.h_mue_limit, {})[0].g), 0.08)
        with self.assertRaisesRegex(ValueError, "no axis x"):
            limits_figure.select_point(data.h_mue_limit, {"x": 1})

    def test_values_between_those_of_an_axis_are_said(self):
        data = limits().drop_vars("g").expand_dims(g=[0.01, 0.1, 1.0])
        # Nearest by ratio: 0.04 is 4 times 0.01, and 2.5 times less than 0.1.
        with self.assertWarnsRegex(selection.NearestValue, "g = 0.04 lies between values of its axis: 0.1 is taken"):
            self.assertEqual(float(selection.select(data, {"g": 0.04}).g), 0.1)
        with self.assertRaisesRegex(ValueError, "g = 3 is not on its axis, 0.01 ... 1"):
            selection.select(data, {"g": 3})
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.assertEqual(float(selection.select(data, {"g": 0.1 * (1 + 1e-9)}).g), 0.1)

    def test_what_is_fixed_is_not_chosen(self):
        with self.assertRaisesRegex(ValueError, "g is 0.08 in the whole file"):
            leptoscan.plot(limits(), select={"g": 0.3})
        leptoscan.plot(limits(), select={"g": 0.08})

    def test_axes_keep_their_size_in_a_column(self):
        for width, height in ((3.4, 3.2), (5.4, 5.0), (7.0, 5.0)):
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # matplotlib warns where a layout collapses
                drawn = leptoscan.plot(limits(), size=(width, height))
                drawn.canvas.draw()
            axes = drawn.axes[0].get_position()
            self.assertGreater(axes.width, 0.75)
            self.assertGreater(axes.height, 0.5)

    def test_every_region_has_its_own_look(self):
        names = ["g_minus_2_muon", "g_minus_2_electron", "k_e_nu_phi", "z_e_mu_atlas_2014", "z_e_mu_cms_2025",
                 "mu_e_psi_psi", "na64e-2022", "na64mu-2022", "unheard_of"]
        looks = [style.region(name) for name in names]
        self.assertEqual(len({(look.face, look.hatch) for look in looks}), len(names))
        self.assertEqual(style.region("na64e-2022").label, "NA64e (2022), recast")
        self.assertEqual(style.region("unheard_of").label, "unheard of")

    def test_scans_are_profiled(self):
        drawn = leptoscan.plot(scan())
        self.assertIn(r"$m_\psi/m_\phi$, $g$", drawn.axes[0].get_title())
        drawn = leptoscan.plot(scan(), variable="excluded", select={"g": 1.0})
        self.assertIn("$g$ = 1", drawn.axes[0].get_title())

    def test_what_cannot_be_drawn(self):
        for data, options in (
            (scan().isel(h_mue=0), {}),
            (scan(), {"variable": "none"}),
            (scan(), {"select": {"x": 1}}),
            (limits(), {"variable": "h_mue_limit"}),
            (limits().isel(m_phi=0), {}),
            (limits().rename(h_mue_limit="g_limit"), {}),
        ):
            with self.assertRaises(ValueError):
                figure.plot(data, **options)

    def test_what_is_no_grid_is_named(self):
        for data, reason in (
            (scan().assign_attrs(shard_index=[1]), "a shard"),
            (scan().stack(point=["m_phi", "h_mue"]), "points that are no grid"),
        ):
            with self.assertRaisesRegex(ValueError, reason):
                figure.plot(data)


class ProgramTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = self.path("limits.h5")
        limits().to_netcdf(self.file, engine="h5netcdf")

    def path(self, name):
        return str(pathlib.Path(self.folder.name) / name)

    def exit_code(self, *arguments):
        with self.assertRaises(SystemExit) as ended:
            program.main(list(arguments))
        return ended.exception.code

    def test_formats(self):
        for ending, start in (("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")):
            program.main([self.file, "-o", self.path(f"a.{ending}")])
            self.assertTrue(pathlib.Path(self.path(f"a.{ending}")).read_bytes().startswith(start))

    def test_equal_files_give_equal_figures(self):
        for name in ("a.svg", "b.svg"):
            program.main([self.file, "-o", self.path(name)])
        self.assertEqual(*(pathlib.Path(self.path(name)).read_bytes() for name in ("a.svg", "b.svg")))

    def test_exit_codes(self):
        self.assertEqual(self.exit_code(self.file), program.USAGE)
        self.assertEqual(self.exit_code(self.file, "-o", self.path("a.png"), "--select", "g"), program.USAGE)
        self.assertEqual(self.exit_code(self.path("none.h5"), "-o", self.path("a.png")), program.BAD_DATA)
        self.assertEqual(self.exit_code(self.file, "-o", self.path("a.png"), "--select", "g=0.3"), program.BAD_DATA)
        self.assertEqual(self.exit_code(self.file, "-o", self.path("none/a.png")), program.CANNOT_CREATE)
        for name in ("a.xyz", "a"):
            self.assertEqual(self.exit_code(self.file, "-o", self.path(name)), program.CANNOT_CREATE)


if __name__ == "__main__":
    unittest.main()
