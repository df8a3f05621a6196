// Integrals of the double-differential cross section by Gauss-Legendre quadrature, refined until two consecutive levels
// agree: dsigma/dx over theta, and sigma over x and theta (docs/production.md).
//
//   sigma = Int du (dx/du) Int dv (dcos theta/dv) d2sigma/(dx dcos theta),  u, v in [0, 1] by production_maps.h
#ifndef PORTAL_PRODUCTION_INTEGRALS_H
#define PORTAL_PRODUCTION_INTEGRALS_H

#include "production_cross_section.h"
#include "production_maps.h"
#include "weizsaecker_williams.h"

// What is integrated.
#define PORTAL_EXACT 0
#define PORTAL_WW 1
#define PORTAL_IMPROVED_WW 2

// dsigma/dx [pb] at w = E - E_phi with given rules.
INLINE real exact_differential(const production_process process, real energy, real m_phi, real w,
                               const quadrature_rule polar, const quadrature_rule transfer) {
  const production_point forward = forward_point(process, energy, m_phi, w);
  const real largest = largest_versine(process, forward), scale = 2.0 * forward.p * forward.k;
  real sum = REAL(0.0);
  for (int i = 0; i < polar.count; ++i) {
    const mapped angle = smooth_propagator_map(forward.forward_u, scale, largest, REAL(polar.nodes[i]));
    const production_point point = at_angle(process, forward, angle.value);
    const real value = double_differential(process, point, transfer) * angle.jacobian;
    sum = fused(point.allowed ? value : REAL(0.0), REAL(polar.weights[i]), sum);
  }
  return sum;
}

INLINE real differential(const production_process process, real energy, real m_phi, real w,
                         const quadrature_rule polar, const quadrature_rule transfer, int method) {
  if (method == PORTAL_EXACT) return exact_differential(process, energy, m_phi, w, polar, transfer);
  return ww_differential(process, energy, m_phi, w, method == PORTAL_IMPROVED_WW, polar, transfer);
}

// Limits of w inside phase space and cuts.
INLINE recoil_range allowed_recoil(const production_process process, real energy, real m_phi, int method) {
  return within_cuts(process, method == PORTAL_EXACT ? recoil_range_of(process, energy, m_phi)
                                                     : ww_recoil_range_of(process, energy, m_phi));
}

// sigma [pb] with given rules.
INLINE real total(const production_process process, real energy, real m_phi, const recoil_range range,
                  const quadrature_rule recoil, const quadrature_rule polar, const quadrature_rule transfer,
                  int method) {
  real sum = REAL(0.0);
  for (int i = 0; i < recoil.count; ++i) {
    const mapped node = recoil_map(energy, range.low, range.high, REAL(recoil.nodes[i]));
    const real value = differential(process, energy, m_phi, node.value, polar, transfer, method);
    sum = fused(value * node.jacobian, REAL(recoil.weights[i]), sum);
  }
  return sum;
}

typedef struct {
  real value;           // [pb]
  real relative_error;  // change from the level before; infinite where no number came out
  real evaluations;     // of the squared amplitude, all levels together
  mask open;            // not yet accurate
} refined;

// Before the first level: everything is still to be done where the process is open.
INLINE refined unrefined(mask open) {
  refined estimate;
  estimate.value = REAL(0.0);
  estimate.relative_error = REAL(0.0);
  estimate.evaluations = REAL(0.0);
  estimate.open = open;
  return estimate;
}

// Takes the value of the next level where refinement goes on.
INLINE refined refined_by(refined estimate, real value, int evaluations, real tolerance) {
  const real change = absolute(value - estimate.value) / value;
  const real known = change == change ? change : infinity();
  const real error = value > 0.0 ? known : (value <= 0.0 ? REAL(0.0) : infinity());
  const mask open = estimate.open;
  estimate.value = open ? value : estimate.value;
  estimate.relative_error = open ? error : estimate.relative_error;
  estimate.evaluations = estimate.evaluations + (open ? REAL(evaluations) : REAL(0.0));
  estimate.open = open & (estimate.relative_error > tolerance);
  return estimate;
}

// dsigma/dx at w, to the tolerance of aux.
INLINE refined refined_differential(const production_process process, real energy, real m_phi, real w, AUXILIARY aux,
                                    int method) {
  const recoil_range range = allowed_recoil(process, energy, m_phi, method);
  refined estimate = unrefined(range.open & (w > range.low) & (w < range.high));
  AUXILIARY place = aux + PORTAL_PROCESS_RULES;
  for (int level = 0; level < (int)aux[PORTAL_PROCESS_LEVELS]; ++level) {
    const quadrature_rule polar = rule_after(rule_at(place)), transfer = rule_after(polar);
    if (any_lane(estimate.open))
      estimate = refined_by(estimate, differential(process, energy, m_phi, w, polar, transfer, method),
                            polar.count * transfer.count, REAL(aux[PORTAL_PROCESS_TOLERANCE]));
    place = transfer.weights + transfer.count;
  }
  return estimate;
}

// sigma to the tolerance of aux.
INLINE refined refined_total(const production_process process, real energy, real m_phi, AUXILIARY aux, int method) {
  const recoil_range range = allowed_recoil(process, energy, m_phi, method);
  refined estimate = unrefined(range.open);
  AUXILIARY place = aux + PORTAL_PROCESS_RULES;
  for (int level = 0; level < (int)aux[PORTAL_PROCESS_LEVELS]; ++level) {
    const quadrature_rule recoil = rule_at(place), polar = rule_after(recoil), transfer = rule_after(polar);
    if (any_lane(estimate.open))
      estimate = refined_by(estimate, total(process, energy, m_phi, range, recoil, polar, transfer, method),
                            recoil.count * polar.count * transfer.count, REAL(aux[PORTAL_PROCESS_TOLERANCE]));
    place = transfer.weights + transfer.count;
  }
  return estimate;
}

#endif
