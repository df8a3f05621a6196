// psi1 psi2bar -> e mu through phi in the s-channel, with the full propagator: the integrand of the thermal average
// in t = ln v, sqrt(s) = 1 + v (units of E_min), apart from the Bessel function:
//
//   sqrt(s) p_i^2 sigma ds/dt = (g h)^2/(64 pi) N(v)/D(v),      D = (s - m_phi^2)^2 + m_phi^2 Gamma^2,
//   N = v sqrt{ [s-(m_1+m_2)^2] [s-(m_1-m_2)^2] [s-(m_mu+m_e)^2] [s-(m_mu-m_e)^2] } X (s - m_e^2 - m_mu^2)/s,
//   X = s - (m_1+m_2)^2 for fermions, 2 for scalars
//
// (Gninenko, Krasnikov eqs. (15)-(19) beyond their threshold limit). s - threshold is formed from v and the gap, so both
// thresholds are exact also where they meet.
#ifndef PORTAL_ANNIHILATION_LEPTONS_H
#define PORTAL_ANNIHILATION_LEPTONS_H

#include "annihilation_point.h"
#include "complex.h"
#include "platform.h"

typedef struct {
  real numerator;     // N s
  real s, distance2;  // s, (s - m_phi^2)^2
} lepton_terms;

INLINE lepton_terms lepton_terms_of(annihilation_point q, real v, int scalars) {
  const real energy = 1.0 + v, s = energy * energy;
  const real dark = (v + q.dark_gap) * (energy + (q.light + q.heavy));
  const real leptons = (v + q.lepton_gap) * (energy + q.lepton_sum);
  const real momenta2 = dark * (s - square(q.heavy - q.light)) * leptons * (s - q.lepton_difference2);
  const real spin = scalars ? REAL(2.0) : dark;
  const real distance = (v - q.pole) * (energy + q.phi);
  lepton_terms t;
  t.numerator = v * square_root(momenta2) * spin * (s - q.lepton_squares);
  t.s = s;
  t.distance2 = distance * distance;
  return t;
}

INLINE real lepton_integrand(annihilation_point q, real v, int scalars) {
  const lepton_terms t = lepton_terms_of(q, v, scalars);
  return t.numerator / (t.s * fused(q.phi * q.width, q.phi * q.width, t.distance2));
}

// The residue-like factor N(v)/(d s/dt) at the complex pole s = m_phi^2 + i m_phi Gamma, v its place above threshold.
INLINE complex_real lepton_residue(annihilation_point q, complex_real v, int scalars) {
  const complex_real energy = complex_add(v, REAL(1.0)), s = complex_multiply(energy, energy);
  const complex_real dark =
      complex_multiply(complex_add(v, q.dark_gap), complex_add(energy, q.light + q.heavy));
  const complex_real leptons = complex_multiply(complex_add(v, q.lepton_gap), complex_add(energy, q.lepton_sum));
  const complex_real dark_momentum =
      complex_square_root(complex_multiply(dark, complex_add(s, -square(q.heavy - q.light))));
  const complex_real lepton_momentum =
      complex_square_root(complex_multiply(leptons, complex_add(s, -q.lepton_difference2)));
  complex_real top = complex_multiply(complex_multiply(dark_momentum, lepton_momentum), complex_add(s, -q.lepton_squares));
  top = scalars ? complex_scale(top, REAL(2.0)) : complex_multiply(top, dark);
  // N = v (...)/s and ds/dt = 2 sqrt(s) v: v drops out.
  return complex_divide(top, complex_scale(complex_multiply(s, energy), REAL(2.0)));
}

#endif
