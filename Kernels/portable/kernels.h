// The kernels: what a device can be asked to evaluate at many points at once. Each is a map of a few doubles per
// point to a few doubles per point; inputs and outputs in the order of the comment. aux is shared run-time data, NULL for
// the kernels whose comment names none.
#ifndef PORTAL_KERNELS_H
#define PORTAL_KERNELS_H

#include "annihilation_in_flight.h"
#include "constraints.h"
#include "decay_higgs.h"
#include "decay_higgs_three.h"
#include "decay_kaon_window.h"
#include "decay_meson.h"
#include "decay_muon_dark.h"
#include "decay_muon_phi.h"
#include "decay_psi2.h"
#include "decay_psi2_light.h"
#include "decay_z.h"
#include "exponential.h"
#include "logarithm.h"
#include "loop_integral.h"
#include "michel_shift.h"
#include "pair_monte_carlo.h"
#include "philox.h"
#include "platform.h"
#include "point_sampling.h"
#include "production_kernels.h"
#include "relic_estimate.h"
#include "relic_observables.h"
#include "signal_events.h"
#include "trigonometry.h"
#include "widths.h"

// m_phi -> delta_a_mu/h^2, delta_a_e/h^2
INLINE void kernel_anomalous_moments(const real *in, real *out, AUXILIARY aux) {
  const anomalous_moments moments = anomalous_moments_per_h2(in[0]);
  out[0] = moments.muon;
  out[1] = moments.electron;
}

// m_phi -> width_visible/h^2
INLINE void kernel_visible_width(const real *in, real *out, AUXILIARY aux) { out[0] = visible_width_per_h2(in[0]); }

// m_phi, m_psi, m_psi2 -> width_invisible/g^2
INLINE void kernel_invisible_width_fermions(const real *in, real *out, AUXILIARY aux) {
  out[0] = invisible_width_fermions_per_g2(in[0], in[1], in[2]);
}
INLINE void kernel_invisible_width_scalars(const real *in, real *out, AUXILIARY aux) {
  out[0] = invisible_width_scalars_per_g2(in[0], in[1], in[2]);
}

// coupling, value per squared coupling -> value
INLINE void kernel_times_squared_coupling(const real *in, real *out, AUXILIARY aux) { out[0] = square(in[0]) * in[1]; }

// width_invisible, width_visible -> br_invisible
INLINE void kernel_invisible_branching_ratio(const real *in, real *out, AUXILIARY aux) {
  out[0] = invisible_branching_ratio(in[0], in[1]);
}

// a, b -> a b
INLINE void kernel_product(const real *in, real *out, AUXILIARY aux) { out[0] = in[0] * in[1]; }

// a, b -> a + b
INLINE void kernel_sum(const real *in, real *out, AUXILIARY aux) { out[0] = in[0] + in[1]; }

// number of the point -> four coordinates in [0, 1); aux: direction numbers, the seed (point_sampling.h)
INLINE void kernel_sobol_coordinates(const real *in, real *out, AUXILIARY aux) {
  sobol_coordinates(out, integer_of(in[0]), aux);
}
INLINE void kernel_random_coordinates(const real *in, real *out, AUXILIARY aux) {
  random_coordinates(out, integer_of(in[0]), aux);
}

// coordinate in [0, 1], from, to -> value in [from, to]
INLINE void kernel_linear_range(const real *in, real *out, AUXILIARY aux) {
  out[0] = linear_range(in[0], in[1], in[2]);
}
INLINE void kernel_logarithmic_range(const real *in, real *out, AUXILIARY aux) {
  out[0] = logarithmic_range(in[0], in[1], in[2]);
}

// m_phi, h_mue[, g of fermions] -> status: 0 ok, 1 m_phi below m_mu (outside the domain of the loop integral), 2 a coupling
// above sqrt(4 pi) (numbers come out, but perturbation theory fails)
INLINE real status_of(real m_phi, real coupling) {
  const real strength = coupling <= PORTAL_LARGEST_COUPLING ? REAL(0.0) : REAL(2.0);
  return m_phi >= PORTAL_MUON_MASS ? strength : REAL(1.0);
}
INLINE void kernel_status_fermions(const real *in, real *out, AUXILIARY aux) {
  out[0] = status_of(in[0], maximum(in[1], in[2]));
}
INLINE void kernel_status_scalars(const real *in, real *out, AUXILIARY aux) { out[0] = status_of(in[0], in[1]); }

// m_phi, m_psi, m_psi2, h_mue, g -> relic_density, its relative error, sigmav_freeze_out, sigmav at x = 20, sigmav_today
// [GeV^-2], x_freeze_out, status (relic_observables.h); aux: relic tables (relic_tables.h). g in GeV for scalars.
INLINE void relic_outputs(relic_observables o, real *out) {
  out[0] = o.relic_density;
  out[1] = o.relative_error;
  out[2] = o.sigmav_freeze_out;
  out[3] = o.sigmav_20;
  out[4] = o.sigmav_today;
  out[5] = o.x_freeze_out;
  out[6] = o.status;
}
INLINE void kernel_relic_fermions(const real *in, real *out, AUXILIARY aux) {
  relic_outputs(relic_observables_of(in[0], in[1], in[2], in[3], in[4], aux, 0), out);
}
INLINE void kernel_relic_scalars(const real *in, real *out, AUXILIARY aux) {
  relic_outputs(relic_observables_of(in[0], in[1], in[2], in[3], in[4], aux, 1), out);
}

// m_phi, m_psi, m_psi2, largest h_mue and g, number of the z record (or their count: x = 20) -> a row of averages shared by all couplings up to these
// (shared_rows.h); aux: relic tables
INLINE void kernel_shared_average_fermions(const real *in, real *out, AUXILIARY aux) {
  shared_row(in[0], in[1], in[2], in[3], in[4], in[5], out, aux, 0);
}
INLINE void kernel_shared_average_scalars(const real *in, real *out, AUXILIARY aux) {
  shared_row(in[0], in[1], in[2], in[3], in[4], in[5], out, aux, 1);
}

// m_phi, m_psi, m_psi2, h_mue, g, number of these masses among the shared averages -> as relic_fermions; aux: relic tables
// with shared averages
INLINE void kernel_relic_fermions_shared(const real *in, real *out, AUXILIARY aux) {
  relic_outputs(relic_observables_on_grid(in[0], in[1], in[2], in[3], in[4], in[5], aux, 0), out);
}
INLINE void kernel_relic_scalars_shared(const real *in, real *out, AUXILIARY aux) {
  relic_outputs(relic_observables_on_grid(in[0], in[1], in[2], in[3], in[4], in[5], aux, 1), out);
}

// m_phi, m_psi, m_psi2, h_mue, g, x = m/T -> <sigma_eff v> [GeV^-2]; 1e-2 < x < last x of the tables; aux: relic tables
INLINE void kernel_sigmav_fermions(const real *in, real *out, AUXILIARY aux) {
  out[0] = sigmav_at(in[0], in[1], in[2], in[3], in[4], in[5], aux, 0);
}
INLINE void kernel_sigmav_scalars(const real *in, real *out, AUXILIARY aux) {
  out[0] = sigmav_at(in[0], in[1], in[2], in[3], in[4], in[5], aux, 1);
}

// m_phi, m_psi, m_psi2, h_mue, g -> relic_density as Gninenko and Krasnikov estimate it, fermions
INLINE void kernel_relic_gk2022(const real *in, real *out, AUXILIARY aux) {
  out[0] = relic_estimate_gk2022(in[0], in[1], in[2], in[3], in[4]);
}

// sigmav_today [GeV^-2], m_psi -> p_ann = f_eff sigmav/m_psi [cm^3 s^-1 GeV^-1] (arXiv:1807.06209 eq. 87); aux: f_eff
INLINE void kernel_annihilation_parameter(const real *in, real *out, AUXILIARY aux) {
  const double unit = PORTAL_PICOBARN_GEV2 * 1e-36 * PORTAL_LIGHT_SPEED;  // GeV^-2 in cm^3/s
  out[0] = aux[0] * unit * in[0] / in[1];
}

// z >= 2 -> K1(z) e^z;  x > 0 -> x^2 K2(x) e^x
INLINE void kernel_bessel_k1(const real *in, real *out, AUXILIARY aux) { out[0] = bessel_k1_scaled(in[0]); }
INLINE void kernel_bessel_k2(const real *in, real *out, AUXILIARY aux) { out[0] = bessel_k2_scaled_times_x2(in[0]); }

// x -> exp(x), log(x); turns -> sin, cos: exposed so that every device's elementary functions can be tested
INLINE void kernel_exponential(const real *in, real *out, AUXILIARY aux) { out[0] = exponential(in[0]); }
INLINE void kernel_logarithm(const real *in, real *out, AUXILIARY aux) { out[0] = logarithm(in[0]); }
INLINE void kernel_rotation(const real *in, real *out, AUXILIARY aux) {
  const rotation r = rotation_by_turns(in[0]);
  out[0] = r.sine;
  out[1] = r.cosine;
}

// six 32-bit words (counter 0-3, key 0-1) as doubles -> four 32-bit words as doubles; for the known-answer tests
INLINE bits word_of_real(real x) { return integer_of(x) & BITS(0xfffffffful); }
INLINE void kernel_philox(const real *in, real *out, AUXILIARY aux) {
  philox_block counter;
  for (int i = 0; i < 4; ++i) counter.word[i] = word_of_real(in[i]);
  const philox_block block = philox4x32(counter, word_of_real(in[4]), word_of_real(in[5]));
  for (int i = 0; i < 4; ++i) out[i] = real_of_integer(block.word[i]);
}

// m_phi -> width(mu -> e phi)/h^2, the same divided by the muon's width
INLINE void kernel_muon_to_electron_phi(const real *in, real *out, AUXILIARY aux) {
  out[0] = muon_to_electron_phi_per_h2(in[0]);
  out[1] = out[0] * (1.0 / PORTAL_MUON_WIDTH);
}

// m_phi, m_psi, m_psi2, width_invisible, width_visible -> width(mu -> e psi1 psi2bar)/(h^2 g^2), the same divided by the
// muon's width
INLINE void kernel_muon_to_electron_fermions(const real *in, real *out, AUXILIARY aux) {
  out[0] = muon_to_electron_dark_per_h2_g2(in[0], in[1], in[2], in[3] + in[4], 0);
  out[1] = out[0] * (1.0 / PORTAL_MUON_WIDTH);
}
INLINE void kernel_muon_to_electron_scalars(const real *in, real *out, AUXILIARY aux) {
  out[0] = muon_to_electron_dark_per_h2_g2(in[0], in[1], in[2], in[3] + in[4], 1);
  out[1] = out[0] * (1.0 / PORTAL_MUON_WIDTH);
}

// m_phi, m_psi, m_psi2 -> drho/deps of mu -> e psi1 psi2bar, the part of the positrons inside TWIST's window, |drho/deps|
INLINE void michel_outputs(michel_shift shift, real *out) {
  out[0] = shift.shift;
  out[1] = shift.fraction;
  out[2] = absolute(shift.shift);
}
INLINE void kernel_michel_shift_fermions(const real *in, real *out, AUXILIARY aux) {
  michel_outputs(michel_shift_of(in[0], in[1], in[2], 0), out);
}
INLINE void kernel_michel_shift_scalars(const real *in, real *out, AUXILIARY aux) {
  michel_outputs(michel_shift_of(in[0], in[1], in[2], 1), out);
}

// m_phi -> Gamma(K -> e nu phi)/Gamma(K -> mu nu)/h^2, BR(K -> e nu phi)/h^2
INLINE void kernel_kaon_to_electron_phi(const real *in, real *out, AUXILIARY aux) {
  out[0] = meson_to_electron_phi_per_h2(PORTAL_KAON_MASS, in[0]);
  out[1] = out[0] * PORTAL_KAON_TO_MUON_NEUTRINO;
}

// m_phi -> BR(K -> e nu phi)/h^2 with the electron's energy between PORTAL_KAON_WINDOW_LOW and PORTAL_KAON_WINDOW_HIGH
INLINE void kernel_kaon_to_electron_phi_accepted(const real *in, real *out, AUXILIARY aux) {
  out[0] = kaon_to_electron_phi_accepted_per_h2(in[0]) * PORTAL_KAON_TO_MUON_NEUTRINO;
}

// m_phi -> Gamma(pi -> e nu phi)/Gamma(pi -> mu nu)/h^2
INLINE void kernel_pion_to_electron_phi(const real *in, real *out, AUXILIARY aux) {
  out[0] = meson_to_electron_phi_per_h2(PORTAL_PION_MASS, in[0]);
}

// m_phi -> Gamma(Z -> e mu phi)/Gamma(Z -> e e)/h^2, all and with m_emu close to m_Z
INLINE void kernel_z_to_electron_muon_phi(const real *in, real *out, AUXILIARY aux) {
  out[0] = z_to_electron_muon_phi_per_h2(in[0]);
  out[1] = z_to_electron_muon_phi_accepted_per_h2(in[0]);
}

// m_phi -> width(h -> phi phi*)/lambda^2
INLINE void kernel_higgs_to_phi_phi(const real *in, real *out, AUXILIARY aux) {
  out[0] = higgs_to_phi_phi_per_lambda2(in[0]);
}

// m_phi -> width(h -> e mu phi)/h_mue^2, both charges, the same divided by the standard model's width of h
INLINE void kernel_higgs_to_electron_muon_phi(const real *in, real *out, AUXILIARY aux) {
  out[0] = higgs_to_electron_muon_phi_per_h2(in[0]);
  out[1] = out[0] * (1.0 / PORTAL_HIGGS_WIDTH);
}

// m_phi, m_psi, m_psi2 -> width(psi2 -> psi1 e mu)/(h^2 g^2), phi virtual; width(psi2 -> psi1 phi)/g^2, phi real; and
// width(psi2 -> psi1 e e nu nu)/(h^2 g^2) where e mu is closed
INLINE void kernel_psi2_widths_fermions(const real *in, real *out, AUXILIARY aux) {
  out[0] = psi2_width_per_h2_g2(in[0], in[1], in[2], 0);
  out[1] = psi2_to_phi_per_g2(in[0], in[1], in[2], 0);
  out[2] = psi2_to_neutrinos_per_h2_g2(in[0], in[1], in[2], 0);
}
INLINE void kernel_psi2_widths_scalars(const real *in, real *out, AUXILIARY aux) {
  out[0] = psi2_width_per_h2_g2(in[0], in[1], in[2], 1);
  out[1] = psi2_to_phi_per_g2(in[0], in[1], in[2], 1);
  out[2] = psi2_to_neutrinos_per_h2_g2(in[0], in[1], in[2], 1);
}

// width [GeV] -> c tau [m]; infinite for a stable particle
INLINE void kernel_decay_length(const real *in, real *out, AUXILIARY aux) { out[0] = PORTAL_HBAR_C / in[0]; }

// value, width of psi2, width(psi2 -> psi1 e e nu nu)/(h^2 g^2), h_mue g -> value, or 0 where psi2 is gone before
// recombination, tau < 1e13 s
INLINE void kernel_psi2_survival(const real *in, real *out, AUXILIARY aux) {
  const real width = in[1] + in[2] * square(in[3]);
  out[0] = width > PORTAL_HBAR / PORTAL_RECOMBINATION_TIME ? REAL(0.0) : in[0];
}

// root s, m_phi, tile, point -> mean weight of a tile of e+ e- -> e+ mu- phi [fb], h = 1; aux: pair_layout.h
INLINE void kernel_pair_tile(const real *in, real *out, AUXILIARY aux) {
  out[0] = pair_tile_mean(in[0], in[1], integer_of(in[2]), integer_of(in[3]), aux);
}

// root s, m_phi, sample, point -> weight [fb], a uniform number for its rejection, the spins' sum of |M|^2/(e^4 h^2); energy and
// momentum (x, y, z; e- along +z) of e+, mu-, phi in the centre of mass; aux: pair_layout.h
INLINE void kernel_pair_event(const real *in, real *out, AUXILIARY aux) {
  const pair_event event = pair_event_of(in[0], in[1], integer_of(in[2]), integer_of(in[3]), aux);
  out[0] = event.weight;
  out[1] = event.rejection;
  out[2] = event.squared;
  for (int i = 0; i < 3; ++i) {
    out[3 + 4 * i] = event.particle[i].energy;
    out[4 + 4 * i] = event.particle[i].x;
    out[5 + 4 * i] = event.particle[i].y;
    out[6 + 4 * i] = event.particle[i].z;
  }
}

// m_phi, energy of mu+, its relative spread -> sigma(mu+ e- -> phi)/(h^2 BR) [GeV^-2] for narrow phi
INLINE void kernel_annihilation_of_beam(const real *in, real *out, AUXILIARY aux) {
  out[0] = annihilation_of_beam(in[0], in[1], in[2]);
}

// m_phi, m_psi, m_psi2, total width, energy of mu+ -> sigma(mu+ e- -> psi1 psi2bar)/(h^2 g^2)
INLINE void kernel_annihilation_at_energy_fermions(const real *in, real *out, AUXILIARY aux) {
  out[0] = annihilation_at_energy(in[0], in[1], in[2], in[3], in[4], 0);
}
INLINE void kernel_annihilation_at_energy_scalars(const real *in, real *out, AUXILIARY aux) {
  out[0] = annihilation_at_energy(in[0], in[1], in[2], in[3], in[4], 1);
}

// m_phi -> detected part of the signal; aux: n, n ascending ln m_phi, n efficiencies
INLINE void kernel_detection_efficiency(const real *in, real *out, AUXILIARY aux) {
  out[0] = tabulated_efficiency(aux + 1, (int)aux[0], logarithm(in[0]));
}

// m_phi -> expected events of an experiment for h_mue = 1 and br_invisible = 1; aux: signal_layout.h
INLINE void kernel_signal_events(const real *in, real *out, AUXILIARY aux) { out[0] = signal_events(in[0], aux); }

// m_phi -> a/m_phi^2 + b for m_phi < c, else 0: a rate per squared coupling in the limit of heavy or light phi; aux: a, b, c
INLINE void kernel_asymptotic_rate(const real *in, real *out, AUXILIARY aux) {
  out[0] = in[0] < aux[2] ? aux[0] / square(in[0]) + aux[1] : REAL(0.0);
}

// m_phi -> log-likelihood 0, excluding constraints 0: where the sums over constraints begin
INLINE void kernel_unconstrained(const real *in, real *out, AUXILIARY aux) {
  out[0] = REAL(0.0);
  out[1] = REAL(0.0);
}

// value, m_phi, log-likelihood so far, excluding constraints so far -> log-likelihood of the value, the two sums with it;
// aux: constraint_layout.h
INLINE void kernel_constrain_value(const real *in, real *out, AUXILIARY aux) {
  add_judgement(judge_value(in[0], in[1], aux), in[2], in[3], aux, out);
}

// expected events, m_phi, log-likelihood so far, excluding constraints so far -> the same; aux: constraint_layout.h
INLINE void kernel_constrain_counts(const real *in, real *out, AUXILIARY aux) {
  add_judgement(judge_counts(in[0], in[1], aux), in[2], in[3], aux, out);
}

// a, b, c -> a b + c with two roundings, a b + c with one, a/b, sqrt(a): the operations that all kernels are made of, for
// the test that a device rounds them as IEEE 754 says
INLINE void kernel_arithmetic(const real *in, real *out, AUXILIARY aux) {
  out[0] = in[0] * in[1] + in[2];
  out[1] = fused(in[0], in[1], in[2]);
  out[2] = in[0] / in[1];
  out[3] = square_root(in[0]);
}

#endif
