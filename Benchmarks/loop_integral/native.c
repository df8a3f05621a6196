// The native contestant: walks the points in tiles of NativeDevice's length, copying in and out as it does.
#include <string.h>

#include "PortalKernels.h"

enum { tile_length = 512 };

void evaluate(int isa, size_t count, const double *m_phi, double *delta_a_mu, double *delta_a_e) {
  double in[tile_length], mu[tile_length], e[tile_length];
  for (size_t start = 0; start < count; start += tile_length) {
    const size_t length = count - start < tile_length ? count - start : tile_length;
    memcpy(in, m_phi + start, length * sizeof(double));
    portal_evaluate(isa, portal_kernel_anomalous_moments, length, (const double *[]){in}, (double *[]){mu, e}, NULL);
    memcpy(delta_a_mu + start, mu, length * sizeof(double));
    memcpy(delta_a_e + start, e, length * sizeof(double));
  }
}
