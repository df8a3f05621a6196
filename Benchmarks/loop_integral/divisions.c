// Divisions in registers on one core; the other limits are Kernels/native/ceilings.c.
#include "../../Kernels/native/vector_rate.h"

#define DIVIDE x[k] = a / x[k]

#if defined(__x86_64__)
DEFINE_VECTOR_RATE(__attribute__((target("sse2"))), divide_sse2, 2, DIVIDE)
DEFINE_VECTOR_RATE(__attribute__((target("avx2,fma"))), divide_avx2, 4, DIVIDE)
DEFINE_VECTOR_RATE(__attribute__((target("avx512f"))), divide_avx512, 8, DIVIDE)
#endif
