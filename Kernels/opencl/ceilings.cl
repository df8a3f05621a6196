// What a device can do at most: multiply-adds in registers, and a triad through memory. LANES as for the kernels.
#include "platform.h"

// Independent dependency chains per work item, to hide the latency of the multiply-add.
#define CHAINS 12

__kernel void multiply_adds(ulong steps, __global double *out) {
  const real a = REAL(1.0 - 1e-9);
  real x[CHAINS];
  for (int k = 0; k < CHAINS; ++k) x[k] = REAL(1.0 + 0.01 * k + 1e-12 * get_global_id(0));
  for (ulong i = 0; i < steps; ++i) {
    x[0] = fused(x[0], a, a);
    x[1] = fused(x[1], a, a);
    x[2] = fused(x[2], a, a);
    x[3] = fused(x[3], a, a);
    x[4] = fused(x[4], a, a);
    x[5] = fused(x[5], a, a);
    x[6] = fused(x[6], a, a);
    x[7] = fused(x[7], a, a);
    x[8] = fused(x[8], a, a);
    x[9] = fused(x[9], a, a);
    x[10] = fused(x[10], a, a);
    x[11] = fused(x[11], a, a);
  }
  real sum = REAL(0.0);
  for (int k = 0; k < CHAINS; ++k) sum = sum + x[k];
  double total = 0.0;
  for (int lane = 0; lane < LANES; ++lane) total += ((double *)&sum)[lane];
  out[get_global_id(0)] = total;
}

__kernel void triad(ulong count, __global double *a, __global const double *b, __global const double *c) {
  const ulong i = get_global_id(0);
  if (i < count) a[i] = b[i] + 3.0 * c[i];
}
