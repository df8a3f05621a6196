// What the Boltzmann equation needs at one temperature: L and Y_eq (relic_density.h).
#ifndef PORTAL_BOLTZMANN_TERMS_H
#define PORTAL_BOLTZMANN_TERMS_H

#include "constants.h"
#include "degrees_of_freedom.h"
#include "thermal_average.h"

typedef struct {
  real rate, equilibrium;  // L, Y_eq
  real average;            // <sigma_eff v>
} boltzmann_terms;

// L/<sigma_eff v> = sqrt(pi/45) M_Pl T g_*^(1/2), and Y_eq.
typedef struct {
  real rate, equilibrium;
} plasma;

INLINE plasma plasma_at(annihilation a, species_densities densities, real inverse_z, real log_temperature, AUXILIARY aux) {
  const degrees_of_freedom d = degrees_of_freedom_at(log_temperature, aux);
  const double pi2 = PORTAL_PI * PORTAL_PI, degrees = a.scalars ? 2.0 : 4.0;
  const double rate_unit = 0.2642218198404007 * PORTAL_PLANCK_MASS;  // sqrt(pi/45) M_Pl
  plasma p;
  p.rate = rate_unit * inverse_z * a.point.scale * d.root_star;
  p.equilibrium = degrees * 45.0 / (4.0 * pi2 * pi2) * densities.weight * densities.suppression / d.h_eff;
  return p;
}

// One point on its own: its integrands, computed where they are needed.
typedef struct {
  annihilation a;
  lepton_state *leptons;
  phi_pair_state *pairs;
  real log_scale;  // ln(E_min/GeV)
} single_average;

INLINE single_average single_average_of(annihilation a, lepton_state *leptons, phi_pair_state *pairs, AUXILIARY aux) {
  single_average s;
  s.a = a;
  s.leptons = leptons;
  s.pairs = pairs;
  s.log_scale = logarithm(a.point.scale);
  leptons_begin(a, leptons, aux);
  phi_pairs_begin(pairs, aux);
  return s;
}

// At the z record k.
INLINE boltzmann_terms single_terms(single_average s, int k, AUXILIARY aux) {
  AUXILIARY record = relic_record(aux, k);
  const real z = REAL(record[relic_record_z]);
  const species_densities densities = species_densities_at_record(s.a.point.light, s.a.point.heavy, record);
  const real leptons = lepton_average(s.a, s.leptons, record, aux);
  const real pairs = phi_pair_average(s.a, s.pairs, record, aux);
  const plasma p = plasma_at(s.a, densities, REAL(record[relic_record_inverse_z]), s.log_scale - record[relic_record_log_z], aux);
  boltzmann_terms terms;
  terms.average = effective_average(s.a, z, densities, leptons, pairs);
  terms.rate = p.rate * terms.average;
  terms.equilibrium = p.equilibrium;
  return terms;
}

#endif
