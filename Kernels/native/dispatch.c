// Chooses the instantiation at run time.
#include "PortalKernels.h"

#include "drivers.h"

#define PORTAL_KERNEL_DESCRIPTION(name, inputs, outputs) {#name, inputs, outputs},
static const struct {
  const char *name;
  int inputs, outputs;
} descriptions[] = {PORTAL_KERNEL_LIST(PORTAL_KERNEL_DESCRIPTION)};

const char *portal_kernel_name(portal_kernel kernel) { return descriptions[kernel].name; }
int portal_kernel_inputs(portal_kernel kernel) { return descriptions[kernel].inputs; }
int portal_kernel_outputs(portal_kernel kernel) { return descriptions[kernel].outputs; }

const char *portal_isa_name(portal_isa isa) {
  switch (isa) {
    case portal_isa_scalar: return "scalar";
#if defined(__aarch64__)
    case portal_isa_baseline: return "NEON";
#elif defined(__x86_64__)
    case portal_isa_baseline: return "SSE2";
#else
    case portal_isa_baseline: return "baseline";
#endif
    case portal_isa_avx2: return "AVX2+FMA";
    case portal_isa_avx512: return "AVX-512";
    default: return "unknown";
  }
}

bool portal_isa_available(portal_isa isa) {
  switch (isa) {
    case portal_isa_scalar:
    case portal_isa_baseline: return true;
#if defined(__x86_64__)
    case portal_isa_avx2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case portal_isa_avx512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
#endif
    default: return false;
  }
}

portal_isa portal_isa_best(void) {
  for (portal_isa isa = portal_isa_count - 1; isa > portal_isa_baseline; --isa)
    if (portal_isa_available(isa)) return isa;
  return portal_isa_baseline;
}

int portal_isa_lanes(portal_isa isa) {
  switch (isa) {
#if defined(__x86_64__)
    case portal_isa_avx2: return portal_lanes_avx2;
    case portal_isa_avx512: return portal_lanes_avx512;
#endif
    case portal_isa_scalar: return portal_lanes_scalar;
    default: return portal_lanes_baseline;
  }
}

void portal_evaluate(portal_isa isa, portal_kernel kernel, size_t count, const double *const *inputs,
                     double *const *outputs, const double *aux) {
  const portal_driver *drivers = portal_drivers_baseline;
#if defined(__x86_64__)
  if (isa == portal_isa_avx2) drivers = portal_drivers_avx2;
  if (isa == portal_isa_avx512) drivers = portal_drivers_avx512;
#endif
  if (isa == portal_isa_scalar) drivers = portal_drivers_scalar;
  drivers[kernel](count, inputs, outputs, aux);
}
