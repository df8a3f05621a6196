// The constants of the kernels, once; Swift reads them from here too. Units: GeV.
// Masses, widths, branching ratios, cosmology: PDG 2024 (Phys. Rev. D 110, 030001). m_e, m_mu, alpha: CODATA 2022.
#ifndef PORTAL_CONSTANTS_H
#define PORTAL_CONSTANTS_H

#define PORTAL_ELECTRON_MASS 0.51099895069e-3
#define PORTAL_MUON_MASS 0.1056583755
#define PORTAL_ATOMIC_MASS 0.93149410242
#define PORTAL_INVERSE_FINE_STRUCTURE 137.035999177  // 1/alpha
#define PORTAL_FINE_STRUCTURE (1.0 / PORTAL_INVERSE_FINE_STRUCTURE)
#define PORTAL_PICOBARN_GEV2 0.3893793721e9  // (hbar c)^2 [GeV^2 pb]
#define PORTAL_LIGHT_SPEED 2.99792458e10      // [cm/s]
#define PORTAL_HBAR_C 0.1973269804e-15         // [GeV m]
#define PORTAL_HBAR 6.582119569e-25            // [GeV s]
#define PORTAL_PI 3.14159265358979323846
#define PORTAL_LARGEST_COUPLING 3.5449077018110320546  // sqrt(4 pi): perturbation theory is trusted up to here

#define PORTAL_MUON_WIDTH 2.9959836e-19           // hbar / 2.1969811e-6 s
#define PORTAL_PION_MASS 0.13957039               // pi+
#define PORTAL_MICHEL_LOW 0.024                   // positrons of TWIST's fit [GeV]
#define PORTAL_MICHEL_HIGH 0.052
#define PORTAL_MICHEL_WEIGHT_0 -0.476353518351627893   // michel_shift.h, from Tests/ReferenceData/michel.py
#define PORTAL_MICHEL_WEIGHT_1 4.06498042044689379
#define PORTAL_KAON_MASS 0.493677                 // K+
#define PORTAL_KAON_TO_MUON_NEUTRINO 0.6356       // BR(K+ -> mu+ nu)
#define PORTAL_KAON_WINDOW_LOW 0.220              // energies of the electron in the search for K -> e nu nu nubar
#define PORTAL_KAON_WINDOW_HIGH 0.230
#define PORTAL_Z_MASS 91.1876
#define PORTAL_Z_TO_ELECTRONS 0.033632            // BR(Z -> e+ e-)
#define PORTAL_WEAK_MIXING 0.23122                // sin^2 theta_W(m_Z), MS-bar
#define PORTAL_Z_MASS_WINDOW 5.0                  // m_emu > m_Z - this counts as Z -> e mu
#define PORTAL_HIGGS_MASS 125.20
#define PORTAL_HIGGS_WIDTH 4.1e-3                 // of the standard model's Higgs boson, arXiv:1610.07922
#define PORTAL_ELECTROWEAK_SCALE 246.219640239    // v = (sqrt(2) G_F)^(-1/2), G_F = 1.1663788e-5 GeV^-2

#define PORTAL_PLANCK_MASS 1.220890e19            // G^(-1/2)
#define PORTAL_RECOMBINATION_TIME 1e13            // [s]: what decays earlier does not annihilate then
#define PORTAL_ENTROPY_TODAY 2891.2               // s_0 [cm^-3], T_0 = 2.7255 K
#define PORTAL_CRITICAL_DENSITY 1.05371e-5        // rho_c/h^2 [GeV cm^-3]

#endif
