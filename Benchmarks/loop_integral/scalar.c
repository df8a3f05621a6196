// Peer: both moments the way one writes them in plain C: libm, one point at a time, a branch per arrangement, series
// that stop when they have converged. The algebra is that of Kernels/portable/loop_integral.h.
#include <math.h>
#include <stddef.h>

static const double m_mu = 0.1056583755, m_e = 0.51099895069e-3;

static double h_series(double u) {
  double sum = 0, power = u;
  for (int n = 0; n < 60; ++n) {
    const double term = power / ((n + 3) * (n + 4));
    sum += term;
    if (term < 1e-17 * sum) break;
    power *= u;
  }
  return sum;
}

static double h_closed(double u, double one_minus_u) {
  return 1.0 / 3 + one_minus_u / u * (0.5 + (1 + log(one_minus_u) / u) / u);
}

static double h(double u, double one_minus_u) { return u < 0.5 ? h_series(u) : h_closed(u, one_minus_u); }

// R_C(1, y) with delta = 1 - y given without cancellation.
static double carlson_rc(double y, double delta) {
  if (delta < 0) return atan(sqrt(-delta)) / sqrt(-delta);
  const double q = sqrt(delta);
  return q < 1e-9 ? 1 : 0.5 * log1p(2 * q * (1 + q) / y) / q;
}

static double near_threshold(double r, double s, double d, double lam) {
  const double c0 = (s - 1) / (r * r), a = c0 * (2 - d) + 1 / r;
  const double integral = 2 / d * carlson_rc(4 * s / (d * d), lam / (d * d));
  const double weight = (r * (2 * s - d) + (s - 1) * lam) / (2 * r * r * r);
  return weight * integral + a / (2 * r) * log(s) + c0 - 0.5 / r;
}

static double power_series(double sum_of_roots, double product_of_roots) {
  double previous = 0, current = 1, sum = 1.0 / 12;
  for (int n = 1; n < 60; ++n) {
    const double next = sum_of_roots * current - product_of_roots * previous;
    previous = current;
    current = next;
    const double term = current / ((n + 3) * (n + 4));
    sum += term;
    if (term < 1e-17 * sum) break;
  }
  return sum;
}

static void moments(double m, double *delta_a_mu, double *delta_a_e) {
  const double m2 = m * m, r_mu = m_mu * m_mu / m2, r_e = m_e * m_e / m2;
  const double sum_e = (m - m_mu) * (m + m_mu) / m2 + r_e;
  const double lam = (m - m_mu - m_e) * (m + m_mu + m_e) * (m - m_mu + m_e) * (m + m_mu - m_e) / (m2 * m2);
  const double w = lam > 0 ? sqrt(lam) : 0;
  const double u_mu = 0.5 * (2 - sum_e + w), u_e = 0.5 * (sum_e + w);
  const double alpha = r_mu / u_mu, beta = r_e / u_e;
  const double muon =
      r_mu >= 0.7 ? near_threshold(r_mu, r_e, sum_e, lam) : (h_closed(u_mu, beta) - h(alpha, u_e)) / w;
  const double electron = u_e < 0.5 ? power_series(sum_e, r_e) : (h_closed(u_e, alpha) - h_series(beta)) / w;
  const double prefactor = 1 / (16 * 3.14159265358979323846 * 3.14159265358979323846);
  *delta_a_mu = prefactor * r_mu * muon;
  *delta_a_e = prefactor * r_e * electron;
}

void evaluate(size_t count, const double *m_phi, double *delta_a_mu, double *delta_a_e) {
  for (size_t i = 0; i < count; ++i) moments(m_phi[i], &delta_a_mu[i], &delta_a_e[i]);
}
