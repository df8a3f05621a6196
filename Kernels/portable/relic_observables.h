// What the relic-density kernels give per point. Cross sections in GeV^-2; all densities sum both species and their
// antiparticles and count with the lighter mass.
#ifndef PORTAL_RELIC_OBSERVABLES_H
#define PORTAL_RELIC_OBSERVABLES_H

#include "relic_density.h"

// Status codes: the least that must be known to use a value. Codes from 2 leave NaN.
#define PORTAL_RELIC_OK 0.0
#define PORTAL_RELIC_FORBIDDEN 1.0        // m_1 + m_2 < m_e + m_mu: annihilation at T > 0 only; values good
#define PORTAL_RELIC_OUTSIDE_DOMAIN 2.0   // a mass or coupling not positive and finite, m_phi < m_mu, m_2 > 3 m_1
#define PORTAL_RELIC_NO_FREEZE_OUT 3.0    // never in equilibrium: fewer than one annihilation per e-fold
#define PORTAL_RELIC_TOO_NARROW 4.0       // resonance reachable and narrower than 1e-10 m_phi

typedef struct {
  real relic_density;        // Omega h^2
  real relative_error;       // estimate for the time integration
  real sigmav_freeze_out;    // <sigma_eff v> at x_freeze_out
  real sigmav_20;            // at x = 20
  real sigmav_today;         // T -> 0, with the mixture of species of freeze-out
  real x_freeze_out;         // m/T where Y = 2.5 Y_eq
  real status;
} relic_observables;

// sigma v of psi1 psi2bar -> e mu at rest; for fermions it vanishes (p-wave).
INLINE real lepton_sigmav_at_rest(annihilation_point q, int scalars) {
  if (!scalars) return REAL(0.0);
  const mask open = q.dark_gap <= 0.0;
  const real distance = q.pole * (1.0 + q.phi);
  const real momentum = 0.5 * square_root(maximum(q.lepton_gap * (1.0 + q.lepton_sum) * (1.0 - q.lepton_difference2), REAL(0.0)));
  const real matrix_element = q.coupling2 * (1.0 - q.lepton_squares) / fused(distance, distance, square(q.phi * q.width));
  const real value = momentum * matrix_element / (16.0 * PORTAL_PI * q.light * q.heavy);
  return (open ? value : REAL(0.0)) / square(q.scale);
}

// sigma v of one psi psibar -> phi phi* at rest, |M|^2 k/(32 pi m^3).
INLINE real phi_pair_sigmav_at_rest(annihilation_point q, phi_pair_masses m, int scalars) {
  const real momentum = square_root(maximum((m.own - m.phi) * (m.own + m.phi), REAL(0.0)));
  const real matrix_element = square(q.dark2) * phi_pair_at_rest(m, scalars);
  return matrix_element * momentum / (32.0 * PORTAL_PI * m.own * square(m.own * q.scale));
}

INLINE real sigmav_at_rest(annihilation a, real z, AUXILIARY aux) {
  const real first = bessel_k2_scaled_times_x2(a.point.light * z);
  const real second = bessel_k2_scaled_times_x2(a.point.heavy * z) * exponential((a.point.light - a.point.heavy) * z);
  const real unit = 1.0 / (first + second), f1 = first * unit, f2 = second * unit;
  const real pairs = 0.5 * (square(f1) * phi_pair_sigmav_at_rest(a.point, a.first, a.scalars) +
                            square(f2) * phi_pair_sigmav_at_rest(a.point, a.second, a.scalars));
  const real leptons = f1 * f2 * lepton_sigmav_at_rest(a.point, a.scalars);
  return leptons + pairs * aux[relic_phi_pairs];
}

INLINE real relic_status(annihilation a, freeze_out f) {
  const mask narrow = a.pole.present & (a.point.width < 1e-10 * a.point.phi);
  real status = a.point.dark_gap > 0.0 ? REAL(PORTAL_RELIC_FORBIDDEN) : REAL(PORTAL_RELIC_OK);
  status = narrow ? REAL(PORTAL_RELIC_TOO_NARROW) : status;
  return f.most_frequent < 1.0 ? REAL(PORTAL_RELIC_NO_FREEZE_OUT) : status;
}

// <sigma_eff v> at one temperature, m/T = x.
INLINE real sigmav_at(real m_phi, real m_1, real m_2, real h, real g, real x, AUXILIARY aux, int scalars) {
  const annihilation a = annihilation_of(annihilation_point_of(m_phi, m_1, m_2, h, g, scalars), aux, scalars);
  lepton_state leptons;
  phi_pair_state pairs;
  leptons.filled = 0;
  phi_pairs_begin(&pairs, aux);
  return effective_average_at(a, &leptons, &pairs, x / a.point.light, aux);
}

INLINE relic_observables relic_observables_of(real m_phi, real m_1, real m_2, real h, real g, AUXILIARY aux,
                                              int scalars) {
  const mask valid = (m_phi >= PORTAL_MUON_MASS) & (m_phi < 1e6) & (minimum(m_1, m_2) > 0.0) & (maximum(m_1, m_2) < 1e6) &
                     (maximum(m_1, m_2) <= 3.0 * minimum(m_1, m_2)) & (h > 0.0) & (h < 1e3) & (g > 0.0) & (g < 1e6);
  const real safe_phi = valid ? m_phi : REAL(1.0), safe_1 = valid ? m_1 : REAL(0.3), safe_2 = valid ? m_2 : REAL(0.3);
  const real safe_h = valid ? h : REAL(0.01), safe_g = valid ? g : REAL(0.1);
  const annihilation a =
      annihilation_of(annihilation_point_of(safe_phi, safe_1, safe_2, safe_h, safe_g, scalars), aux, scalars);
  lepton_state leptons;
  phi_pair_state pairs;
  leptons.filled = 0;
  phi_pairs_begin(&pairs, aux);
  const freeze_out f = boltzmann_solution(a, &leptons, &pairs, aux);

  const real status = relic_status(a, f);
  const real nothing = not_a_number();
  const mask known = valid & (status < 2.0);
  const real mass = a.point.light * a.point.scale;
  relic_observables o;
  o.relic_density = known ? f.abundance * mass * (PORTAL_ENTROPY_TODAY / PORTAL_CRITICAL_DENSITY) : nothing;
  o.relative_error = known ? f.spread : nothing;
  o.x_freeze_out = known ? f.z_freeze_out * a.point.light : nothing;
  o.sigmav_freeze_out = known ? f.average : nothing;
  const real at_20 = effective_average_at(a, &leptons, &pairs, 20.0 / a.point.light, aux);
  o.sigmav_20 = valid ? at_20 : nothing;
  const real at_rest = sigmav_at_rest(a, f.z_freeze_out, aux);
  o.sigmav_today = known ? at_rest : nothing;
  o.status = valid ? status : REAL(PORTAL_RELIC_OUTSIDE_DOMAIN);
  return o;
}

#endif
