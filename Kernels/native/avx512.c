#if defined(__x86_64__)

#include "drivers.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#define PORTAL_ISA avx512
#define LANES 16
#include "instantiate.h"
#pragma clang attribute pop

#endif
