// The run-time data that the relic-density kernels share: what does not depend on the point, tabulated once.
//
// One array of doubles: a header, then
//   v records    relative energies above threshold, sqrt(s) = E_min (1 + v_j), v_j in geometric progression:
//                v_j, 1/(1+v_j), (1+v_j)^(-1/2)
//   z records    per inverse temperature z = E_min/T: z, ln z, d ln z/d node, first v node of the band, first coarse
//                node, functions of z, interpolation weights, then the band of step K1((1+v_j) z) e^z
//   coarse z     zeta_m with the ratio of the v nodes, so that v_j zeta_m depends on n = j + m only; then these
//                products for n = coarse_count - 1, ...
//   freedom      h_eff, g_*^(1/2) at uniform steps of ln T
#ifndef PORTAL_RELIC_TABLES_H
#define PORTAL_RELIC_TABLES_H

enum {
  relic_z_count,        // number of z records, 8 n + 1
  relic_v_count,        // number of v nodes
  relic_band,           // v nodes per z, a multiple of 4
  relic_coarse_count,   // number of coarse z
  relic_coarse_band,    // v nodes per coarse z; v_count = coarse_band + coarse_count - 1
  relic_step,           // spacing of ln v and of the coarse ln z
  relic_v_at,           // where the parts start
  relic_z_at,
  relic_coarse_at,
  relic_freedom_at,
  relic_freedom_count,
  relic_freedom_first,         // ln(T/GeV) of the first entry
  relic_freedom_inverse_step,  // entries per unit of ln T
  relic_phi_pairs,             // 1: annihilation to phi phi* included, 0: e-mu channel only
  relic_shared_at,             // where averages shared by the couplings start (shared_rows.h); 0: none
  relic_header_length = 16
};

// The bands begin at this v z.
#define PORTAL_RELIC_BAND_FROM 3e-5
#define PORTAL_RELIC_MOST_V 160
#define PORTAL_RELIC_MOST_COARSE 72
#define PORTAL_RELIC_V_RECORD 3
#define PORTAL_RELIC_STENCIL 6

// Fields of a z record.
enum {
  relic_record_z,
  relic_record_log_z,
  relic_record_spacing,
  relic_record_band_first,
  relic_record_coarse_first,
  relic_record_inverse_z,
  relic_record_root_inverse_z,
  relic_record_weight,       // species_densities.h at m_1 = m_2 = E_min/2
  relic_record_inverse2,
  relic_record_suppression,
  relic_record_stencil,
  relic_record_band = relic_record_stencil + PORTAL_RELIC_STENCIL
};

#endif
