// A map of (0, 1) onto an interval that makes an integrand smooth at the interval's first end, where it has a square
// root, a nearby pole or both:
//
//   D = sigma sinh^2(y),  0 <= y <= Y,  D the distance from that end, D(Y) = length
//
// It turns sqrt(D (D + sigma)) into sigma sinh(y) cosh(y), and it keeps singularities at D = -sigma exp(i a), |a| < pi,
// away from the real axis however small sigma is: what happens at the scale sigma gets as many nodes as what happens at
// the scale of the interval. Distances are measured from the end, so they keep full relative accuracy.
#ifndef PORTAL_ENDPOINT_MAP_H
#define PORTAL_ENDPOINT_MAP_H

#include "exponential.h"
#include "logarithm.h"
#include "platform.h"

typedef struct {
  real sigma, upper;  // the scale and Y
} endpoint_map;

// length > 0: the interval; scale >= 0: the smallest distance over which the integrand changes at its end. Kept between
// 1e-30 length, so that Y stays finite, and length, so that sinh never cancels.
INLINE endpoint_map endpoint_map_of(real length, real scale) {
  endpoint_map map;
  map.sigma = minimum(maximum(scale, 1e-30 * length), length);
  const real ratio = length / map.sigma;
  map.upper = logarithm(square_root(ratio) + square_root(1.0 + ratio));
  return map;
}

typedef struct {
  real distance;  // D
  real jacobian;  // dD/dt
} endpoint_node;

// At t of the piece begin < y < end of the map; (0, upper) is all of it.
INLINE endpoint_node endpoint_node_at(endpoint_map map, real begin, real end, double t) {
  const real e = exponential(fused(end - begin, t, begin));
  const real inverse = 1.0 / e;
  const real sinh = 0.5 * (e - inverse), cosh = 0.5 * (e + inverse);
  endpoint_node node;
  node.distance = map.sigma * square(sinh);
  node.jacobian = 2.0 * (end - begin) * map.sigma * sinh * cosh;
  return node;
}

#endif
