// Signal events of an experiment, from tables of its yield and efficiency.
//
//   s = ln[ (m_phi - m_0)/(1 - m_phi/m_max) ]   m_max: the heaviest phi that the beam produces inside the cuts
//
// ln(events) is a Chebyshev series in s on each of equally wide panels: m_0 = m_i - m_f, or 0 if that is negative, is where
// l -> l' phi opens and production has its pole; s is ln(m_phi - m_0) far below m_max, and makes a power of (m_max - m_phi)
// linear close to it. Beyond the largest s the result is 0. The efficiency is linear in ln m_phi between
// the entries of a table and constant beyond them.
#ifndef PORTAL_SIGNAL_EVENTS_H
#define PORTAL_SIGNAL_EVENTS_H

#include "exponential.h"
#include "logarithm.h"
#include "platform.h"
#include "signal_layout.h"
#include "whole_numbers.h"

// Sum of c_k T_k(x), Clenshaw; the series of each lane begins at table[start].
INLINE real chebyshev_series(AUXILIARY table, bits start, int count, real x) {
  const real twice = 2.0 * x;
  real b1 = REAL(0.0), b2 = REAL(0.0);
  for (int k = count - 1; k > 0; --k) {
    const real b = fused(twice, b1, gather(table, start + BITS(k)) - b2);
    b2 = b1;
    b1 = b;
  }
  return fused(x, b1, gather(table, start) - b2);
}

// Piecewise linear in ln m between entries: logarithms of the masses, then values.
INLINE real tabulated_efficiency(AUXILIARY table, int count, real log_mass) {
  real value = REAL(table[count]);
  for (int i = 1; i < count; ++i) {
    const double from = table[i - 1], to = table[i], low = table[count + i - 1], high = table[count + i];
    const real inside = fused((log_mass - from) / (to - from), REAL(high - low), REAL(low));
    value = log_mass > from ? (log_mass < to ? inside : REAL(high)) : value;
  }
  return value;
}

INLINE real signal_events(real m_phi, AUXILIARY aux) {
  const int panels = (int)aux[PORTAL_SIGNAL_PANELS], terms = (int)aux[PORTAL_SIGNAL_TERMS];
  const double m_max = aux[PORTAL_SIGNAL_MASS_MAX], m_0 = aux[PORTAL_SIGNAL_MASS_MIN];
  const real room = 1.0 - m_phi / (m_max > 0.0 ? m_max : 1.0);
  const real above = maximum(m_phi - m_0, REAL(1e-300));
  const real s = logarithm(above / (room > 0.0 ? room : REAL(1.0)));
  const mask open = (room > 0.0) & (s <= aux[PORTAL_SIGNAL_LARGEST]) & (m_phi > 0.0) & (REAL(m_max) > 0.0);
  const real position = (s - aux[PORTAL_SIGNAL_FIRST]) * aux[PORTAL_SIGNAL_PER_WIDTH];
  const mask tabulated = open & (position >= 0.0) & (position <= (double)panels);
  const real panel = minimum(whole_part(tabulated ? maximum(position, REAL(0.0)) : REAL(0.0)), REAL(panels - 1.0));
  const real lower = maximum(panel, REAL(0.0));
  const bits start = index_of_whole(lower * (double)terms + (double)PORTAL_SIGNAL_SERIES);
  const real x = 2.0 * ((tabulated ? position : REAL(0.5)) - lower) - 1.0;
  const real log_events = chebyshev_series(aux, start, terms, x);
  const real efficiency =
      tabulated_efficiency(aux + PORTAL_SIGNAL_SERIES + panels * terms, (int)aux[PORTAL_SIGNAL_EFFICIENCIES], logarithm(m_phi));
  const real events = exponential(log_events) * efficiency * aux[PORTAL_SIGNAL_PARTICLES];
  // Below the tabulated masses there is no answer.
  return open ? (tabulated ? events : not_a_number()) : REAL(0.0);
}

#endif
