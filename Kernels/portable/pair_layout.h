// Layout of the auxiliary data of the kernels of e+ e- -> e+ mu- phi, which the host fills: cuts on both leptons, in the
// centre of mass and in the laboratory, and what a Monte Carlo needs.
#ifndef PORTAL_PAIR_LAYOUT_H
#define PORTAL_PAIR_LAYOUT_H

#define PORTAL_PAIR_COSINE_LOW 0   // cos of the polar angle in the centre of mass, e- along +z
#define PORTAL_PAIR_COSINE_HIGH 1
#define PORTAL_PAIR_BOOST 2        // velocity of the centre of mass along +z in the laboratory
#define PORTAL_PAIR_LAB_LOW 3      // cos of the polar angle in the laboratory
#define PORTAL_PAIR_LAB_HIGH 4
#define PORTAL_PAIR_TRANSVERSE 5   // least transverse momentum [GeV]
#define PORTAL_PAIR_SAMPLED_LOW 6  // cosines in the centre of mass outside which no positron passes the cuts
#define PORTAL_PAIR_SAMPLED_HIGH 7
#define PORTAL_PAIR_SEED 8         // a 32-bit word
#define PORTAL_PAIR_STREAM 9       // below 2^30
#define PORTAL_PAIR_LENGTH 10

#endif
