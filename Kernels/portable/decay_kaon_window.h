// The part of K -> e nu phi (decay_meson.h) with the electron's energy inside the window of Heintze et al. (1979). With
// t = (p_nu+p_phi)^2 = m_K^2 + m_e^2 - 2 m_K E_e and s = (p_e+p_phi)^2,
//
//   dGamma/Gamma(K->mu nu) = h^2/(16 pi^2 (m_K^2-m_mu^2)^2) dt Int ds (a s - b)/(s - m_mu^2)^2,
//   a = t - m_e^2,  b = m_K^2 (m_phi^2 - m_e^2),
//
// s between its Dalitz limits. The inner integral is elementary, and with s = s_min + x, d = s_min - m_mu^2, u = D/d it is
// the sum of two positive terms, n u/(d + D) + a [ln(1+u) - u/(1+u)] with n = a s_min - b. The rest is smooth in t.
#ifndef PORTAL_DECAY_KAON_WINDOW_H
#define PORTAL_DECAY_KAON_WINDOW_H

#include "constants.h"
#include "gauss_legendre.h"
#include "kinematics.h"
#include "logarithm_remainder.h"
#include "platform.h"

// Int ds (a s - b)/(s - m_mu^2)^2 at t = m_phi^2 + tau, heavy = m_phi^2.
INLINE real kaon_window_inner(real heavy, real tau) {
  const double kaon2 = PORTAL_KAON_MASS * PORTAL_KAON_MASS, electron2 = PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS;
  const real t = heavy + tau, per_2t = 0.5 / t;
  const real rest = (kaon2 - electron2) - t;
  const real root = square_root(rest * rest - 4.0 * electron2 * t);  // sqrt lam(m_K^2, t, m_e^2), far from 0
  const real range = 2.0 * tau * root * per_2t;                      // D
  const real lowest = heavy + electron2 + (rest * (t + heavy) - root * tau) * per_2t;
  const real d = lowest - PORTAL_MUON_MASS * PORTAL_MUON_MASS;
  // a s_min - b with tau, by which it vanishes, taken out.
  const real n = tau * (lowest - (heavy - electron2) * (1.0 + (rest + root) * per_2t));
  const real u = range / d, remainder = logarithm_remainder(u);
  const mask large = u >= 0.5;
  const real direct = logarithm_of_one_plus(u, remainder) - u / (1.0 + u);
  const real excess = large ? direct : square(u) * (1.0 / (1.0 + u) - remainder);
  return fused(n, u / (d + range), (t - electron2) * excess);
}

// The part of the ratio per h^2, relative error below 1e-13 (tested). 0 where even the largest energy is below the window;
// NaN for m_phi <= m_mu - m_e, as for the whole.
INLINE real kaon_to_electron_phi_accepted_per_h2(real m_phi) {
  const double kaon2 = PORTAL_KAON_MASS * PORTAL_KAON_MASS, electron2 = PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS;
  const double t_low = kaon2 + electron2 - 2.0 * PORTAL_KAON_MASS * PORTAL_KAON_WINDOW_HIGH;
  // The largest m_phi, sqrt(m_K^2 + m_e^2 - 2 m_K PORTAL_KAON_WINDOW_LOW), in two doubles (the reference table tests it).
  const double edge = 0.16278624465515382, edge_rest = -6.0921174890034485e-18;
  const real heavy = square(m_phi);
  const real begin = maximum(t_low - heavy, REAL(0.0)), range = ((edge - m_phi) + edge_rest) * (edge + m_phi) - begin;
  const mask on_shell = m_phi <= PORTAL_MUON_MASS - PORTAL_ELECTRON_MASS;
  if (!any_lane(none_of(on_shell) & (range > 0.0))) return (range <= 0.0) & none_of(on_shell) ? REAL(0.0) : not_a_number();
  real integral = REAL(0.0);
  for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k)
    integral = fused(kaon_window_inner(heavy, fused(range, gauss_legendre_nodes[k], begin)),
                     gauss_legendre_weights[k], integral);
  const double mass2 = (PORTAL_KAON_MASS - PORTAL_MUON_MASS) * (PORTAL_KAON_MASS + PORTAL_MUON_MASS);
  const real ratio = integral * range * (1.0 / (16.0 * PORTAL_PI * PORTAL_PI * mass2 * mass2));
  return (on_shell | none_of(range == range)) ? not_a_number() : (range > 0.0 ? ratio : REAL(0.0));
}

#endif
