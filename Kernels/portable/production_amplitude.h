// Squared lepton tensor of l N -> l' N phi contracted with P = P_i + P_f (spin-0 nucleus), summed over spins:
//
//   B  = t P^2 (1/ss + 1/uu)^2 + 4 ( p.P/ss + p'.P/uu )^2
//   A2 = 2 e_plus { P^2 (ss+uu)^2/(ss uu) + 4 t (k.P)^2/(ss uu) - D B } + 4 e_minus m_i m_f B,
//
// ss = (p+q)^2 - m_i^2, uu = (p-k)^2 - m_f^2 = -U, D = m_phi^2 - m_i^2 - m_f^2, t = -T. The two diagrams nearly cancel
// (gauge invariance), so the differences are formed first. With S = ss + uu and N = (p.P U - p'.P ss):
//
//   A2 = 2/U^2 { e_plus U X/ss + [2 e_minus m_i m_f - e_plus D] Y/ss^2 }
//   X  = 4 M [4 M E_k^2 T - 2 E_k T S - M S^2],    Y = 4 N^2 - T P^2 S^2
//
// ss = A + B cos(phi) in the azimuth phi between the planes (p,V) and (V,Q), S and N are linear in cos(phi):
//
//   A - U = S_0 = g U + s T,   N_0 = 2M (U e - w s T) + T S_0/2,   N_1 = B (T/2 - 2 M w),
//   e = E - w (1+g) = [ (w+delta)(E delta + w m_i^2/(E+|p|)) + |p||k| v (2E-w) ]/V^2,
//   g = |k| [w + delta - |p| v]/V^2,    s = g - e/M,    B^2 = b (T - T_min)(T_max - T)
//
// with b = a (|p| sin(p,V)/V)^2 (a: t_curvature of production_kinematics.h).
#ifndef PORTAL_PRODUCTION_AMPLITUDE_H
#define PORTAL_PRODUCTION_AMPLITUDE_H

#include "platform.h"
#include "production_kinematics.h"

// The T-independent part, once per point.
typedef struct {
  real excess, slope, deviation;  // g, s, e
  real azimuth;                   // b
  real c_plus, c_minus;           // e_plus U, 2 e_minus m_i m_f - e_plus D
} production_line;

INLINE production_line lepton_line(const production_process process, const production_point x) {
  const real per_v2 = 1.0 / x.v2;
  const real t = x.w + x.delta;
  const real rest = x.w * (process.m_in * process.m_in) / (x.energy + x.p);
  production_line line;
  line.deviation =
      (t * (x.energy * x.delta + rest) + x.p * x.k * x.versine * (2.0 * x.energy - x.w)) * per_v2;
  line.excess = x.k * (t - x.p * x.versine) * per_v2;
  line.slope = line.excess - line.deviation * (1.0 / process.nucleus);
  line.azimuth = square(x.p * x.k * per_v2) * (x.versine * (2.0 - x.versine)) * x.t_curvature;
  const double masses2 = process.m_in * process.m_in + process.m_out * process.m_out;
  line.c_plus = process.e_plus * x.u;
  line.c_minus = 2.0 * process.e_minus * process.m_in * process.m_out - process.e_plus * (square(x.m_phi) - masses2);
  return line;
}

// ss = s_channel + swing cos(phi).
typedef struct {
  real s0, n0, n1;        // S_0, N_0, N_1
  real s_channel, swing;  // A, B
  real p2;                // P^2
} production_slice;

INLINE production_slice slice_at(const production_process process, const production_point x,
                                 const production_line line, real t) {
  const double mass = process.nucleus;
  production_slice slice;
  slice.s0 = line.excess * x.u + line.slope * t;
  slice.s_channel = slice.s0 + x.u;
  slice.swing = square_root(maximum(line.azimuth * (t - x.t_min) * (x.t_max - t), REAL(0.0)));
  slice.n0 = 2.0 * mass * (x.u * line.deviation - x.w * line.slope * t) + 0.5 * t * slice.s0;
  slice.n1 = slice.swing * (0.5 * t - 2.0 * mass * x.w);
  slice.p2 = 4.0 * mass * mass + t;
  return slice;
}

// A2 averaged over the azimuth, from <cos^n/ss> and <cos^n/ss^2> in closed form; R^2 = A^2 - B^2.
INLINE real azimuth_averaged_a2(const production_process process, const production_point x,
                                const production_line line, real t) {
  const production_slice f = slice_at(process, x, line, t);
  const double mass = process.nucleus;
  const real b = f.swing, b2 = square(f.swing);
  const real r = square_root((f.s_channel - b) * (f.s_channel + b));
  const real ratio = 1.0 / (r + f.s_channel);
  const real per_r = 1.0 / r;

  const real x0 = 4.0 * mass * (2.0 * x.phi_energy * t * (2.0 * mass * x.phi_energy - f.s0) - mass * square(f.s0));
  const real x1 = -8.0 * mass * b * (x.phi_energy * t + mass * f.s0);
  const real x2 = -4.0 * mass * mass * b2;
  const real x_average = (x0 + ratio * (x2 * f.s_channel - x1 * b)) * per_r;

  const real weight = t * f.p2;
  const real y0 = 4.0 * square(f.n0) - weight * square(f.s0);
  const real y1 = 8.0 * f.n0 * f.n1 - 2.0 * weight * f.s0 * b;
  const real y2 = 4.0 * square(f.n1) - weight * b2;
  const real y_average = (y0 * f.s_channel - y1 * b + y2 * (f.s_channel * r + b2) * ratio) * (per_r * per_r * per_r);

  return 2.0 / square(x.u) * (line.c_plus * x_average + line.c_minus * y_average);
}

#endif
