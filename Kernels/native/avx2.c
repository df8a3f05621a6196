#if defined(__x86_64__)

#include "drivers.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define PORTAL_ISA avx2
#define LANES 8
#include "instantiate.h"
#pragma clang attribute pop

#endif
