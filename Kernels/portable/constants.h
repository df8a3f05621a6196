// The constants of the kernels, once; Swift reads them from here too. Units: GeV.
// Masses and couplings: PDG 2024 / CODATA 2022.
#ifndef PORTAL_CONSTANTS_H
#define PORTAL_CONSTANTS_H

#define PORTAL_ELECTRON_MASS 0.51099895069e-3
#define PORTAL_MUON_MASS 0.1056583755
#define PORTAL_ATOMIC_MASS 0.93149410242
#define PORTAL_FINE_STRUCTURE (1.0 / 137.035999177)
#define PORTAL_PICOBARN_GEV2 0.3893793721e9  // (hbar c)^2 [GeV^2 pb]
#define PORTAL_PI 3.14159265358979323846

#endif
