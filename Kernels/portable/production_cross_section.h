// Cross sections of l N -> l' N phi at tree level, exact in the lepton tensor; Gninenko, Krasnikov (arXiv:2202.04410)
// eqs. (22), (23) with docs/production.md's formulas. Units: pb per unit of the couplings e_plus, e_minus.
//
//   d2sigma/(dx dcos theta) = alpha^2 E |k| / (64 pi M^2 |p| V) Int dT Z^2 F^2(T)/T^2 <A2>
#ifndef PORTAL_PRODUCTION_CROSS_SECTION_H
#define PORTAL_PRODUCTION_CROSS_SECTION_H

#include "constants.h"
#include "form_factor.h"
#include "momentum_transfer.h"
#include "platform.h"
#include "production_amplitude.h"

// alpha^2 E |k| / (64 pi M^2 |p| V) (hbar c)^2
INLINE real production_flux(const production_process process, const production_point x) {
  const double factor = PORTAL_FINE_STRUCTURE * PORTAL_FINE_STRUCTURE * PORTAL_PICOBARN_GEV2 /
                          (64.0 * PORTAL_PI * process.nucleus * process.nucleus);
  return factor * x.energy * x.k / (x.p * x.v_length);
}

// d2sigma/(dx dcos theta); 0 outside phase space.
INLINE real double_differential(const production_process process, const production_point x,
                                const quadrature_rule rule) {
  if (!any_lane(x.allowed)) return REAL(0.0);
  const production_line line = lepton_line(process, x);
  const transfer_map map = transfer_map_of(x, line);
  real sum = REAL(0.0);
  for (int i = 0; i < rule.count; ++i) {
    const transfer_node node = transfer_at(map, REAL(rule.nodes[i]));
    const real integrand = form_factor(process, node.t) * azimuth_averaged_a2(process, x, line, node.t) / node.t;
    sum = fused(integrand * node.log_jacobian, REAL(rule.weights[i]), sum);
  }
  return x.allowed ? production_flux(process, x) * sum : REAL(0.0);
}

#endif
