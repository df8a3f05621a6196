// The Weizsaecker-Williams approximation of l N -> l' N phi, for comparison with the exact cross section.
//
//   d2sigma/(dx dcos theta) = alpha^2 chi |k| w A22 / (8 pi U^2),    w = (1-x) E
//   U   = x E^2 theta^2 + m_phi^2 (1-x)/x - m_i^2 (1-x) + m_f^2,    theta^2 -> 2 (1 - cos theta)
//   chi = Int_{t_min}^{t_max} dT (T - t_min)/T^2 Z^2 F^2(T)
//   A22 = 4 e_plus { x^2/(1-x) + 2D K } - 16 e_minus m_i m_f K,
//   K   = [ D (1-x) - x U + m_i^2 (1-x)^2 + m_f^2 ]/U^2,    D = m_phi^2 - m_i^2 - m_f^2
//
// A22 is the squared amplitude l gamma -> l' phi at ss = U/(1-x), uu = -U. WW: t_min = (U/(2w))^2. The improved WW of
// fixed-target generators freezes t_min = m_phi^4/(4E^2) and ends at theta = 0.1. t_max = E^2 in both; m_f < w < E - m_phi.
#ifndef PORTAL_WEIZSAECKER_WILLIAMS_H
#define PORTAL_WEIZSAECKER_WILLIAMS_H

#include "constants.h"
#include "exponential.h"
#include "form_factor.h"
#include "logarithm.h"
#include "platform.h"
#include "production_maps.h"

#define PORTAL_IMPROVED_WW_VERSINE 0.004995834721974179  // 1 - cos(0.1)

typedef struct {
  real energy, m_phi;
  real x, y, w, k;  // x, 1-x, E (1-x), |k|
  real forward_u;   // U at theta = 0
  real scale;       // dU/dv = 2 x E^2
  mask allowed;
} photon_point;

INLINE photon_point photon_point_at(const production_process process, real energy, real m_phi, real w) {
  photon_point point;
  point.energy = energy;
  point.m_phi = m_phi;
  point.y = w / energy;
  point.x = 1.0 - point.y;
  point.w = w;
  point.k = momentum(energy - w, m_phi);
  point.forward_u = point.y * (square(m_phi) / point.x - process.m_in * process.m_in) + process.m_out * process.m_out;
  point.scale = 2.0 * point.x * square(energy);
  point.allowed = (energy > process.m_in) & (m_phi > 0.0) & (point.w > process.m_out) & (energy - point.w > m_phi) &
                  (point.forward_u > 0.0);
  return point;
}

// chi; 0 if the range is empty.
INLINE real photon_flux(const production_process process, real t_min, real t_max, const quadrature_rule rule) {
  const real length = logarithm(t_max / t_min);
  real sum = REAL(0.0);
  for (int i = 0; i < rule.count; ++i) {
    const real ratio = exponential(length * rule.nodes[i]);
    sum = fused(form_factor(process, t_min * ratio) * (1.0 - 1.0 / ratio), REAL(rule.weights[i]), sum);
  }
  return length > 0.0 ? sum * length : REAL(0.0);
}

INLINE real compton_like_a22(const production_process process, const photon_point point, real u) {
  const double in2 = process.m_in * process.m_in, out2 = process.m_out * process.m_out;
  const real d = square(point.m_phi) - (in2 + out2);
  const real bracket = (d * point.y - point.x * u + in2 * square(point.y) + out2) / square(u);
  return 4.0 * process.e_plus * (square(point.x) / point.y + 2.0 * d * bracket) -
         16.0 * process.e_minus * process.m_in * process.m_out * bracket;
}

// d2sigma/(dx dcos theta) [pb]; t_min of WW, or that of the improved WW.
INLINE real ww_double_differential(const production_process process, const photon_point point, real versine,
                                   int improved, const quadrature_rule rule) {
  const double factor = PORTAL_FINE_STRUCTURE * PORTAL_FINE_STRUCTURE * PORTAL_PICOBARN_GEV2 / (8.0 * PORTAL_PI);
  const real u = point.forward_u + point.scale * versine;
  const real root = improved ? square(point.m_phi) / point.energy : u / point.w;
  const real chi = photon_flux(process, 0.25 * square(root), square(point.energy), rule);
  const real value = factor * chi * point.k * point.w * compton_like_a22(process, point, u) / square(u);
  const real furthest = improved ? REAL(PORTAL_IMPROVED_WW_VERSINE) : REAL(2.0);
  return (point.allowed & (versine >= 0.0) & (versine <= furthest)) ? value : REAL(0.0);
}

// dsigma/dx [pb] at w = E - E_phi.
INLINE real ww_differential(const production_process process, real energy, real m_phi, real w, int improved,
                            const quadrature_rule polar, const quadrature_rule transfer) {
  const photon_point point = photon_point_at(process, energy, m_phi, w);
  const double furthest = improved ? PORTAL_IMPROVED_WW_VERSINE : 2.0;
  const double largest = process.largest_versine < furthest ? process.largest_versine : furthest;
  real sum = REAL(0.0);
  for (int i = 0; i < polar.count; ++i) {
    const mapped angle = smooth_propagator_map(point.forward_u, point.scale, REAL(largest), REAL(polar.nodes[i]));
    const real value = ww_double_differential(process, point, angle.value, improved, transfer);
    sum = fused(value * angle.jacobian, REAL(polar.weights[i]), sum);
  }
  return point.allowed ? sum : REAL(0.0);
}

#endif
