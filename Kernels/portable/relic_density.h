// The Boltzmann equation for Y = n/s of all four dark species together,
//
//   dY/dln z = -L (Y^2 - Y_eq^2),   L = sqrt(pi/45) M_Pl T g_*^(1/2) <sigma_eff v>,
//   Y_eq = 45 d W e^(-x_1)/(4 pi^4 h_eff),   d = 4 (fermions), 2 (complex scalars).
//
// Before freeze-out Y is Y_eq; long after, 1/Y grows by Int L dln z. Only in a window between is there something to
// solve, and every point has its own (relic_window.h). At every node there, L and Y_eq held fixed, the equation is
// solved over the node's interval (an exact Riccati step up to O(step^7)); the composition is symmetric in time, so its
// error is even in the step, and the results of steps 1, 2, 4 (in one pass) are extrapolated. Stable for any stiffness.
#ifndef PORTAL_RELIC_DENSITY_H
#define PORTAL_RELIC_DENSITY_H

#include "relic_window.h"

// Freeze-out: where Y = 2.5 Y_eq.
#define PORTAL_FREEZE_OUT_RATIO 2.5

typedef struct {
  real abundance;       // Y today
  real spread;          // relative difference from a coarser calculation, plus what is left to annihilate and, where Y has
                        // hardly been Y_eq at the first node, what is left of that
  real z_freeze_out;    // E_min/T at Y = 2.5 Y_eq
  real average;         // <sigma_eff v> there
  real most_frequent;   // largest L Y_eq met: annihilations per particle and e-fold
} freeze_out;

// Y after ln z has advanced by `advance` at fixed L and Y_eq: with w = L Y_eq advance, r = Y/Y_eq,
// r -> (r + tanh w)/(1 + r tanh w), and tanh^2 w = w^2 P/(1 + w^2 P), P = 1 + w^2/3 + 2 w^4/45 + O(w^6).
INLINE real relaxed(real abundance, real rate_advance, real equilibrium) {
  const real w = minimum(rate_advance * equilibrium, REAL(1e20));
  const real w2 = w * w;
  const real p = fused(w2, fused(w2, 2.0 / 45.0, 1.0 / 3.0), 1.0), q = fused(w2, p, 1.0);
  // q times tanh(w)/Y_eq, so that one division is enough.
  const real t = rate_advance * square_root(p * q);
  return fused(equilibrium * equilibrium, t, abundance * q) / fused(abundance, t, q);
}

// 1/Y at the end of the window from the steps 1 and 2 (or 2 and 4), both second order.
INLINE real extrapolated_inverse(real fine, real coarse) {
  return (4.0 * coarse - fine) / (3.0 * fine * coarse);
}

// Y with three steps at once; in the lanes whose window has begun.
typedef struct {
  real by_1, by_2, by_4;
} abundances;

INLINE abundances advanced(abundances y, boltzmann_terms terms, real spacing, int k, mask begins, mask active) {
  abundances next = y;
  if (any_lane(begins)) {
    next.by_1 = begins ? terms.equilibrium : next.by_1;
    next.by_2 = begins ? terms.equilibrium : next.by_2;
    next.by_4 = begins ? terms.equilibrium : next.by_4;
  }
  const real advance = terms.rate * spacing;
  next.by_1 = active ? relaxed(next.by_1, advance, terms.equilibrium) : next.by_1;
  if (k % 2 == 0) next.by_2 = active ? relaxed(next.by_2, 2.0 * advance, terms.equilibrium) : next.by_2;
  if (k % 4 == 0) next.by_4 = active ? relaxed(next.by_4, 4.0 * advance, terms.equilibrium) : next.by_4;
  return next;
}

// Where Y/Y_eq passes the freeze-out ratio: the nodes before and after.
typedef struct {
  real abundance, equilibrium, log_z, average;
} passage_side;
typedef struct {
  passage_side last, before, after;
  mask frozen;
} passage;

INLINE passage_side side_if(mask m, passage_side a, passage_side b) {
  passage_side s;
  s.abundance = m ? a.abundance : b.abundance;
  s.equilibrium = m ? a.equilibrium : b.equilibrium;
  s.log_z = m ? a.log_z : b.log_z;
  s.average = m ? a.average : b.average;
  return s;
}

INLINE passage passage_begun(void) {
  passage p;
  p.last.abundance = p.last.equilibrium = p.last.average = REAL(1.0);
  p.last.log_z = REAL(0.0);
  p.before = p.after = p.last;
  p.frozen = p.last.average < 0.0;
  return p;
}

INLINE passage passage_with(passage p, passage_side here, mask started) {
  const mask now = started & none_of(p.frozen) & (here.abundance > PORTAL_FREEZE_OUT_RATIO * here.equilibrium);
  if (any_lane(now)) {
    p.before = side_if(now, p.last, p.before);
    p.after = side_if(now, here, p.after);
    p.frozen = p.frozen | now;
  }
  p.last = side_if(started, here, p.last);
  return p;
}

INLINE freeze_out freeze_out_of(relic_window w, abundances y, passage p, real relaxations) {
  freeze_out f;
  const real fine = extrapolated_inverse(y.by_1, y.by_2) + w.tail.sum;
  const real coarse = extrapolated_inverse(y.by_2, y.by_4) + w.tail.coarse;
  f.abundance = 1.0 / fine;
  // After the end Int L dln z is L there for an s-wave, T -> 0.
  f.spread = absolute(coarse * f.abundance - 1.0) + w.last_rate * f.abundance;
  if (any_lane(w.searching)) f.spread = w.searching ? f.spread + exponential(-2.0 * relaxations) : f.spread;
  const real before = logarithm(p.before.abundance / p.before.equilibrium);
  const real after = logarithm(p.after.abundance / p.after.equilibrium);
  const real part = (logarithm(REAL(PORTAL_FREEZE_OUT_RATIO)) - before) / (after - before);
  f.z_freeze_out = exponential(fused(part, p.after.log_z - p.before.log_z, p.before.log_z));
  // Where annihilation at T > 0 only stops early, the average there is below every double: 0, whose logarithm has no number.
  const real least = real_of_bits(BITS(1));
  const real log_before = logarithm(maximum(p.before.average, least));
  const real log_after = logarithm(maximum(p.after.average, least));
  const real average = exponential(fused(part, log_after - log_before, log_before));
  f.average = p.before.average > 0.0 ? average : REAL(0.0);
  return f;
}

INLINE freeze_out boltzmann_solution(annihilation_point point, effective_averages averages, AUXILIARY aux) {
  const relic_window window = relic_window_of(point, averages, aux);
  real most_frequent = window.most_frequent, relaxations = REAL(0.0);
  abundances y;
  y.by_1 = y.by_2 = y.by_4 = REAL(1.0);
  passage crossing = passage_begun();
  const int top = (int)aux[relic_z_count] - 1;
  // Where annihilation stops early, Y_eq falls to Y/2.5 after the window only.
  for (int k = window.first; k <= window.last || (k <= top && any_lane(none_of(crossing.frozen))); ++k) {
    const mask started = window.start <= (double)k, active = started & (window.end >= (double)k);
    AUXILIARY record = relic_record(aux, k);
    const boltzmann_terms terms = boltzmann_terms_at(averages, k, aux);
    // Half an interval at both ends.
    const mask begins = window.start == (double)k;
    const mask is_end = begins | (window.end == (double)k);
    const real spacing = record[relic_record_spacing] * (is_end ? REAL(0.5) : REAL(1.0));
    const abundances next = advanced(y, terms, spacing, k, begins, active);
    passage_side here;
    here.abundance = 0.5 * ((begins ? terms.equilibrium : y.by_1) + next.by_1);
    here.equilibrium = terms.equilibrium;
    here.log_z = REAL(record[relic_record_log_z]);
    here.average = terms.average;
    crossing = passage_with(crossing, here, started);
    const real frequency = active ? terms.rate * terms.equilibrium : REAL(0.0);
    most_frequent = maximum(most_frequent, frequency);
    if (any_lane(window.searching)) relaxations = fused(frequency, spacing, relaxations);
    y = next;
  }
  freeze_out f = freeze_out_of(window, y, crossing, relaxations);
  f.most_frequent = most_frequent;
  return f;
}

#endif
