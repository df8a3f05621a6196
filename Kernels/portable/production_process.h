// What production l N -> l' N phi depends on besides the point, read from the auxiliary data (production_layout.h).
#ifndef PORTAL_PRODUCTION_PROCESS_H
#define PORTAL_PRODUCTION_PROCESS_H

#include "platform.h"
#include "production_layout.h"

typedef struct {
  double m_in, m_out, nucleus;
  double e_plus, e_minus;
  double charge, screening, nuclear_size, inelastic_screening;
  int nodes;
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
  process.nodes = (int)aux[PORTAL_PROCESS_NODES];
  return process;
}

#endif
