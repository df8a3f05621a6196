// e+ e- -> e+ mu- phi at tree level with all masses: photons in the s and the t channel, phi off either lepton. With
// q = p_mu + k, vertex P_L, D_e = q^2 - m_e^2 and the muon's momentum Q, D_mu = Q^2 - m_mu^2,
//
//   M = e^2 h { J_s.F_s/s - J_t.F_t/t },   F^a = ubar(mu) [P_L (q+m_e) g^a/D_e + g^a (Q+m_mu) P_L/D_mu] w
//   s: w = v(e+ out), Q = -(p_e+ + k), J_a = vbar(e+ in) g_a u(e-)
//   t: w = u(e-),     Q = p_e- - k,    J_a = vbar(e+ in) g_a v(e+ out)
//
// as helicity amplitudes of two-component spinors: gauge cancellations (the photon's pole at t = 0) happen between amplitudes,
// where they cost half the digits that they cost in the square. In the chiral representation F^a = A+ sigma^a B +
// C+ sigmabar^a w_L with A = u_R, B = m_e w_R/D_e + Q.sigmabar w_L/D_mu, C = q.sigma u_R/D_e + m_mu u_L/D_mu, and Fierz'
// identities turn the contraction into products of two-component scalars. The beams are along z, so their spinors are unit
// vectors.
#ifndef PORTAL_PAIR_AMPLITUDE_H
#define PORTAL_PAIR_AMPLITUDE_H

#include "complex.h"
#include "constants.h"
#include "platform.h"

// A momentum with E + p_z and E - p_z, both without cancellation.
typedef struct {
  real energy, x, y, z, plus, minus;
} pair_momentum;

INLINE pair_momentum pair_momentum_of(real x, real y, real z, real mass) {
  pair_momentum p;
  const real transverse2 = fused(x, x, y * y) + square(mass);
  p.energy = square_root(fused(z, z, transverse2));
  p.x = x;
  p.y = y;
  p.z = z;
  const real larger = p.energy + absolute(z), smaller = transverse2 / larger;
  const mask forward = z >= 0.0;
  p.plus = forward ? larger : smaller;
  p.minus = forward ? smaller : larger;
  return p;
}
INLINE pair_momentum pair_sum(pair_momentum a, pair_momentum b) {
  pair_momentum p;
  p.energy = a.energy + b.energy;
  p.x = a.x + b.x;
  p.y = a.y + b.y;
  p.z = a.z + b.z;
  p.plus = a.plus + b.plus;
  p.minus = a.minus + b.minus;
  return p;
}

typedef struct {
  complex_real up, down;
} weyl;

// (p.sigma) s and (p.sigmabar) s.
INLINE weyl times_sigma(pair_momentum p, weyl s) {
  weyl r;
  r.up = complex_of(p.minus * s.up.re - (p.x * s.down.re + p.y * s.down.im),
                    p.minus * s.up.im - (p.x * s.down.im - p.y * s.down.re));
  r.down = complex_of(p.plus * s.down.re - (p.x * s.up.re - p.y * s.up.im),
                      p.plus * s.down.im - (p.x * s.up.im + p.y * s.up.re));
  return r;
}
INLINE weyl times_sigmabar(pair_momentum p, weyl s) {
  weyl r;
  r.up = complex_of(p.plus * s.up.re + (p.x * s.down.re + p.y * s.down.im),
                    p.plus * s.up.im + (p.x * s.down.im - p.y * s.down.re));
  r.down = complex_of(p.minus * s.down.re + (p.x * s.up.re - p.y * s.up.im),
                      p.minus * s.down.im + (p.x * s.up.im + p.y * s.up.re));
  return r;
}
INLINE weyl weyl_sum(weyl a, real fa, weyl b, real fb) {
  weyl r;
  r.up = complex_of(a.up.re * fa + b.up.re * fb, a.up.im * fa + b.up.im * fb);
  r.down = complex_of(a.down.re * fa + b.down.re * fb, a.down.im * fa + b.down.im * fb);
  return r;
}
INLINE complex_real conjugate(complex_real a) { return complex_of(a.re, -a.im); }
INLINE complex_real component(weyl s, int i) { return i ? s.down : s.up; }
// a+ b, and the antisymmetric product a_up b_down - a_down b_up.
INLINE complex_real hermitian_product(weyl a, weyl b) {
  return complex_of(a.up.re * b.up.re + a.up.im * b.up.im + (a.down.re * b.down.re + a.down.im * b.down.im),
                    a.up.re * b.up.im - a.up.im * b.up.re + (a.down.re * b.down.im - a.down.im * b.down.re));
}
INLINE complex_real antisymmetric_product(weyl a, weyl b) {
  return complex_of(a.up.re * b.down.re - a.up.im * b.down.im - (a.down.re * b.up.re - a.down.im * b.up.im),
                    a.up.re * b.down.im + a.up.im * b.down.re - (a.down.re * b.up.im + a.down.im * b.up.re));
}
// Component i of (-s_down, s_up).
INLINE complex_real turned(weyl s, int i) {
  return i ? s.up : complex_of(-s.down.re, -s.down.im);
}

// sqrt(p.sigma) and sqrt(p.sigmabar) applied to spin i along z.
INLINE weyl unit_spin(int i) {
  weyl s;
  s.up = complex_of(i ? REAL(0.0) : REAL(1.0), REAL(0.0));
  s.down = complex_of(i ? REAL(1.0) : REAL(0.0), REAL(0.0));
  return s;
}
INLINE weyl left_spinor(pair_momentum p, double mass, int i) {
  const real n = 1.0 / square_root(2.0 * (p.energy + mass));
  return weyl_sum(times_sigma(p, unit_spin(i)), n, unit_spin(i), n * mass);
}
INLINE weyl right_spinor(pair_momentum p, double mass, int i) {
  const real n = 1.0 / square_root(2.0 * (p.energy + mass));
  return weyl_sum(times_sigmabar(p, unit_spin(i)), n, unit_spin(i), n * mass);
}

// What the amplitude needs besides the momenta: s, -t, D_e = (p_mu+k)^2 - m_e^2, D_s = (p_e+ + k)^2 - m_mu^2 and
// D_u = m_mu^2 - (p_e- - k)^2, all positive.
typedef struct {
  pair_momentum positron, muon, phi;
  real s, minus_t, d_e, d_s, d_u;
} pair_point;

// Sum over the spins of |M|^2/(e^4 h^2), the channels weighted.
INLINE real pair_squared(pair_point q, double s_channel, double t_channel) {
  const double me = PORTAL_ELECTRON_MASS, mm = PORTAL_MUON_MASS;
  const real energy = 0.5 * square_root(q.s);
  const real large = square_root(energy + square_root((energy - me) * (energy + me)));  // sqrt(E+p)
  const real small = me / large;
  const real per_s = s_channel * 2.0 / q.s, per_t = t_channel * 2.0 / q.minus_t;  // 2 from Fierz
  const real per_e = 1.0 / q.d_e, per_ds = -1.0 / q.d_s, per_du = -1.0 / q.d_u;  // Q = -(p_e+ + k): its sign in per_ds
  const pair_momentum pair = pair_sum(q.muon, q.phi), other = pair_sum(q.positron, q.phi);

  // Q = p_e- - k.
  const pair_momentum k = q.phi;
  pair_momentum exchanged;
  const real p = large * large - energy;
  exchanged.energy = energy - k.energy;
  exchanged.x = -k.x;
  exchanged.y = -k.y;
  exchanged.z = p - k.z;
  exchanged.plus = large * large - k.plus;
  exchanged.minus = small * small - k.minus;

  real total = REAL(0.0);
  for (int a = 0; a < 2; ++a) {
    const weyl u_left = left_spinor(q.muon, mm, a), u_right = right_spinor(q.muon, mm, a);
    const weyl common = times_sigma(pair, u_right);
    const weyl c_s = weyl_sum(common, per_e, u_left, mm * -per_ds), c_t = weyl_sum(common, per_e, u_left, mm * per_du);
    for (int b = 0; b < 2; ++b) {
      const weyl w_left = left_spinor(q.positron, me, b);
      const weyl r = right_spinor(q.positron, me, b);
      const weyl w_right = weyl_sum(r, REAL(-1.0), r, REAL(0.0));
      const weyl b_s = weyl_sum(w_right, me * per_e, times_sigmabar(other, w_left), per_ds);
      const complex_real on_left = hermitian_product(u_right, w_left), on_right = hermitian_product(c_t, w_right);
      for (int i = 0; i < 2; ++i) {
        const real left = i ? large : small, right = i ? small : large;  // of the electron
        const weyl b_t = weyl_sum(unit_spin(i), me * per_e * right, times_sigmabar(exchanged, unit_spin(i)), per_du * left);
        const complex_real b_right = antisymmetric_product(b_t, w_right);
        const complex_real left_turned = i ? complex_of(-w_left.up.re, -w_left.up.im) : w_left.down;
        for (int j = 0; j < 2; ++j) {
          const real y_left = j ? small : large, y_right = j ? -large : -small;  // of the incoming positron
          const complex_real s1 = complex_multiply(conjugate(turned(u_right, j)), turned(b_s, i));
          const complex_real s2 = complex_multiply(conjugate(component(u_right, i)), component(b_s, j));
          const complex_real s3 = complex_multiply(conjugate(component(c_s, i)), component(w_left, j));
          const complex_real s4 = complex_multiply(conjugate(turned(c_s, j)), turned(w_left, i));
          const complex_real t1 = complex_multiply(conjugate(turned(u_right, j)), b_right);
          const complex_real t2 = complex_multiply(on_left, component(b_t, j));
          const complex_real t4 = complex_multiply(conjugate(turned(c_t, j)), left_turned);
          const real rr = y_right * right, ll = y_left * left, rl = i == j ? y_right * left : REAL(0.0);
          // -1/t = 1/minus_t, hence the sum.
          const real re = per_s * (rr * (s1.re + s3.re) + ll * (s2.re + s4.re)) +
                          per_t * (y_right * t1.re + y_left * t2.re + rl * on_right.re + ll * t4.re);
          const real im = per_s * (rr * (s1.im + s3.im) + ll * (s2.im + s4.im)) +
                          per_t * (y_right * t1.im + y_left * t2.im + rl * on_right.im + ll * t4.im);
          total = total + re * re + im * im;
        }
      }
    }
  }
  return total;
}

#endif
