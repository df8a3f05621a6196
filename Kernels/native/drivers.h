// What each instruction set's translation unit provides: one driver per kernel, in the order of kernel_list.h.
#ifndef PORTAL_DRIVERS_H
#define PORTAL_DRIVERS_H

#include <stddef.h>

typedef void (*portal_driver)(size_t count, const double *const *in, double *const *out, const double *aux);

#define PORTAL_DECLARE_ISA(isa)                  \
  extern const portal_driver portal_drivers_##isa[]; \
  extern const int portal_lanes_##isa;

PORTAL_DECLARE_ISA(scalar)
PORTAL_DECLARE_ISA(baseline)
#if defined(__x86_64__)
PORTAL_DECLARE_ISA(avx2)
PORTAL_DECLARE_ISA(avx512)
#endif

#endif
