// What this processor can do at most, on one thread: multiply-adds in registers, and a triad through memory.
#include "PortalKernels.h"

#pragma STDC FP_CONTRACT OFF

// Independent dependency chains: enough to hide the latency of two pipes, few enough for 16 registers.
enum { chains = 12 };

#define DEFINE_MULTIPLY_ADDS(name, attributes, lanes, step)                       \
  attributes static double name(size_t steps, double *result) {                   \
    typedef double vector __attribute__((ext_vector_type(lanes)));                \
    const vector a = (vector)(1.0 - 1e-9);                                        \
    vector x[chains], sum = 0.0;                                                  \
    for (int k = 0; k < chains; ++k) x[k] = (vector)(1.0 + 0.01 * k);             \
    for (size_t i = 0; i < steps; ++i) {                                          \
      _Pragma("clang loop unroll(full)") for (int k = 0; k < chains; ++k) step;   \
    }                                                                             \
    for (int k = 0; k < chains; ++k) sum += x[k];                                 \
    *result = sum[0];                                                             \
    return 2.0 * lanes * chains * (double)steps;                                  \
  }

#define FMA x[k] = __builtin_elementwise_fma(x[k], a, a)

#if defined(__x86_64__)
DEFINE_MULTIPLY_ADDS(multiply_adds_baseline, , 2, x[k] = x[k] * a + a)
DEFINE_MULTIPLY_ADDS(multiply_adds_avx2, __attribute__((target("avx2,fma"))), 4, FMA)
DEFINE_MULTIPLY_ADDS(multiply_adds_avx512, __attribute__((target("avx512f"))), 8, FMA)
#else
DEFINE_MULTIPLY_ADDS(multiply_adds_baseline, , 2, FMA)
#endif

double portal_multiply_adds(portal_isa isa, size_t steps, double *result) {
#if defined(__x86_64__)
  if (isa == portal_isa_avx2) return multiply_adds_avx2(steps, result);
  if (isa == portal_isa_avx512) return multiply_adds_avx512(steps, result);
#endif
  return multiply_adds_baseline(steps, result);
}

void portal_triad(size_t count, double *restrict a, const double *restrict b, const double *restrict c) {
  for (size_t i = 0; i < count; ++i) a[i] = b[i] + 3.0 * c[i];
}

const char *portal_compiler_version(void) { return __VERSION__; }
