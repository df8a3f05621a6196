// Compiles every kernel for one instruction set. The including file defines LANES and PORTAL_ISA.
#include <stddef.h>
#include <string.h>

// Every function taking a vector is inlined, so the calling convention of wide vectors never matters.
#pragma clang diagnostic ignored "-Wpsabi"

#include "../portable/kernel_list.h"
#include "../portable/kernels.h"

// Whole vectors straight from memory; the rest through a padded vector, so that there is no scalar tail code whose
// rounding could differ.
#define PORTAL_KERNEL_DRIVER(name, inputs, outputs)                                              \
  static void drive_##name(size_t count, const double *const *in, double *const *out, \
                           const double *aux) { \
    real x[inputs], y[outputs];                                                                  \
    size_t i = 0;                                                                                \
    for (; i + LANES <= count; i += LANES) {                                                     \
      for (int j = 0; j < inputs; ++j) memcpy(&x[j], in[j] + i, sizeof(real));                   \
      kernel_##name(x, y, aux);                                                                       \
      for (int j = 0; j < outputs; ++j) {                                                        \
        y[j] = canonical(y[j]);                                                                  \
        memcpy(out[j] + i, &y[j], sizeof(real));                                                 \
      }                                                                                          \
    }                                                                                            \
    const size_t rest = count - i;                                                               \
    if (rest == 0) return;                                                                       \
    for (int j = 0; j < inputs; ++j) {                                                           \
      double padded[LANES];                                                                      \
      for (size_t k = 0; k < LANES; ++k) padded[k] = in[j][i + (k < rest ? k : 0)];              \
      memcpy(&x[j], padded, sizeof(real));                                                       \
    }                                                                                            \
    kernel_##name(x, y, aux);                                                                         \
    for (int j = 0; j < outputs; ++j) {                                                          \
      y[j] = canonical(y[j]);                                                                    \
      memcpy(out[j] + i, &y[j], rest * sizeof(double));                                          \
    }                                                                                            \
  }
PORTAL_KERNEL_LIST(PORTAL_KERNEL_DRIVER)
#undef PORTAL_KERNEL_DRIVER

#define PORTAL_KERNEL_ENTRY(name, inputs, outputs) drive_##name,
const portal_driver PORTAL_PASTE(portal_drivers_, PORTAL_ISA)[] = {PORTAL_KERNEL_LIST(PORTAL_KERNEL_ENTRY)};
#undef PORTAL_KERNEL_ENTRY
const int PORTAL_PASTE(portal_lanes_, PORTAL_ISA) = LANES;
