// Layout of the production kernels' auxiliary data, which the host fills: the leptons, the couplings, the nucleus, what a
// Monte Carlo needs, and the quadrature rule of the momentum transfer on [0, 1].
#ifndef PORTAL_PRODUCTION_LAYOUT_H
#define PORTAL_PRODUCTION_LAYOUT_H

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
#define PORTAL_PROCESS_SEED 10                // Monte Carlo: a 32-bit word
#define PORTAL_PROCESS_STREAM 11              // Monte Carlo: below 2^30
#define PORTAL_PROCESS_VARIABLE 12            // histogram: number of the variable
#define PORTAL_PROCESS_EDGES 13               // histogram: bin edges
#define PORTAL_HISTOGRAM_BINS 24
#define PORTAL_PROCESS_RULE (PORTAL_PROCESS_EDGES + PORTAL_HISTOGRAM_BINS + 1)  // nodes, then weights

#define PORTAL_TILE_SAMPLES 1024  // samples per Monte Carlo tile

#endif
