// Builds the run-time data of the relic-density kernels (portable/relic_tables.h), with the portable functions, so that
// the tables have the same bits on every host.
#include "PortalKernels.h"

#define LANES 1
#include "../portable/bessel.h"
#include "../portable/exponential.h"
#include "../portable/logarithm.h"
#include "../portable/relic_tables.h"
#include "../portable/species_densities.h"

static double log_of(double x) { return logarithm(REAL(x))[0]; }
static double exp_of(double x) { return exponential(REAL(x))[0]; }
static double root_of(double x) { return square_root(REAL(x))[0]; }

// Range of v z kept in the sums: the integrand falls as (v z)^(3/2) below, but for a resonance there (thermal_average.h),
// and e^(-v z) above.
static const double smallest_product = 1e-5, band_to = 40, largest_product = 64;
static const double first_z = 2;
// ln v ratio offset that keeps simple ratios of masses off the nodes.
static const double node_offset = 0.83;

// Node density of the z grid: uniform in tau(z) = 20 ln z + (90/dz) u/(1+u^4)^(1/4), u = z/90: steps of about dz
// through the freeze-out, of 1/20 in ln z after.
static double tau_of(double log_z, double dz, double *slope) {
  const double z = exp_of(log_z), u = z / 90, q = root_of(root_of(1 + u * u * u * u));
  *slope = 20 + z / dz / (q * q * q * q * q);
  return 20 * log_z + 90 / dz * u / q;
}

static double log_z_at(double tau, double dz, double guess) {
  for (int i = 0; i < 40; ++i) {
    double slope;
    const double excess = tau_of(guess, dz, &slope) - tau;
    guess -= excess / slope;
  }
  return guess;
}

typedef struct {
  int z_count, v_count, band, coarse_count, coarse_band, most_freedom;
  double step, last_z;
} layout;

static int whole(double x) {
  const int n = (int)x;
  return n < x ? n + 1 : n;
}

static layout layout_of(portal_relic_settings settings) {
  layout l;
  l.z_count = 8 * ((settings.quarters + 1) / 2) + 1;
  l.step = 0.34657359027997265471 / settings.refinement;  // ln 2/2
  l.last_z = 2 * settings.last_x;
  l.band = 4 * whole(log_of(band_to / PORTAL_RELIC_BAND_FROM) / l.step / 4);
  l.coarse_band = whole(log_of(largest_product / smallest_product) / l.step) + 1;
  // The stencil reaches two coarse nodes beyond either end.
  l.coarse_count = whole(log_of(l.last_z / first_z) / l.step) + 1 + 4;
  l.v_count = l.coarse_band + l.coarse_count - 1;
  return l;
}

static int freedom_at(layout l) {
  const int record = relic_record_band + l.band;
  return relic_header_length + PORTAL_RELIC_V_RECORD * l.v_count + l.coarse_count + l.coarse_band + l.z_count * record;
}

static const double freedom_step = 1.0 / 256;

static int freedom_count(const double *temperatures, int count) {
  return whole((log_of(temperatures[count - 1]) - log_of(temperatures[0])) / freedom_step) + 1;
}

static bool valid(portal_relic_settings s, layout l) {
  return s.quarters >= 4 && s.refinement >= 1 && s.last_x >= 100 && s.last_x <= 1e9 && l.v_count <= PORTAL_RELIC_MOST_V &&
         l.coarse_count <= PORTAL_RELIC_MOST_COARSE;
}

size_t portal_relic_tables_length(portal_relic_settings settings, const double *temperatures, int count) {
  if (!(settings.quarters >= 4 && settings.refinement >= 1 && settings.last_x >= 100)) return 0;
  const layout l = layout_of(settings);
  if (!valid(settings, l) || count < 3) return 0;
  return (size_t)freedom_at(l) + 2 * (size_t)freedom_count(temperatures, count);
}

static void fill_v(layout l, double smallest, double *v) {
  for (int j = 0; j < l.v_count; ++j) {
    const double value = smallest * exp_of(j * l.step);
    v[PORTAL_RELIC_V_RECORD * j] = value;
    v[PORTAL_RELIC_V_RECORD * j + 1] = 1 / (1 + value);
    v[PORTAL_RELIC_V_RECORD * j + 2] = 1 / root_of(1 + value);
  }
}

static void fill_coarse(layout l, double smallest, double first, double *coarse) {
  for (int m = 0; m < l.coarse_count; ++m) coarse[m] = first * exp_of(m * l.step);
  for (int n = 0; n < l.coarse_band; ++n)
    coarse[l.coarse_count + n] = smallest * first * exp_of((n + l.coarse_count - 1) * l.step);
}

// Lagrange weights of equally spaced nodes 0 ... stencil-1 at `place`.
static void fill_stencil(double place, double *weights) {
  for (int i = 0; i < PORTAL_RELIC_STENCIL; ++i) {
    weights[i] = 1;
    for (int j = 0; j < PORTAL_RELIC_STENCIL; ++j)
      if (j != i) weights[i] *= (place - j) / (i - j);
  }
}

static void fill_record(layout l, double log_z, double spacing, const double *v, double log_coarse_first, double *record) {
  const double z = exp_of(log_z);
  record[relic_record_z] = z;
  record[relic_record_log_z] = log_z;
  record[relic_record_spacing] = spacing;
  record[relic_record_inverse_z] = 1 / z;
  record[relic_record_root_inverse_z] = root_of(1 / z);
  const species_densities densities = species_densities_at(REAL(0.5), REAL(0.5), REAL(z));
  record[relic_record_weight] = densities.weight[0];
  record[relic_record_inverse2] = densities.inverse2[0];
  record[relic_record_suppression] = densities.suppression[0];
  int first = 0;
  while (first < l.v_count - l.band && v[PORTAL_RELIC_V_RECORD * first] * z < PORTAL_RELIC_BAND_FROM) ++first;
  record[relic_record_band_first] = first;
  for (int j = 0; j < l.band; ++j) {
    const double value = v[PORTAL_RELIC_V_RECORD * (first + j)];
    record[relic_record_band + j] = l.step * bessel_k1_scaled(REAL((1 + value) * z))[0] * exp_of(-(value * z));
  }
  const double place = (log_z - log_coarse_first) / l.step;
  int coarse = (int)place - 2;
  if (coarse < 0) coarse = 0;
  if (coarse > l.coarse_count - PORTAL_RELIC_STENCIL) coarse = l.coarse_count - PORTAL_RELIC_STENCIL;
  record[relic_record_coarse_first] = coarse;
  fill_stencil(place - coarse, record + relic_record_stencil);
}

static void fill_records(layout l, portal_relic_settings settings, const double *v, double log_coarse_first, double *records) {
  double slope;
  const double log_first = log_of(first_z), log_last = log_of(l.last_z), dz = 0.6;
  const double start = tau_of(log_first, dz, &slope), end = tau_of(log_last, dz, &slope);
  const double unit = (end - start) / (l.z_count - 1);
  double log_z = log_first;
  for (int k = 0; k < l.z_count; ++k) {
    log_z = k == l.z_count - 1 ? log_last : log_z_at(start + k * unit, dz, log_z);
    tau_of(log_z, dz, &slope);
    fill_record(l, log_z, unit / slope, v, log_coarse_first, records + (size_t)k * (relic_record_band + l.band));
  }
}

// PCHIP (Fritsch, Butland 1984, as in SciPy) of one column in ln T.
static double harmonic_slope(double h0, double h1, double d0, double d1) {
  if (d0 * d1 <= 0) return 0;
  const double w0 = 2 * h1 + h0, w1 = h1 + 2 * h0;
  return (w0 + w1) / (w0 / d0 + w1 / d1);
}
static double end_slope(double h0, double h1, double d0, double d1) {
  const double slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
  if (slope * d0 <= 0) return 0;
  const double most = 3 * d0;
  return d0 * d1 <= 0 && slope * slope > most * most ? most : slope;
}

typedef struct {
  double value, slope;
} smooth;

static double slope_at(const double *x, const double *y, int count, int i) {
  const int left = i > 0 ? i - 1 : 0, right = i < count - 1 ? i : count - 2;
  const double h0 = x[left + 1] - x[left], h1 = x[right + 1] - x[right];
  const double d0 = (y[left + 1] - y[left]) / h0, d1 = (y[right + 1] - y[right]) / h1;
  if (i == 0) return end_slope(h0, x[2] - x[1], d0, (y[2] - y[1]) / (x[2] - x[1]));
  if (i == count - 1)
    return end_slope(h1, x[count - 2] - x[count - 3], d1, (y[count - 2] - y[count - 3]) / (x[count - 2] - x[count - 3]));
  return harmonic_slope(h0, h1, d0, d1);
}

static smooth interpolated(const double *x, const double *y, int count, double at) {
  int i = 0;
  while (i < count - 2 && x[i + 1] <= at) ++i;
  const double h = x[i + 1] - x[i], t = (at - x[i]) / h, d = (y[i + 1] - y[i]) / h;
  const double s0 = slope_at(x, y, count, i), s1 = slope_at(x, y, count, i + 1);
  const double c2 = 3 * d - 2 * s0 - s1, c3 = s0 + s1 - 2 * d;
  return (smooth){y[i] + h * t * (s0 + t * (c2 + t * c3)), s0 + t * (2 * c2 + 3 * t * c3)};
}

static void fill_freedom(const double *logs, const double *h_eff, const double *g_eff, int count, double first,
                         int entries, double *freedom) {
  for (int i = 0; i < entries; ++i) {
    double at = first + i * freedom_step;
    if (at > logs[count - 1]) at = logs[count - 1];
    const smooth h = interpolated(logs, h_eff, count, at), g = interpolated(logs, g_eff, count, at);
    freedom[2 * i] = h.value;
    freedom[2 * i + 1] = h.value / root_of(g.value) * (1 + h.slope / h.value / 3);
  }
}

bool portal_relic_tables_fill(portal_relic_settings settings, const double *temperatures, const double *h_eff,
                              const double *g_eff, int count, double *out) {
  const size_t length = portal_relic_tables_length(settings, temperatures, count);
  if (length == 0 || count > 1024) return false;
  const layout l = layout_of(settings);
  for (int i = 0; i < relic_header_length; ++i) out[i] = 0;
  out[relic_z_count] = l.z_count;
  out[relic_v_count] = l.v_count;
  out[relic_band] = l.band;
  out[relic_coarse_count] = l.coarse_count;
  out[relic_coarse_band] = l.coarse_band;
  out[relic_step] = l.step;
  out[relic_v_at] = relic_header_length;
  out[relic_coarse_at] = out[relic_v_at] + PORTAL_RELIC_V_RECORD * l.v_count;
  out[relic_z_at] = out[relic_coarse_at] + l.coarse_count + l.coarse_band;
  out[relic_freedom_at] = freedom_at(l);
  out[relic_phi_pairs] = settings.phi_pairs ? 1 : 0;

  const double coarse_first = first_z * exp_of(-2 * l.step);
  const double smallest = node_offset * smallest_product / (coarse_first * exp_of((l.coarse_count - 1) * l.step));
  double *v = out + (size_t)out[relic_v_at];
  fill_v(l, smallest, v);
  fill_coarse(l, smallest, coarse_first, out + (size_t)out[relic_coarse_at]);
  fill_records(l, settings, v, log_of(coarse_first), out + (size_t)out[relic_z_at]);

  double logs[1024];
  for (int i = 0; i < count; ++i) logs[i] = log_of(temperatures[i]);
  const int entries = freedom_count(temperatures, count);
  out[relic_freedom_count] = entries;
  out[relic_freedom_first] = logs[0];
  out[relic_freedom_inverse_step] = 1 / freedom_step;
  fill_freedom(logs, h_eff, g_eff, count, logs[0], entries, out + (size_t)out[relic_freedom_at]);
  return true;
}
