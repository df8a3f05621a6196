// What production l N -> l' N phi depends on besides the point, read from the auxiliary data (production_layout.h).
#ifndef PORTAL_PRODUCTION_PROCESS_H
#define PORTAL_PRODUCTION_PROCESS_H

#include "platform.h"
#include "production_layout.h"

typedef struct {
  double m_in, m_out, nucleus;
  double e_plus, e_minus;
  double charge, screening, nuclear_size, inelastic_screening;
  double lowest_recoil, highest_recoil, largest_versine;
} production_process;

INLINE production_process process_of(AUXILIARY aux) {
  production_process process;
  process.m_in = aux[PORTAL_PROCESS_LEPTON_IN];
  process.m_out = aux[PORTAL_PROCESS_LEPTON_OUT];
  process.nucleus = aux[PORTAL_PROCESS_NUCLEUS];
  process.e_plus = aux[PORTAL_PROCESS_COUPLING_PLUS];
  process.e_minus = aux[PORTAL_PROCESS_COUPLING_MINUS];
  process.charge = aux[PORTAL_PROCESS_CHARGE];
  process.screening = aux[PORTAL_PROCESS_SCREENING];
  process.nuclear_size = aux[PORTAL_PROCESS_NUCLEAR_SIZE];
  process.inelastic_screening = aux[PORTAL_PROCESS_INELASTIC_SCREENING];
  process.lowest_recoil = aux[PORTAL_PROCESS_LOWEST_RECOIL];
  process.highest_recoil = aux[PORTAL_PROCESS_HIGHEST_RECOIL];
  process.largest_versine = aux[PORTAL_PROCESS_LARGEST_VERSINE];
  return process;
}

// A quadrature rule on [0, 1].
typedef struct {
  int count;
  AUXILIARY nodes;
  AUXILIARY weights;
} quadrature_rule;

INLINE quadrature_rule rule_at(AUXILIARY place) {
  quadrature_rule rule;
  rule.count = (int)place[0];
  rule.nodes = place + 1;
  rule.weights = rule.nodes + rule.count;
  return rule;
}

// The rule that is stored after another one.
INLINE quadrature_rule rule_after(quadrature_rule rule) { return rule_at(rule.weights + rule.count); }

#endif
