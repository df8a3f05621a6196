import Testing

/// A card with mistakes, and the messages that it must get: golden text.
struct BadCard: CustomTestStringConvertible, Sendable {
  let yaml: String
  let messages: [String]
  var testDescription: String { messages.joined(separator: " | ") }

  init(_ yaml: String, _ messages: String...) {
    self.yaml = yaml
    self.messages = messages
  }
}

let badCards = [
  // Numbers and units
  BadCard(
    card(mPhi: "10 cm"),
    "card.yaml:3:10: m_phi has the unknown unit 'cm' (an energy is expected) use eV, keV, MeV, GeV or TeV"),
  BadCard(
    card(mPhi: "10 Gev"),
    "card.yaml:3:10: m_phi has the unknown unit 'Gev' (an energy is expected) did you mean 'GeV'?"),
  BadCard(
    card(mPhi: "ten"),
    "card.yaml:3:10: m_phi is 'ten' (a number is expected) write m_phi: 0.2 GeV"),
  BadCard(
    card(mPhi: "10^3 MeV"),
    "card.yaml:3:10: m_phi is '10^3 MeV' (a number is expected) write m_phi: 0.2 GeV"),
  BadCard(
    card(mPhi: ""),
    "card.yaml:3:9: m_phi is empty (a number is expected) write m_phi: 0.2 GeV"),
  BadCard(
    card(mPhi: ".nan"),
    "card.yaml:3:10: m_phi is '.nan' (it must be a finite number) write m_phi: 0.2 GeV"),
  BadCard(
    card(mPhi: "-.inf"),
    "card.yaml:3:10: m_phi is '-.inf' (it must be a finite number) write m_phi: 0.2 GeV"),
  BadCard(
    card(mPhi: "1e999"),
    "card.yaml:3:10: m_phi is '1e999' (it must be a finite number) write m_phi: 0.2 GeV"),
  BadCard(
    card(hMue: "1 MeV"),
    "card.yaml:4:10: h_mue has the unit MeV (it is dimensionless) remove the unit"),
  BadCard(
    card(hMue: "1 cm"),
    "card.yaml:4:10: h_mue has the unknown unit 'cm' (it is dimensionless) remove the unit"),
  BadCard(
    card(g: "0.1 GeV"),
    "card.yaml:6:6: g has the unit GeV (the coupling to fermions is dimensionless) remove the unit"),
  BadCard(
    card(mPsi: "1/3"),
    "card.yaml:5:10: m_psi is the fraction '1/3' (fractions are for ratios) write 0.3333333333333333 GeV"),
  BadCard(
    card(mPsi: "{ ratio_to_m_phi: 0.3 GeV }"),
    "card.yaml:5:28: ratio_to_m_phi has the unit GeV (it is dimensionless) remove the unit"),
  BadCard(
    card(mPsi: "{ ratio_to_m_phi: 1/0 }"),
    "card.yaml:5:28: ratio_to_m_phi is '1/0' (this divides by zero) write ratio_to_m_phi: 0.1"),
  // Domains
  BadCard(
    card(mPhi: "0.05 GeV"),
    "card.yaml:3:10: m_phi 0.05 GeV is below m_mu (the one-loop formula needs m_phi >= m_mu) use 0.106 GeV or more"),
  BadCard(
    card(mPhi: "{ from: 0.05 GeV, to: 10 GeV, points: 200 }"),
    "card.yaml:3:18: m_phi from 0.05 GeV is below m_mu (the one-loop formula needs m_phi >= m_mu) use from: 0.106 GeV or more"
  ),
  BadCard(
    card(mPsi: "-0.1"),
    "card.yaml:5:10: m_psi -0.1 GeV is not positive (a mass is above zero) use a value above 0"),
  BadCard(
    card(mPsi: "0 eV"),
    "card.yaml:5:10: m_psi 0 GeV is not positive (a mass is above zero) use a value above 0"),
  BadCard(
    card(hMue: "-1e-3"),
    "card.yaml:4:10: h_mue -0.001 is not positive (a coupling is above zero) use a value above 0"),
  BadCard(
    card(hMue: "{ from: 0, to: 1, points: 3 }"),
    "card.yaml:4:18: h_mue from 0 is not positive (a coupling is above zero) use a value above 0"),
  BadCard(
    card(hMue: "{ from: 1, to: 5, points: 3 }"),
    "card.yaml:4:25: h_mue to 5 is above sqrt(4 pi) = 3.545 (perturbation theory fails there) use to: 3.544 or less"),
  BadCard(
    card(g: "4"),
    "card.yaml:6:6: g 4 is above sqrt(4 pi) = 3.545 (perturbation theory fails there) use 3.544 or less"),
  BadCard(
    card(g: "1e-80"),
    "card.yaml:6:6: g 1e-80 is beyond 1e-30 to 1e30 (its powers leave the range of double precision) use a value within"
  ),
  BadCard(
    card(more: "  m_psi2: 50 MeV"),
    "card.yaml:7:11: m_psi2 0.05 GeV is below m_psi, which reaches 0.1 GeV (m_psi2 is the heavier of the two) use a larger m_psi2, or m_psi2: { splitting: 10 MeV }"
  ),
  BadCard(
    card(mPsi: "{ ratio_to_m_phi: 0.5 }", more: "  m_psi2: 0.149"),
    "card.yaml:7:11: m_psi2 0.149 GeV is below m_psi, which reaches 0.15 GeV (m_psi2 is the heavier of the two) use a larger m_psi2, or m_psi2: { splitting: 10 MeV }"
  ),
  BadCard(
    card(more: "  m_psi2: { splitting: -1 MeV }"),
    "card.yaml:7:24: m_psi2 splitting -0.001 GeV is below 0 (m_psi2 is the heavier of the two) use 0 GeV or more"),
  BadCard(
    card(more: "  m_psi2: { ratio_to_m_psi: 0.5 }"),
    "card.yaml:7:29: m_psi2 ratio_to_m_psi 0.5 is below 1 (m_psi2 is the heavier of the two) use 1 or more"),
  BadCard(
    card(more: "  m_psi2: {}"),
    "card.yaml:7:11: m_psi2 has neither splitting nor ratio_to_m_psi (one of the two gives it) write m_psi2: { splitting: 10 MeV }"
  ),
  BadCard(
    card(more: "  m_psi2: { splitting: 1 MeV, ratio_to_m_psi: 2 }"),
    "card.yaml:7:11: m_psi2 has both splitting and ratio_to_m_psi (one of the two gives it) write m_psi2: { splitting: 10 MeV }"
  ),
  // Ranges
  BadCard(
    card(mPhi: "{ form: 1, to: 10, points: 200 }"),
    "card.yaml:3:12: unknown key 'form' in m_phi (it would have no effect) did you mean 'from'?"),
  BadCard(
    card(mPhi: "{ from: 2, to: 1, points: 3 }"),
    "card.yaml:3:18: m_phi from 2 GeV is above to 1 GeV (the values of an axis increase) exchange from and to"),
  BadCard(
    card(mPhi: "{ from: 2, to: 2, points: 3 }"),
    "card.yaml:3:18: m_phi from and to are both 2 GeV (3 points would coincide) write m_phi: 2 GeV"),
  BadCard(
    card(mPhi: "{ from: 1, to: 2, points: 0 }"),
    "card.yaml:3:36: m_phi points is 0 (a range holds both from and to) use points: 2 or more"),
  BadCard(
    card(mPhi: "{ from: 1, to: 2, points: -5 }"),
    "card.yaml:3:36: m_phi points is -5 (a range holds both from and to) use points: 2 or more"),
  BadCard(
    card(mPhi: "{ from: 1, to: 2, points: 1.5 }"),
    "card.yaml:3:36: m_phi points is '1.5' (a whole number is expected) write points: 100"),
  BadCard(
    card(mPhi: "{ from: 1, to: 2, points: 1 }"),
    "card.yaml:3:36: m_phi points is 1 (a range holds both from and to) use points: 2 or more, or write m_phi: VALUE"),
  BadCard(
    card(mPhi: "{ from: 1, to: 2, points: 99999999999999999999 }"),
    "card.yaml:3:36: m_phi points is 99999999999999999999 (the values of an axis are held in memory) use 10000000 or fewer"
  ),
  BadCard(
    card(mPhi: "{ from: 1, to: 1.00000000000001, points: 100 }"),
    "card.yaml:3:51: m_phi points is 100 (neighbouring values would coincide in double precision) use fewer points or a wider range"
  ),
  BadCard(
    card(g: "{ from: 0.1 }"),
    "card.yaml:6:6: g has no to, points (a range needs from, to and points) write g: { from: 0.2, to: 2, points: 100 }"),
  BadCard(
    card(g: "{ from: 0.1, to: 1, points: 3, spacing: lin }"),
    "card.yaml:6:46: unknown spacing 'lin' (steps are equal ratios or equal differences) did you mean 'linear'?"),
  BadCard(
    card(g: "{ from: 0.1, to: 1, points: 3, spacing: cubic }"),
    "card.yaml:6:46: unknown spacing 'cubic' (steps are equal ratios or equal differences) use log or linear"),
  BadCard(
    card(mPsi: "{ ratio_to_m_phi: 1/3, from: 1 }"),
    "card.yaml:5:33: m_psi has from beside ratio_to_m_phi (the ratio replaces the absolute values) put from into ratio_to_m_phi, or remove one"
  ),
  // Lists
  BadCard(
    card(g: "{ values: [0.1, 0.1, 0.3, 0.2] }"),
    "card.yaml:6:22: g 0.1 is listed twice (the values of an axis increase strictly) remove one of the two",
    "card.yaml:6:32: g 0.2 follows 0.3 (the values of an axis increase strictly) sort the list"),
  BadCard(
    card(g: "{ values: [] }"),
    "card.yaml:6:16: g values is an empty list (nothing would be computed) write values: [0.2, 0.3]"),
  BadCard(
    card(g: "{ values: 3 }"),
    "card.yaml:6:16: g values is '3' (a list is expected) write values: [0.2, 0.3]"),
  BadCard(
    card(g: "{ values: [0.1, 0.2], points: 3 }"),
    "card.yaml:6:28: g has points beside values (an axis is either a range or a list) remove one of the two"),
  BadCard(
    card(g: "[0.1, 0.2]"),
    "card.yaml:6:6: g is a list (the values of an axis have the key values) write g: { values: [...] }"),
  // The size of the grid
  BadCard(
    card(
      mPhi: "{ from: 1, to: 2, points: 100000 }", hMue: "{ from: 1e-5, to: 1, points: 100000 }",
      g: "{ from: 1e-5, to: 1, points: 100000 }"),
    "card.yaml:3:3: the grid has 100000 x 100000 x 1 x 100000 = 1e+15 points (one variable of it needs 8e+15 bytes) reduce the points to 1e+12 or fewer in all"
  ),
  BadCard(
    card(
      mPhi: "{ from: 1, to: 2, points: 10000000 }", hMue: "{ from: 1e-5, to: 1, points: 10000000 }",
      mPsi: "{ from: 1, to: 2, points: 10000000 }", g: "{ from: 1e-5, to: 1, points: 10000000 }"),
    "card.yaml:3:3: the grid has 10000000 x 10000000 x 10000000 x 10000000 = 1e+28 points (one variable of it needs 8e+28 bytes) reduce the points to 1e+12 or fewer in all"
  ),
  // Keys and words
  BadCard(
    card(more: "dark_mater: scalar"),
    "card.yaml:7:1: unknown key 'dark_mater' in the card (it would have no effect) did you mean 'dark_matter'?"),
  BadCard(
    card(more: "colour: blue"),
    "card.yaml:7:1: unknown key 'colour' in the card (it would have no effect) use leptoscan, dark_matter, points, axes, observables, relic_density, production, events, measurements, experiments, constraints, would_exclude, treatment, output or seed"
  ),
  BadCard(
    card(more: "relic_density: { treatment: gk2021 }"),
    "card.yaml:7:29: unknown treatment 'gk2021' (the relic density is exact or the paper's estimate) did you mean 'gk2022'?"
  ),
  BadCard(
    card(more: "dark_matter: scalar\nrelic_density: { treatment: gk2022 }"),
    "card.yaml:8:29: treatment gk2022 does not cover scalars (arXiv:2202.04410 estimates fermions only) use treatment: exact"
  ),
  BadCard(
    card(more: "production: { channel: e-mu, target: Pd, energy: 100 GeV }"),
    "card.yaml:7:38: unknown target 'Pd' (its nucleus is not in the table of materials) did you mean 'Pb'?"),
  BadCard(
    card(more: "production: { channel: e-mu, target: tungsten, energy: 100 GeV }"),
    "card.yaml:7:38: unknown target 'tungsten' (its nucleus is not in the table of materials) did you mean 'W'?"),
  BadCard(
    card(more: "production: { chanel: e-mu, target: Pb, energy: 100 }"),
    "card.yaml:7:15: unknown key 'chanel' in production (it would have no effect) did you mean 'channel'?"),
  BadCard(
    card(more: "production: { channel: e-tau, target: Pb }"),
    "card.yaml:7:13: energy is missing (a cross section needs channel, target and energy) add energy: 100 GeV",
    "card.yaml:7:24: unknown channel 'e-tau' (e-mu is an electron beam, mu-e a muon beam) use e-mu or mu-e"),
  BadCard(
    card(more: "production: { channel: e-mu, target: Pb, energy: -3, recoil_min: 2 s, recoil_max: 1, theta_max: 4 }"),
    "card.yaml:7:50: energy -3 GeV is not positive (an energy is above zero) use a value above 0",
    "card.yaml:7:66: recoil_min has the unknown unit 's' (an energy is expected) use eV, keV, MeV, GeV or TeV",
    "card.yaml:7:97: theta_max 4 is above pi = 3.142 (angles are in radians) use 3.141 or less"),
  BadCard(
    card(more: "production: { channel: e-mu, target: Pb, energy: 9, recoil_min: 2, recoil_max: 1 }"),
    "card.yaml:7:80: recoil_max 1 GeV is not above recoil_min 2 GeV (nothing would be left) use a larger recoil_max"),
  BadCard(
    card(more: "production: { channel: e-mu, target: Pb, energy: 9, monte_carlo: { samples: 0.5 } }"),
    "card.yaml:7:77: samples is '0.5' (a whole number from 1 to 1000000000000 is expected) write samples: 10000"),
  BadCard(
    card(more: "production: { channel: e-mu, target: Pb, energy: 9, method: ww, monte_carlo: { samples: 5 } }"),
    "card.yaml:7:78: monte_carlo beside method ww (it samples the exact cross section) remove one of the two"),
  BadCard(
    card(
      more:
        "seed: 4294967296\nproduction: { channel: e-mu, target: Pb, energy: 9, monte_carlo: { samples: 5 } }"),
    "card.yaml:7:7: seed is 4294967296 (Monte Carlo takes its random numbers from a 32-bit seed) use a seed up to 4294967295"
  ),
  BadCard(
    card(more: "observables: [sigma_pb]"),
    "card.yaml:7:15: the observable sigma_pb is not computed here (the card has no block production) add the block production, or remove sigma_pb"
  ),
  BadCard(
    card(more: "measurements: 2022"),
    "card.yaml:7:15: unknown measurements '2022' (it is no named set of measurements) did you mean '2025'?"
  ),
  BadCard(
    card(more: "experiments: [na64e-2020]"),
    "card.yaml:7:15: unknown experiment 'na64e-2020' (leptoscan has none of that name, and it is no path) did you mean 'na64e-2022'?"
  ),
  BadCard(
    card(more: "experiments: [m3, m3]"),
    "card.yaml:7:19: the experiment m3 is listed twice (variables are named after it) remove one of the two, or change a name"
  ),
  BadCard(
    card(more: "experiments: [no/such.yaml]"),
    "card.yaml:7:15: the experiment no/such.yaml cannot be used (no/such.yaml: the experiment file cannot be read (fopen: No such file or directory) check the path) correct the file"
  ),
  BadCard(
    card(more: "measurements: gk2022\nconstraints: [relic_densty]"),
    "card.yaml:8:15: unknown constraint 'relic_densty' (neither the measurements nor the experiments have it) did you mean 'relic_density'?"
  ),
  BadCard(
    card(more: "measurements: 2025\nwould_exclude: [relic_density]"),
    "card.yaml:8:16: relic_density is under would_exclude (it counts already: constraints has it, or it is measured) remove it here"
  ),
  // Observables that wrong experiments would have added are not reported, too.
  BadCard(
    card(more: "experiments: [na64e-2023]\nobservables: [excluded]"),
    "card.yaml:7:15: unknown experiment 'na64e-2023' (leptoscan has none of that name, and it is no path) did you mean 'na64e-2022'?"
  ),
  BadCard(
    card(more: "measurements: gk2022\nconstraints: [{ name: relic_density, sides: lower }]"),
    "card.yaml:8:45: unknown sides 'lower' (a value is exceeded, or missed on both sides) use upper or both"
  ),
  BadCard(
    card(more: "measurements: gk2022\nconstraints: [{ name: relic_density, deviations: -1 }]"),
    "card.yaml:8:50: deviations is '-1' (a number above 0 and up to 100 is expected) write deviations: 3"
  ),
  BadCard(
    card(more: "measurements: gk2022\nconstraints: [{ name: k_e_nu_phi, deviations: 2 }]"),
    "card.yaml:8:35: k_e_nu_phi has neither sides nor deviations (it is no measured value, but a limit) write k_e_nu_phi alone"
  ),
  BadCard(
    card(more: "relic_density: { f_eff: 2 }"),
    "card.yaml:7:25: f_eff is '2' (a number above 0 and up to 1 is expected) write f_eff: 0.4"),
  BadCard(
    card(more: "relic_density: { last_x: 1e12 }"),
    "card.yaml:7:26: last_x is '1e12' (a number from 100 to 1e9 is expected) write last_x: 1e6"),
  BadCard(
    card(more: "relic_density: { annihilation: emu }"),
    "card.yaml:7:32: unknown annihilation 'emu' (it names the channels of annihilation) did you mean 'e-mu'?"),
  BadCard(
    card(more: "dark_matter: fermions"),
    "card.yaml:7:14: unknown dark_matter 'fermions' (phi decays to fermions or scalars) did you mean 'fermion'?"),
  BadCard(
    card(more: "observables: [delta_a_m, foo]"),
    "card.yaml:7:15: unknown observable 'delta_a_m' (it is none of those computed here) did you mean 'delta_a_mu'?",
    "card.yaml:7:26: unknown observable 'foo' (it is none of those computed here) use delta_a_mu, delta_a_e, width_visible, width_invisible or br_invisible"
  ),
  BadCard(
    card(more: "observables: []"),
    "card.yaml:7:14: observables is an empty list (nothing would be computed) write observables: [delta_a_mu, delta_a_e]"
  ),
  BadCard(
    card(more: "observables: [delta_a_mu, delta_a_mu]"),
    "card.yaml:7:27: the observable delta_a_mu is listed twice (each is stored once) remove one of the two"),
  BadCard(
    card(more: "observables: delta_a_mu"),
    "card.yaml:7:14: observables is 'delta_a_mu' (a list is expected) write observables: [delta_a_mu, delta_a_e]"),
  BadCard(
    card(more: "output: { precision: float16 }"),
    "card.yaml:7:22: unknown precision 'float16' (results take 8 or 4 bytes) did you mean 'float64'?"),
  BadCard(
    card(more: "output: float32"),
    "card.yaml:7:9: output is 'float32' (a mapping of keys to values is expected) write output: { precision: float64 }"),
  BadCard(
    card(more: "seed: -1"),
    "card.yaml:7:7: seed is '-1' (a whole number from 0 to 2^64 - 1 is expected) write seed: 1"),
  BadCard(
    card(more: "seed: 1.5"),
    "card.yaml:7:7: seed is '1.5' (a whole number from 0 to 2^64 - 1 is expected) write seed: 1"),
  BadCard(
    card(more: "  g: 0.2\n  'g': 0.3\nseed: 2\nseed: 3"),
    "card.yaml:7:3: the key g is given twice (line 6 has it already) remove one of the two",
    "card.yaml:8:3: the key g is given twice (line 6 has it already) remove one of the two",
    "card.yaml:10:1: the key seed is given twice (line 9 has it already) remove one of the two"),
  BadCard(
    card(more: "[a, b]: 1"),
    "card.yaml:7:1: a key of the card is a list (keys are words) use leptoscan, dark_matter, points, axes, observables, relic_density, production, events, measurements, experiments, constraints, would_exclude, treatment, output or seed"
  ),
  // Several mistakes at once, in the order of the file
  BadCard(
    card(mPhi: "{ from: 50 MeV, to: 10 Gev, points: 0 }", g: "9", more: "sede: 4"),
    "card.yaml:3:18: m_phi from 0.05 GeV is below m_mu (the one-loop formula needs m_phi >= m_mu) use from: 0.106 GeV or more",
    "card.yaml:3:30: m_phi to has the unknown unit 'Gev' (an energy is expected) did you mean 'GeV'?",
    "card.yaml:3:46: m_phi points is 0 (a range holds both from and to) use points: 2 or more",
    "card.yaml:6:6: g 9 is above sqrt(4 pi) = 3.545 (perturbation theory fails there) use 3.544 or less",
    "card.yaml:7:1: unknown key 'sede' in the card (it would have no effect) did you mean 'seed'?"),
  // The whole file
  BadCard(
    "",
    "card.yaml:1:1: the card is empty (a run card names the axes of a scan) start from Examples/first-light.yaml"),
  BadCard(
    "# nothing\n",
    "card.yaml:1:1: the card is empty (a run card names the axes of a scan) start from Examples/first-light.yaml"),
  BadCard(
    "- 1\n- 2\n",
    "card.yaml:1:1: the card is a list (a mapping of keys to values is expected) write leptoscan: 1 and the other keys"),
  BadCard(
    "leptoscan: 2\nfoo: 1\n",
    "card.yaml:1:12: the card has version 2 (this leptoscan reads version 1) update leptoscan"),
  BadCard(
    "leptoscan: one\n",
    "card.yaml:1:12: leptoscan is 'one' (the version of the card, 1, is expected) write leptoscan: 1"),
  BadCard(
    "leptoscan: 1\n",
    "card.yaml:1:1: axes is missing (it names the axes of the scan) add axes: { m_phi: ..., ... }"),
  BadCard(
    "leptoscan: 1\naxes: [1, 2]\n",
    "card.yaml:2:7: axes is a list (a mapping of keys to values is expected) write axes: { m_phi: ..., h_mue: ..., m_psi: ..., g: ... }"
  ),
  BadCard(
    "axes: {}\n",
    "card.yaml:1:1: leptoscan is missing (it names the version of the card) add leptoscan: 1",
    "card.yaml:1:7: m_phi is missing (all of m_phi, h_mue, m_psi and g are needed) add a value or an axis for m_phi",
    "card.yaml:1:7: h_mue is missing (all of m_phi, h_mue, m_psi and g are needed) add a value or an axis for h_mue",
    "card.yaml:1:7: m_psi is missing (all of m_phi, h_mue, m_psi and g are needed) add a value or an axis for m_psi",
    "card.yaml:1:7: g is missing (all of m_phi, h_mue, m_psi and g are needed) add a value or an axis for g"),
  BadCard(
    "leptoscan: 1\naxes: { m_phi: { from: 1,",
    "card.yaml:2:26: invalid YAML: did not find expected node content (while parsing a flow node that starts at line 2) check brackets, quotes and indentation here"
  ),
  BadCard(
    "leptoscan: 1\naxes: \"foo\n",
    "card.yaml:2:11: invalid YAML: found unexpected end of stream (while scanning a quoted scalar that starts at line 2) check brackets, quotes and indentation here"
  ),
  BadCard(
    "leptoscan: 1\n\taxes: 3\n",
    "card.yaml:2:1: invalid YAML: found a tab character that violates indentation (while scanning a plain scalar that starts at line 1) check brackets, quotes and indentation here"
  ),
  BadCard(
    "a: b: c\n",
    "card.yaml:1:5: invalid YAML: mapping values are not allowed in this context (the parser stopped here) check brackets, quotes and indentation here"
  ),
  BadCard(
    "leptoscan: 1\naxes: *foo\n",
    "card.yaml:2:7: invalid YAML: found undefined alias (the parser stopped here) check brackets, quotes and indentation here"
  ),
  BadCard(
    "leptoscan: 1\n---\nleptoscan: 1\n",
    "card.yaml:2:1: invalid YAML: but found another document (expected a single document in the stream) check brackets, quotes and indentation here"
  ),
  BadCard(
    "leptoscan: 1\nseed: \"a\u{7}b\"\n",
    "card.yaml:2:9: the file contains the control character U+0007 (YAML excludes it) remove the character"),
  BadCard(
    "leptoscan: 1\n? {a: 1}\n: 2\n? {a: 1}\n: 3\n",
    "card.yaml:2:3: the key here is given more than once (the keys of a mapping are unique) keep one of them"
  ),

  // Points
  BadCard(
    card(more: "points: 100"),
    "card.yaml:7:9: points is '100' (a mapping of keys to values is expected) write points: { method: sobol, count: 1000000 }"
  ),
  BadCard(
    card(mPhi: "{ from: 1, to: 2 }", more: "points: { method: sobul, count: 100 }"),
    "card.yaml:7:19: unknown method 'sobul' (it says how points are drawn) did you mean 'sobol'?"),
  BadCard(
    card(mPhi: "{ from: 1, to: 2 }", more: "points: { method: sobol }"),
    "card.yaml:7:9: count is missing (it says how many points are drawn) add count: 1000000"),
  BadCard(
    card(mPhi: "{ from: 1, to: 2 }", more: "points: { method: random, count: 1.5 }"),
    "card.yaml:7:34: count is '1.5' (a whole number from 1 to 1000000000000 is expected) write count: 10000"),
  BadCard(
    card(mPhi: "{ from: 1, to: 2, points: 5 }", more: "points: { method: random, count: 10 }"),
    "card.yaml:3:28: unknown key 'points' in m_phi (it would have no effect) use from, to or spacing"),
  BadCard(
    card(mPhi: "{ from: 2, to: 1 }", more: "points: { method: random, count: 10 }"),
    "card.yaml:3:18: m_phi from 2 GeV is above to 1 GeV (the values of an axis increase) exchange from and to"),
  BadCard(
    card(mPhi: "{ from: 2 }", more: "points: { method: random, count: 10 }"),
    "card.yaml:3:10: m_phi has no to (points are drawn between from and to) write m_phi: { from: 0.2 GeV, to: 2 GeV }"),
  BadCard(
    card(more: "points: { method: random, count: 10 }"),
    "card.yaml:3:3: every axis has one value (points are drawn from ranges) write m_phi: { from: 0.2 GeV, to: 2 GeV }, or remove points"
  ),
  BadCard(
    card(
      mPsi: "{ ratio_to_m_phi: 1/3, from: 1 }", g: "{ from: 0.1, to: 1 }", more: "points: { method: random, count: 10 }"
    ),
    "card.yaml:5:33: m_psi has from beside ratio_to_m_phi (the ratio replaces the absolute values) put from into ratio_to_m_phi, or remove one"
  ),
  BadCard(
    card(more: "points: { file: list.csv }"),
    "card.yaml:2:1: axes stand beside a list of points (the list has the value of every parameter) remove axes, or points"
  ),
  BadCard(
    "leptoscan: 1\npoints: {}\n",
    "card.yaml:2:9: points has neither method nor file (points are drawn or listed) write points: { method: sobol, count: 1000000 } or points: { file: list.csv }"
  ),
  BadCard(
    card(more: "points: { keep: allowed }"),
    "card.yaml:7:11: keep stands in the card of a grid (a grid stores all of its points, along its axes) draw points, as in points: { method: sobol, count: 1000000, keep: allowed }, or choose afterwards: scan.where(scan.excluded == 0)"
  ),
  BadCard(
    "leptoscan: 1\npoints: { file: a.csv, method: sobol }\n",
    "card.yaml:2:9: points has both method and file (points are drawn or listed) write points: { method: sobol, count: 1000000 } or points: { file: list.csv }"
  ),
  BadCard(
    "leptoscan: 1\npoints: { file: a.csv, count: -3, sha256: 12 }\n",
    "card.yaml:2:31: count is '-3' (a whole number from 1 to 1000000000000 is expected) write count: 10000",
    "card.yaml:2:43: sha256 is '12' (64 hexadecimal digits are expected) copy the output of sha256sum, or remove it"),
  BadCard(
    card(mPhi: "{ from: 1, to: 2 }", more: "points: { method: random, count: 10, sha256: 12 }"),
    "card.yaml:7:38: points has sha256 without file (it is the checksum of a list) remove it"),
  BadCard(
    "leptoscan: 1\npoints: { method: sobol, count: 10 }\n",
    "card.yaml:1:1: axes is missing (it names the axes of the scan) add axes: { m_phi: ..., ... }"),
  BadCard(
    card(
      mPhi: "{ from: 1, to: 2 }",
      more: """
        points: { method: random, count: 1e6 }
        production: { channel: e-mu, target: Pb, energy: { from: 10, to: 160, points: 7 } }
        """),
    "card.yaml:8:13: production has 7 energies beside points (points that are no grid have one dimension) give one energy"
  ),
  BadCard(
    "leptoscan: 1\npoints: { file: a.csv, keep: alowed }\n",
    "card.yaml:2:30: unknown keep 'alowed' (it says which points are stored) did you mean 'allowed'?"),
  BadCard(
    "leptoscan: 1\npoints: { file: a.csv, keep: allowed }\n",
    "card.yaml:2:30: keep is allowed (nothing in the card excludes points) add measurements: 2025, or name under constraints what shall count, or write keep: all"
  ),
  BadCard(
    "leptoscan: 1\npoints: { file: a.csv, keep: { relic_statu: 0 } }\n",
    "card.yaml:2:32: unknown key 'relic_statu' in keep (it would have no effect) did you mean 'relic_status'?"),
  BadCard(
    "leptoscan: 1\npoints: { file: a.csv, keep: { status: 0, relic_status: 0 } }\n",
    "card.yaml:2:30: keep has 2 conditions (one variable decides) write keep: { relic_status: 0 }"),
  BadCard(
    "leptoscan: 1\npoints: { file: a.csv, keep: { relic_status: ok } }\n",
    "card.yaml:2:46: relic_status is 'ok' (a whole number from 0 to 255 is expected) write relic_status: 10000"),

  // A forgotten unit is no swap
  BadCard(
    card(mPhi: "{ from: 110, to: 5 GeV, points: 60 }"),
    "card.yaml:3:18: m_phi from 110 GeV is above to 5 GeV (110 has no unit, and counts as GeV) write the unit: did you mean from: 110 MeV?"
  ),
  BadCard(
    card(mPhi: "{ from: 2 TeV, to: 5, points: 60 }"),
    "card.yaml:3:18: m_phi from 2000 GeV is above to 5 GeV (5 has no unit, and counts as GeV) write the unit: did you mean to: 5 TeV?"
  ),
  BadCard(
    card(mPhi: "{ from: 900 MeV, to: 200 MeV, points: 60 }"),
    "card.yaml:3:18: m_phi from 0.9 GeV is above to 0.2 GeV (the values of an axis increase) exchange from and to"),
  BadCard(
    card(mPsi: "{ values: [110, 1 GeV] }"),
    "card.yaml:5:26: m_psi 1 GeV follows 110 GeV (110 has no unit, and counts as GeV) write the unit: did you mean 110 MeV?"
  ),
  BadCard(
    card(mPhi: "{ from: 110, to: 5 GeV }", more: "points: { method: random, count: 10 }"),
    "card.yaml:3:18: m_phi from 110 GeV is above to 5 GeV (110 has no unit, and counts as GeV) write the unit: did you mean from: 110 MeV?"
  ),
  BadCard(
    card(more: "production: { channel: e-mu, target: Pb, energy: 100, recoil_min: 500, recoil_max: 5 GeV }"),
    "card.yaml:7:84: recoil_max 5 GeV is not above recoil_min 500 GeV (500 has no unit, and counts as GeV) write the unit: did you mean recoil_min: 500 MeV?"
  ),
  // What blocks would add
  BadCard(
    card(more: "observables: [excluded]"),
    "card.yaml:7:15: the observable excluded is not computed here (the card compares with nothing that counts) add measurements: 2025, or name under constraints what shall count, or remove excluded"
  ),
  BadCard(
    card(more: "measurements: 2025\nobservables: [events_na64e_2022]"),
    "card.yaml:8:15: the observable events_na64e_2022 is not computed here (the card does not name this experiment) add experiments: [na64e-2022], or remove events_na64e_2022"
  ),
  BadCard(
    card(more: "observables: [log_likelihood_relic_density]"),
    "card.yaml:7:15: the observable log_likelihood_relic_density is not computed here (the card does not compare with this measurement) add measurements: 2025, or remove log_likelihood_relic_density"
  ),
  BadCard(
    card(more: "measurements: 2025\nobservables: [log_likelihood_relic_densty]"),
    "card.yaml:8:15: unknown observable 'log_likelihood_relic_densty' (it is none of those computed here) did you mean 'log_likelihood_relic_density'?"
  ),
  // All mistakes at once, whichever block they are in
  BadCard(
    card(more: "measurements: 2024\nexperiments: [na64e-2023, m4]\nobservables: [delta_a_m, log_likelihood, excluded]"),
    "card.yaml:7:15: unknown measurements '2024' (it is no named set of measurements) did you mean '2025'?",
    "card.yaml:8:15: unknown experiment 'na64e-2023' (leptoscan has none of that name, and it is no path) did you mean 'na64e-2022'?",
    "card.yaml:8:27: unknown experiment 'm4' (leptoscan has none of that name, and it is no path) did you mean 'm3'?",
    "card.yaml:9:15: unknown observable 'delta_a_m' (it is none of those computed here) did you mean 'delta_a_mu'?"),
  BadCard(
    card(more: "measurements: 2024\nconstraints: [{ name: relic_density, sides: lower, deviations: 0 }]"),
    "card.yaml:7:15: unknown measurements '2024' (it is no named set of measurements) did you mean '2025'?",
    "card.yaml:8:45: unknown sides 'lower' (a value is exceeded, or missed on both sides) use upper or both",
    "card.yaml:8:64: deviations is '0' (a number above 0 and up to 100 is expected) write deviations: 3"),
  BadCard(
    card(more: "mesurements: 2025\nobservables: [excluded]"),
    "card.yaml:7:1: unknown key 'mesurements' in the card (it would have no effect) did you mean 'measurements'?"),
  BadCard(
    card(g: "9", more: "relic_density: { annihilation: emu, f_eff: 2 }\nevents: { count: 0 }\nseed: 4294967296"),
    "card.yaml:6:6: g 9 is above sqrt(4 pi) = 3.545 (perturbation theory fails there) use 3.544 or less",
    "card.yaml:7:32: unknown annihilation 'emu' (it names the channels of annihilation) did you mean 'e-mu'?",
    "card.yaml:7:44: f_eff is '2' (a number above 0 and up to 1 is expected) write f_eff: 0.4",
    "card.yaml:8:18: count is '0' (a whole number from 1 to 1000000000 is expected) write count: 10000",
    "card.yaml:9:7: seed is 4294967296 (Monte Carlo takes its random numbers from a 32-bit seed) use a seed up to 4294967295"
  ),
  // Windows through which nothing passes
  BadCard(
    card(more: "production: { channel: e-mu, target: Pb, energy: 100, recoil_max: 50 MeV }"),
    "card.yaml:7:67: recoil_max 0.05 GeV is not above m_mu (the outgoing muon alone has 0.1056583755 GeV, so that nothing can pass) use a larger recoil_max"
  ),
  BadCard(
    card(more: "production: { channel: mu-e, target: Pb, energy: { from: 1e12, to: 1e16, points: 9 } }"),
    "card.yaml:7:58: energy from 1000000000000 GeV is above 1e6 GeV (rounding then spoils the least energy that is left to the recoils) use from: 1000000 GeV or less",
    "card.yaml:7:68: energy to 1e+16 GeV is above 1e6 GeV (rounding then spoils the least energy that is left to the recoils) use to: 1000000 GeV or less"
  ),
  // Characters that a terminal would obey
  BadCard(
    "leptoscan: 1\n\"\\e[31mred\": 1\n" + card().replacing("leptoscan: 1\n", with: ""),
    "card.yaml:2:1: unknown key '\\u001B[31mred' in the card (it would have no effect) use leptoscan, dark_matter, points, axes, observables, relic_density, production, events, measurements, experiments, constraints, would_exclude, treatment, output or seed"
  ),
]
