// The constants of the kernels, once; Swift reads them from here too. Units: GeV.
// Masses: PDG 2024 / CODATA 2022.
#ifndef PORTAL_CONSTANTS_H
#define PORTAL_CONSTANTS_H

#define PORTAL_ELECTRON_MASS 0.51099895069e-3
#define PORTAL_MUON_MASS 0.1056583755
#define PORTAL_PI 3.14159265358979323846

#endif
