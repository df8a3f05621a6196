// What the relic-density kernels give per point. Cross sections in GeV^-2; all densities sum both species and their
// antiparticles and count with the lighter mass.
#ifndef PORTAL_RELIC_OBSERVABLES_H
#define PORTAL_RELIC_OBSERVABLES_H

#include "relic_density.h"

// Status codes: the least that must be known to use a value. Codes from 2 leave NaN in everything else.
#define PORTAL_RELIC_OK 0.0
#define PORTAL_RELIC_FORBIDDEN 1.0        // m_1 + m_2 < m_e + m_mu: annihilation at T > 0 only; values good
#define PORTAL_RELIC_OUTSIDE_DOMAIN 2.0   // a mass or coupling not positive and finite, m_phi < m_mu, m_2 > 3 m_1
#define PORTAL_RELIC_NO_FREEZE_OUT 3.0    // never in equilibrium at T < E_min/2: fewer than one annihilation per e-fold
#define PORTAL_RELIC_TOO_NARROW 4.0       // resonance reachable and narrower than 1e-12 m_phi
#define PORTAL_RELIC_TOO_WIDE 5.0         // wider than m_phi: the propagator with a fixed width means nothing

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
  const mask narrow = a.pole.present & (a.point.width < 1e-12 * a.point.phi);
  real status = a.point.dark_gap > 0.0 ? REAL(PORTAL_RELIC_FORBIDDEN) : REAL(PORTAL_RELIC_OK);
  status = narrow ? REAL(PORTAL_RELIC_TOO_NARROW) : status;
  status = a.point.width > a.point.phi ? REAL(PORTAL_RELIC_TOO_WIDE) : status;
  return f.most_frequent < 1.0 ? REAL(PORTAL_RELIC_NO_FREEZE_OUT) : status;
}

// <sigma_eff v> at one temperature, m/T = x.
INLINE real sigmav_at(real m_phi, real m_1, real m_2, real h, real g, real x, AUXILIARY aux, int scalars) {
  const annihilation a = annihilation_of(annihilation_point_of(m_phi, m_1, m_2, h, g, scalars), aux, scalars);
  lepton_state leptons;
  phi_pair_state pairs;
  leptons_begin(a, &leptons, aux);
  phi_pairs_begin(&pairs, aux);
  return effective_average_at(a, &leptons, &pairs, x / a.point.light, aux);
}

// A point as the kernels compute it: where it lies outside the domain, one inside takes its place.
typedef struct {
  mask valid;
  real m_phi, m_1, m_2, h, g;
} relic_point;

INLINE relic_point relic_point_of(real m_phi, real m_1, real m_2, real h, real g) {
  relic_point p;
  p.valid = (m_phi >= PORTAL_MUON_MASS) & (m_phi < 1e6) & (minimum(m_1, m_2) > 0.0) & (maximum(m_1, m_2) < 1e6) &
            (maximum(m_1, m_2) <= 3.0 * minimum(m_1, m_2)) & (h > 0.0) & (h < 1e3) & (g > 0.0) & (g < 1e6);
  p.m_phi = p.valid ? m_phi : REAL(1.0);
  p.m_1 = p.valid ? m_1 : REAL(0.3);
  p.m_2 = p.valid ? m_2 : REAL(0.3);
  p.h = p.valid ? h : REAL(0.01);
  p.g = p.valid ? g : REAL(0.1);
  return p;
}

// What a freeze-out means; NaN where it is not known.
INLINE relic_observables relic_observables_from(annihilation a, freeze_out f, real at_20, mask valid, AUXILIARY aux) {
  const real status = relic_status(a, f);
  const real nothing = not_a_number();
  const mask known = valid & (status < 2.0);
  const real mass = a.point.light * a.point.scale;
  relic_observables o;
  o.relic_density = known ? f.abundance * mass * (PORTAL_ENTROPY_TODAY / PORTAL_CRITICAL_DENSITY) : nothing;
  o.relative_error = known ? f.spread : nothing;
  o.x_freeze_out = known ? f.z_freeze_out * a.point.light : nothing;
  o.sigmav_freeze_out = known ? f.average : nothing;
  o.sigmav_20 = known ? at_20 : nothing;
  // Where Y never reaches 2.5 Y_eq, the mixture at the end counts.
  const real last_z = REAL(relic_record(aux, (int)aux[relic_z_count] - 1)[relic_record_z]);
  const real at_rest = sigmav_at_rest(a, f.z_freeze_out > 0.0 ? f.z_freeze_out : last_z, aux);
  o.sigmav_today = known ? at_rest : nothing;
  o.status = valid ? status : REAL(PORTAL_RELIC_OUTSIDE_DOMAIN);
  return o;
}

INLINE relic_observables relic_observables_of(real m_phi, real m_1, real m_2, real h, real g, AUXILIARY aux,
                                              int scalars) {
  const relic_point p = relic_point_of(m_phi, m_1, m_2, h, g);
  const annihilation a =
      annihilation_of(annihilation_point_of(p.m_phi, p.m_1, p.m_2, p.h, p.g, scalars), aux, scalars);
  lepton_state leptons;
  phi_pair_state pairs;
  effective_averages averages;
  averages.is_shared = 0;
  averages.single = single_average_of(a, &leptons, &pairs, aux);
  const freeze_out f = boltzmann_solution(a.point, averages, aux);
  const real at_20 = effective_average_at(a, &leptons, &pairs, 20.0 / a.point.light, aux);
  return relic_observables_from(a, f, at_20, p.valid, aux);
}

// With the averages that the masses number `masses` share; NaN where they have none (shares_average).
INLINE relic_observables relic_observables_shared(relic_point p, annihilation_point widest, real masses, AUXILIARY aux,
                                                  int scalars) {
  const annihilation_point point = annihilation_point_of(p.m_phi, p.m_1, p.m_2, p.h, p.g, scalars);
  const annihilation a = annihilation_without_pole(point, REAL(0.0), aux, scalars);
  effective_averages averages;
  averages.is_shared = 1;
  averages.shared = shared_average_of(point, widest, masses, p.h, p.g, aux);
  const freeze_out f = boltzmann_solution(point, averages, aux);
  const real at_20 = shared_sigmav_20(averages.shared, aux);
  return relic_observables_from(a, f, at_20, p.valid, aux);
}

INLINE relic_observables relic_observables_if(mask m, relic_observables a, relic_observables b) {
  relic_observables o;
  o.relic_density = m ? a.relic_density : b.relic_density;
  o.relative_error = m ? a.relative_error : b.relative_error;
  o.sigmav_freeze_out = m ? a.sigmav_freeze_out : b.sigmav_freeze_out;
  o.sigmav_20 = m ? a.sigmav_20 : b.sigmav_20;
  o.sigmav_today = m ? a.sigmav_today : b.sigmav_today;
  o.x_freeze_out = m ? a.x_freeze_out : b.x_freeze_out;
  o.status = m ? a.status : b.status;
  return o;
}

// A point of a grid: with shared averages where its masses have them, else on its own.
INLINE relic_observables relic_observables_on_grid(real m_phi, real m_1, real m_2, real h, real g, real masses,
                                                   AUXILIARY aux, int scalars) {
  const relic_point p = relic_point_of(m_phi, m_1, m_2, h, g);
  AUXILIARY shared = aux + (int)aux[relic_shared_at];
  const annihilation_point widest = annihilation_point_of(p.m_phi, p.m_1, p.m_2, REAL(shared[relic_shared_h]),
                                                          REAL(shared[relic_shared_g]), scalars);
  const mask shares = shares_average(widest);
  relic_observables o;
  if (any_lane(none_of(shares))) o = relic_observables_of(m_phi, m_1, m_2, h, g, aux, scalars);
  if (any_lane(shares)) {
    const relic_observables by_sharing = relic_observables_shared(p, widest, masses, aux, scalars);
    o = any_lane(none_of(shares)) ? relic_observables_if(shares, by_sharing, o) : by_sharing;
  }
  return o;
}

#endif
