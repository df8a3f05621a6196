// Kinematics of l(p) N(P_i) -> l'(p') N(P_f) phi(k) in the laboratory frame, without cancellation.
//
// A point is (E, m_phi, w, v) with w = E - E_k the energy left to the recoils and v = 1 - cos theta; 1 - x = w/E and v
// are the small quantities that carry the accuracy where phi takes nearly all the energy forward. With V = p - k
// (3-vectors), delta = (|p| - |k|) - w, U = -uu = m_f^2 - (p-k)^2 and T = -(P_i - P_f)^2:
//
//   delta = m_phi^2/(E_k + |k|) - m_i^2/(E + |p|)
//   V^2   = (w + delta)^2 + 2 |p||k| v
//   U     = m_f^2 + delta (delta + 2w) + 2 |p||k| v
//   p*^2  = (w - U/2M)^2 - m_f^2
//   T_min = U^2 / [(V + p*)^2 - (U/2M)^2],    T_max = [(V + p*)^2 - (U/2M)^2] / a,    a = 1 + 2w/M - (U - m_f^2)/M^2
//
// T_min, T_max are the roots of a T^2 + [2U(1+w/M) - 4V^2] T + U^2, whose discriminant is (4 V p*)^2, so the point is
// inside phase space exactly if w - U/2M >= m_f.
#ifndef PORTAL_PRODUCTION_KINEMATICS_H
#define PORTAL_PRODUCTION_KINEMATICS_H

#include "platform.h"
#include "production_process.h"

typedef struct {
  real energy, m_phi;     // E, m_phi
  real w, phi_energy;     // E - E_k, E_k
  real p, k, versine;     // |p|, |k|, v
  real delta;             // |p| - |k| - w
  real v2, v_length;      // V^2, |V|
  real u, forward_u;      // U, U at theta = 0
  real t_min, t_max;      // limits of T
  real t_curvature;       // a
  mask allowed;           // inside phase space
} production_point;

// |q| of a particle of that energy and mass; 0 below the mass.
INLINE real momentum(real energy, real mass) {
  return square_root(maximum((energy - mass) * (energy + mass), REAL(0.0)));
}

// What does not depend on the angle; the rest of the point is unset.
INLINE production_point forward_point(const production_process process, real energy, real m_phi, real w) {
  production_point point;
  point.energy = energy;
  point.m_phi = m_phi;
  point.w = w;
  point.phi_energy = energy - w;
  point.p = momentum(energy, REAL(process.m_in));
  point.k = momentum(point.phi_energy, m_phi);
  point.delta =
      square(m_phi) / (point.phi_energy + point.k) - (process.m_in * process.m_in) / (energy + point.p);
  point.forward_u = process.m_out * process.m_out + point.delta * (point.delta + 2.0 * w);
  return point;
}

INLINE production_point at_angle(const production_process process, production_point point, real versine) {
  const real transverse = 2.0 * point.p * point.k * versine;
  point.versine = versine;
  point.v2 = square(point.w + point.delta) + transverse;
  point.v_length = square_root(point.v2);
  point.u = point.forward_u + transverse;

  const double per_mass = 1.0 / process.nucleus;
  const real half_u = point.u * (0.5 * per_mass);
  const real out_energy = point.w - half_u;
  const real p_star = momentum(out_energy, REAL(process.m_out));
  const real sum = point.v_length + p_star;
  const real product = (sum - half_u) * (sum + half_u);
  point.t_curvature =
      1.0 + 2.0 * point.w * per_mass - (point.u - process.m_out * process.m_out) * (per_mass * per_mass);
  point.t_min = square(point.u) / product;
  point.t_max = product / point.t_curvature;
  point.allowed = (point.energy > process.m_in) & (point.m_phi > 0.0) & (point.phi_energy > point.m_phi) &
                  (versine >= 0.0) & (versine <= 2.0) & (out_energy > process.m_out);
  return point;
}

#endif
