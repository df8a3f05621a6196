// What production l N -> l' N phi depends on besides the point: the leptons, the couplings, the nucleus and the
// quadrature rule. The host lays it out in the auxiliary data in this order, then the nodes on [0, 1], then their
// weights.
#ifndef PORTAL_PRODUCTION_PROCESS_H
#define PORTAL_PRODUCTION_PROCESS_H

#include "platform.h"

#define PORTAL_PROCESS_LEPTON_IN 0            // m_i [GeV]
#define PORTAL_PROCESS_LEPTON_OUT 1           // m_f [GeV]
#define PORTAL_PROCESS_NUCLEUS 2              // M [GeV]
#define PORTAL_PROCESS_COUPLING_PLUS 3        // e_plus = C_S^2 + C_P^2
#define PORTAL_PROCESS_COUPLING_MINUS 4       // e_minus = C_S^2 - C_P^2
#define PORTAL_PROCESS_CHARGE 5               // Z
#define PORTAL_PROCESS_SCREENING 6            // a [1/GeV^2]
#define PORTAL_PROCESS_NUCLEAR_SIZE 7         // d [GeV^2]
#define PORTAL_PROCESS_INELASTIC_SCREENING 8  // a' [1/GeV^2]; 0: elastic form factor only
#define PORTAL_PROCESS_NODES 9                // number of nodes of the momentum-transfer integral
#define PORTAL_PROCESS_RULE 10                // nodes, then weights

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
