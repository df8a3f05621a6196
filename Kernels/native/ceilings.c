// What this processor can do at most, on one thread: multiply-adds in registers, and a triad through memory.
#include "PortalKernels.h"

#include "vector_rate.h"

#pragma STDC FP_CONTRACT OFF

#define FMA x[k] = __builtin_elementwise_fma(x[k], a, a)

#if defined(__x86_64__)
DEFINE_VECTOR_RATE(static, multiply_adds_baseline, 2, x[k] = x[k] * a + a)
DEFINE_VECTOR_RATE(__attribute__((target("avx2,fma"))) static, multiply_adds_avx2, 4, FMA)
DEFINE_VECTOR_RATE(__attribute__((target("avx512f"))) static, multiply_adds_avx512, 8, FMA)
#else
DEFINE_VECTOR_RATE(static, multiply_adds_baseline, 2, FMA)
#endif

double portal_multiply_adds(portal_isa isa, size_t steps, double *result) {
  const double operations = 2.0 * chains * (double)steps;
#if defined(__x86_64__)
  if (isa == portal_isa_avx2) {
    *result = multiply_adds_avx2(steps);
    return 4 * operations;
  }
  if (isa == portal_isa_avx512) {
    *result = multiply_adds_avx512(steps);
    return 8 * operations;
  }
#endif
  *result = multiply_adds_baseline(steps);
  return 2 * operations;
}

void portal_triad(size_t count, double *restrict a, const double *restrict b, const double *restrict c) {
  for (size_t i = 0; i < count; ++i) a[i] = b[i] + 3.0 * c[i];
}

const char *portal_compiler_version(void) { return __VERSION__; }
