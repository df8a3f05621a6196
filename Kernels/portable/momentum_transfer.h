// The variable z in which the integrand over the momentum transfer T is smooth.
//
// A^2 - B^2 of production_amplitude.h is c2 T T_0 [4 sinh^2((L-L_0)/2) + kappa], L = ln T: at large angles the averaged
// amplitude peaks where phi and l' are collinear, symmetrically in ln T around T_0 = sqrt(c0/c2), with width sqrt(kappa).
//
//   2 sinh((L-L_0)/2) = sqrt(kappa) sinh z,    kappa = (c1 + 2 sqrt(c0 c2))/sqrt(c0 c2)
//
// flattens the peak and is logarithmic away from it. kappa is capped at 4, where the map is z = (L-L_0)/2.
#ifndef PORTAL_MOMENTUM_TRANSFER_H
#define PORTAL_MOMENTUM_TRANSFER_H

#include "exponential.h"
#include "logarithm.h"
#include "platform.h"
#include "production_amplitude.h"

typedef struct {
  real center, width;  // T_0, sqrt(kappa)
  real z_low, length;  // z(T_min), z(T_max) - z(T_min)
} transfer_map;

// asinh(x), absolute error below 3e-16 (1 + |asinh x|).
INLINE real inverse_sinh(real x) {
  const real size = absolute(x);
  const real value = logarithm(size + square_root(1.0 + square(size)));
  return x < 0.0 ? -value : value;
}

INLINE real transfer_coordinate(real center, real width, real t) {
  const real ratio = square_root(t / center);
  return inverse_sinh((ratio - 1.0 / ratio) / width);
}

INLINE transfer_map transfer_map_of(const production_point x, const production_line line) {
  const real root_c0 = x.u * x.p / x.v_length;
  const real c1 = 2.0 * (1.0 + line.excess) * x.u * line.slope - line.azimuth * (x.t_min + x.t_max);
  const real root_c2 = square_root(square(line.slope) + line.azimuth);
  const real mixed = root_c0 * root_c2;
  transfer_map map;
  map.center = root_c0 / root_c2;
  map.width = square_root(minimum(maximum((c1 + 2.0 * mixed) / mixed, REAL(1e-12)), REAL(4.0)));
  map.z_low = transfer_coordinate(map.center, map.width, x.t_min);
  map.length = transfer_coordinate(map.center, map.width, x.t_max) - map.z_low;
  return map;
}

typedef struct {
  real t, log_jacobian;  // T, d ln T/du
} transfer_node;

// u in [0, 1] -> T in [T_min, T_max].
INLINE transfer_node transfer_at(const transfer_map map, real u) {
  const real e = exponential(fused(map.length, u, map.z_low)), inverse = 1.0 / e;
  const real half_sinh = 0.25 * map.width * (e - inverse);  // sinh((L-L_0)/2)
  const real half_cosh = square_root(1.0 + square(half_sinh));
  const real grown = square(absolute(half_sinh) + half_cosh);
  transfer_node node;
  node.t = map.center * (half_sinh < 0.0 ? 1.0 / grown : grown);
  node.log_jacobian = 0.5 * map.width * (e + inverse) / half_cosh * map.length;
  return node;
}

#endif
