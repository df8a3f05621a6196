// What one core can do at most: vector arithmetic, division, memory. No library, no inline assembly.
#include <stddef.h>

// chains: independent dependency chains, enough to hide the latency of two pipes and few enough for 16 registers.
enum { chains = 12 };

// One step is `chains` vector operations of `lanes` doubles. The result is returned so that nothing is optimised away.
#define DEFINE_RATE(name, isa, lanes, step)                                    \
  __attribute__((target(isa))) double name(size_t steps) {                     \
    typedef double vector __attribute__((ext_vector_type(lanes)));             \
    const vector a = (vector)(1.0 - 1e-9);                                     \
    vector x[chains], sum = 0.0;                                               \
    for (int k = 0; k < chains; ++k) x[k] = (vector)(1.0 + 0.01 * k);          \
    for (size_t i = 0; i < steps; ++i) {                                       \
      _Pragma("clang loop unroll(full)") for (int k = 0; k < chains; ++k) step; \
    }                                                                          \
    for (int k = 0; k < chains; ++k) sum += x[k];                              \
    return sum[0];                                                             \
  }

#define FMA x[k] = __builtin_elementwise_fma(x[k], a, a)
#define DIVIDE x[k] = a / x[k]

#if defined(__x86_64__)
DEFINE_RATE(multiply_add_sse2, "sse2", 2, x[k] = x[k] * a + a)
DEFINE_RATE(fma_avx2, "avx2,fma", 4, FMA)
DEFINE_RATE(fma_avx512, "avx512f", 8, FMA)
DEFINE_RATE(divide_sse2, "sse2", 2, DIVIDE)
DEFINE_RATE(divide_avx2, "avx2,fma", 4, DIVIDE)
DEFINE_RATE(divide_avx512, "avx512f", 8, DIVIDE)
#endif

void triad(size_t count, double *restrict a, const double *restrict b, const double *restrict c) {
  for (size_t i = 0; i < count; ++i) a[i] = b[i] + 3.0 * c[i];
}
