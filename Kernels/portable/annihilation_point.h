// One parameter point as the annihilation integrals see it: masses and the width in units of the threshold
// E_min = max(m_1 + m_2, m_e + m_mu), so that sqrt(s) = E_min (1 + v) and z = E_min/T.
#ifndef PORTAL_ANNIHILATION_POINT_H
#define PORTAL_ANNIHILATION_POINT_H

#include "constants.h"
#include "platform.h"
#include "widths.h"

typedef struct {
  real scale;          // E_min [GeV]
  real unit;           // 1/E_min
  real light, heavy;   // the smaller and the larger of m_1, m_2
  real phi, width;     // m_phi and its total width
  real dark_gap;       // 1 - (m_1 + m_2)
  real lepton_gap;     // 1 - (m_e + m_mu)
  real lepton_sum, lepton_difference2, lepton_squares;  // m_mu + m_e, (m_mu - m_e)^2, m_e^2 + m_mu^2
  real pole;           // m_phi - 1: place of the resonance above threshold
  real coupling2;      // (g h)^2; for scalars (g h/E_min)^2
  real dark2;          // g^2; for scalars (g/E_min)^2
} annihilation_point;

// Widths below this fraction of m_phi are not distinguished: keeps a vanishing width finite.
#define PORTAL_NARROWEST_WIDTH 1e-13

INLINE annihilation_point annihilation_point_of(real m_phi, real m_1, real m_2, real h, real g, int scalars) {
  const real sum = m_1 + m_2;
  const real leptons = REAL(PORTAL_MUON_MASS + PORTAL_ELECTRON_MASS);
  const real scale = maximum(sum, leptons), unit = 1.0 / scale;
  const real invisible = scalars ? invisible_width_scalars_per_g2(m_phi, m_1, m_2)
                                 : invisible_width_fermions_per_g2(m_phi, m_1, m_2);
  const real width = square(g) * invisible + square(h) * visible_width_per_h2(m_phi);
  const double difference = PORTAL_MUON_MASS - PORTAL_ELECTRON_MASS;
  const double squares = PORTAL_MUON_MASS * PORTAL_MUON_MASS + PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS;

  annihilation_point q;
  q.scale = scale;
  q.unit = unit;
  // Divided: exactly 1/2 for equal masses above the leptons' threshold.
  q.light = minimum(m_1, m_2) / scale;
  q.heavy = maximum(m_1, m_2) / scale;
  q.phi = m_phi * unit;
  q.width = maximum(width, PORTAL_NARROWEST_WIDTH * m_phi) * unit;
  q.dark_gap = (scale - sum) * unit;
  q.lepton_gap = (scale - leptons) * unit;
  q.lepton_sum = leptons * unit;
  q.lepton_difference2 = (difference * difference) * square(unit);
  q.lepton_squares = squares * square(unit);
  q.pole = (m_phi - scale) * unit;
  q.dark2 = square(scalars ? g * unit : g);
  q.coupling2 = q.dark2 * square(h);
  return q;
}

#endif
