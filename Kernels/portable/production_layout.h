// Layout of the production kernels' auxiliary data, which the host fills: the leptons, the couplings, the nucleus, the
// cuts, what a Monte Carlo needs, and quadrature rules on [0, 1].
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
#define PORTAL_PROCESS_LOWEST_RECOIL 9        // cuts: smallest and largest w = E - E_phi [GeV]
#define PORTAL_PROCESS_HIGHEST_RECOIL 10
#define PORTAL_PROCESS_LARGEST_VERSINE 11     // cut: largest 1 - cos theta
#define PORTAL_PROCESS_TOLERANCE 12           // quadrature: relative accuracy at which refinement ends
#define PORTAL_PROCESS_LEVELS 13              // quadrature: number of levels
#define PORTAL_PROCESS_SEED 14                // Monte Carlo: a 32-bit word
#define PORTAL_PROCESS_STREAM 15              // Monte Carlo: below 2^30
#define PORTAL_PROCESS_STRATA 16              // Monte Carlo: number of strata of w
#define PORTAL_PROCESS_TILES 17               // Monte Carlo: tiles per stratum
#define PORTAL_PROCESS_VARIABLE 18            // histogram: number of the variable
#define PORTAL_PROCESS_EDGES 19               // histogram: bin edges; events: edges of the strata
#define PORTAL_HISTOGRAM_BINS 24
#define PORTAL_MOST_EDGES 65
// Rules, one after the other, each as its number of nodes, the nodes, the weights. Per level of the quadrature one for x,
// one for theta, one for T; where there are no levels, one for T, or for the Monte Carlo's profile one for theta, one for T.
#define PORTAL_PROCESS_RULES (PORTAL_PROCESS_EDGES + PORTAL_MOST_EDGES)

#define PORTAL_TILE_SAMPLES 1024  // samples per Monte Carlo tile

#endif
