// When a point freezes out: the nodes of the z grid between which its Boltzmann equation has to be solved.
//
// It starts where Y still is Y_eq: L Y_eq per node interval exceeds PORTAL_WINDOW_START, so that what is wrong there has died
// out by e^-15 and more at freeze-out. It ends where Y_eq does not matter any more: L Y_eq per e-fold is below
// PORTAL_WINDOW_END x^2 at all later nodes. Y_eq/Y is then about L Y_eq/x (or, where annihilation stops early and x is small,
// L Y_eq/(L Y)), 1e-3 or less, and enters squared. After it 1/Y grows by Int L dln z, which takes far fewer nodes.
// Both ends are multiples of 8 nodes.
#ifndef PORTAL_RELIC_WINDOW_H
#define PORTAL_RELIC_WINDOW_H

#include "relic_shared.h"

#define PORTAL_WINDOW_START 2.0
#define PORTAL_WINDOW_END 4e-5
// Below this temperature [GeV] g_* is smooth on the scale of 4 nodes; above there is the QCD transition.
#define PORTAL_SMOOTH_BELOW 0.02

// Int L dln z beyond a node, panel by panel of 8 nodes towards higher temperatures, by Simpson's rule: with steps of 4
// nodes where g_* is smooth, else of 1.
typedef struct {
  real first, middle, quarters, odd;  // L d ln z/d node where the panel begins, in its middle; sums at other places
  real sum, coarse;                   // the integral, and an estimate of it from less
} tail_integral;

INLINE tail_integral tail_begun(real growth) {
  tail_integral t;
  t.first = growth;
  t.middle = t.quarters = t.odd = t.sum = t.coarse = REAL(0.0);
  return t;
}

INLINE tail_integral tail_with(tail_integral t, real growth, int k, mask smooth) {
  if (k % 8 == 4) t.middle = growth;
  if (k % 4 == 2) t.quarters = t.quarters + growth;
  if (k % 2 == 1) t.odd = t.odd + growth;
  if (k % 8 == 0) {
    const real ends = t.first + growth;
    const real trapezoid = 2.0 * fused(2.0, t.middle, ends);
    const real by_4 = (8.0 / 6.0) * fused(4.0, t.middle, ends);
    const real by_2 = (8.0 / 12.0) * fused(2.0, t.middle, fused(4.0, t.quarters, ends));
    const real by_1 = (8.0 / 24.0) * fused(2.0, t.middle + t.quarters, fused(4.0, t.odd, ends));
    t.sum = t.sum + (smooth ? by_4 : by_1);
    t.coarse = t.coarse + (smooth ? by_4 + (by_4 - trapezoid) * (1.0 / 16.0) : by_2);
    t.first = growth;
    t.quarters = t.odd = REAL(0.0);
  }
  return t;
}

typedef struct {
  real start, end;       // first and last node
  int first, last;       // the same for all lanes together
  tail_integral tail;    // beyond the end
  real most_frequent;    // largest L Y_eq met
  real last_rate;        // L where annihilation is followed to
  mask searching, late;  // the start has not been found; no node of the window yet
} relic_window;

// The last node has E_min/T = 2 last_x. Where E_min is more than twice the mass, annihilation goes on from there to
// m/T = last_x, and L falls as a power of T.
typedef struct {
  mask goes_on;
  real growth, rate;  // Int L dln z after the last node; L at the end, where it goes on
} last_stretch;

INLINE last_stretch last_stretch_of(annihilation_point point, effective_averages averages, AUXILIARY aux) {
  const int top = (int)aux[relic_z_count] - 1;
  last_stretch s;
  const real part = 2.0 * point.light;
  s.rate = s.growth = REAL(0.0);
  s.goes_on = part < 1.0;
  if (!any_lane(s.goes_on)) return s;
  s.rate = boltzmann_terms_at(averages, top, aux).rate;
  const real before = boltzmann_terms_at(averages, top - 8, aux).rate;
  const double step = relic_record(aux, top)[relic_record_log_z] - relic_record(aux, top - 8)[relic_record_log_z];
  const real steepness = logarithm(maximum(before, REAL(1e-300)) / maximum(s.rate, REAL(1e-300))) * (1.0 / step);
  const real power = minimum(maximum(steepness, REAL(0.1)), REAL(4.0));
  const real fall = exponential(power * logarithm(part));
  s.growth = s.goes_on ? s.rate * (1.0 - fall) / power : s.growth;
  s.rate = s.rate * fall;
  return s;
}

INLINE relic_window window_begun(int top, last_stretch after) {
  relic_window w;
  w.first = w.last = top;
  w.end = REAL((double)top);
  w.start = w.most_frequent = w.last_rate = REAL(0.0);
  w.tail = tail_begun(REAL(0.0));
  w.tail.sum = w.tail.coarse = after.growth;
  w.searching = w.late = w.start < 1.0;
  return w;
}

// Moves the ends to node k, a multiple of 8 below those that have been looked at.
INLINE relic_window window_moved(relic_window w, int k, real x, boltzmann_terms terms, real spacing, tail_integral tail) {
  const real frequency = terms.rate * terms.equilibrium, node = REAL((double)k);
  w.most_frequent = maximum(w.most_frequent, w.searching ? frequency : REAL(0.0));
  w.late = w.late & (frequency < PORTAL_WINDOW_END * square(x));
  w.end = w.late ? node : w.end;
  w.tail.sum = w.late ? tail.sum : w.tail.sum;
  w.tail.coarse = w.late ? tail.coarse : w.tail.coarse;
  if (!any_lane(none_of(w.late))) w.last = k;
  const mask found = w.searching & (terms.equilibrium * (terms.rate * spacing) > PORTAL_WINDOW_START);
  w.start = found ? node : w.start;
  w.searching = w.searching & none_of(found);
  w.first = k;
  return w;
}

INLINE relic_window single_window_of(annihilation_point point, single_average average, last_stretch after, AUXILIARY aux) {
  const int top = (int)aux[relic_z_count] - 1;
  relic_window w = window_begun(top, after);
  tail_integral tail = w.tail;
  mask smooth = w.late;
  for (int k = top, stride = 8; k >= 0 && any_lane(w.searching); k -= stride) {
    AUXILIARY record = relic_record(aux, k);
    const boltzmann_terms terms = single_terms(average, k, aux);
    const real growth = terms.rate * record[relic_record_spacing];
    if (k == top)
      tail.first = growth;
    else
      tail = tail_with(tail, growth, k, smooth);
    if (k % 8 != 0) continue;
    if (k == top) w.last_rate = after.goes_on ? after.rate : terms.rate;
    w = window_moved(w, k, point.light * record[relic_record_z], terms, REAL(record[relic_record_spacing]), tail);
    // What the next panel needs.
    smooth = point.scale < PORTAL_SMOOTH_BELOW * relic_record(aux, k < 8 ? 0 : k - 8)[relic_record_z];
    stride = any_lane(w.late & none_of(smooth)) ? 1 : 4;
    if (!any_lane(w.late)) stride = 8;
  }
  return w;
}

// The same where the integrals are tabulated.
INLINE relic_window shared_window_of(annihilation_point point, shared_average average, last_stretch after, AUXILIARY aux) {
  const int top = (int)aux[relic_z_count] - 1;
  relic_window w = window_begun(top, after);
  tail_integral tail = w.tail;
  for (int k = top; k >= 0 && any_lane(w.searching); k -= 8) {
    AUXILIARY record = relic_record(aux, k);
    if (any_lane(w.late)) tail.sum = tail.coarse = shared_tail(average, k, aux) + after.growth;
    const boltzmann_terms terms = shared_terms(average, k);
    if (k == top) w.last_rate = after.goes_on ? after.rate : terms.rate;
    w = window_moved(w, k, point.light * record[relic_record_z], terms, REAL(record[relic_record_spacing]), tail);
  }
  return w;
}

INLINE relic_window relic_window_of(annihilation_point point, effective_averages averages, AUXILIARY aux) {
  const last_stretch after = last_stretch_of(point, averages, aux);
  return averages.is_shared ? shared_window_of(point, averages.shared, after, aux)
                            : single_window_of(point, averages.single, after, aux);
}

#endif
