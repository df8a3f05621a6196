// Puts the averages that a grid's couplings share (portable/shared_rows.h) behind the relic tables.
#include "PortalKernels.h"

#define LANES 1
#include "../portable/shared_rows.h"

static size_t rows_length(const double *tables) {
  return (size_t)PORTAL_SHARED_ROW_COUNT((int)tables[relic_z_count]) * relic_row_length;
}

size_t portal_relic_shared_length(const double *tables, size_t masses) {
  return relic_shared_rows + masses * rows_length(tables);
}

size_t portal_relic_shared_rows(const double *tables) { return (size_t)tables[relic_z_count] + 1; }

// Int L dln z of every term, from the top downwards: Simpson's rule in panels of 8 nodes.
static void fill_tails(const double *tables, const double *rows, double *tails) {
  const int top = (int)tables[relic_z_count] - 1;
  for (int n = 0; n < relic_row_length; ++n) {
    double sum = 0, panel = 0;
    tails[(size_t)(top / 8) * relic_row_length + n] = 0;
    for (int k = top; n <= relic_row_phi_pairs && k >= 0; --k) {
      const double *row = rows + (size_t)k * relic_row_length;
      const double growth = row[n] * row[relic_row_rate] * relic_record(tables, k)[relic_record_spacing];
      const double weight = k % 8 == 0 ? 1 : k % 2 == 0 ? 2 : 4;
      panel += weight * growth;
      if (k % 8 != 0 || k == top) continue;
      sum += panel / 3;
      tails[(size_t)(k / 8) * relic_row_length + n] = sum;
      panel = growth;
    }
  }
}

void portal_relic_shared_begin(double *tables, size_t length, size_t masses, double largest_h, double largest_g) {
  tables[relic_shared_at] = (double)length;
  double *shared = tables + length;
  shared[relic_shared_h] = largest_h;
  shared[relic_shared_g] = largest_g;
  shared[relic_shared_count] = (double)masses;
}

void portal_relic_shared_fill(double *tables, size_t first, size_t count, const double *const *columns) {
  const size_t computed = portal_relic_shared_rows(tables), length = rows_length(tables);
  double *shared = tables + (size_t)tables[relic_shared_at] + relic_shared_rows;
  for (size_t i = 0; i < count; ++i) {
    double *rows = shared + (first + i) * length;
    for (size_t k = 0; k < computed; ++k)
      for (int n = 0; n < relic_row_length; ++n) rows[k * relic_row_length + n] = columns[n][i * computed + k];
    fill_tails(tables, rows, rows + computed * relic_row_length);
  }
}
