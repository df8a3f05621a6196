// Moving values between tables, streams and stored results on the CPU.
#include <string.h>

#include "PortalKernels.h"

void portal_gather(const double *table, int dimensions, const uint64_t *shape, const uint64_t *strides, uint64_t start,
                   size_t count, double *out) {
  // Dimensions behind which the table is one contiguous (or constant) run are walked as one.
  uint64_t run = 1, step = dimensions > 0 ? strides[dimensions - 1] : 0;
  int outer = dimensions;
  while (outer > 0 && strides[outer - 1] == step * run) run *= shape[--outer];

  uint64_t position = start % run, row = start / run;
  while (count > 0) {
    uint64_t offset = 0, remaining = row;
    for (int k = outer - 1; k >= 0; --k) {
      offset += remaining % shape[k] * strides[k];
      remaining /= shape[k];
    }
    const double *source = table + offset + position * step;
    const size_t length = count < run - position ? count : (size_t)(run - position);
    if (step == 1) {
      memcpy(out, source, length * sizeof(double));
    } else {
      for (size_t i = 0; i < length; ++i) out[i] = source[i * step];
    }
    out += length;
    count -= length;
    position = 0;
    ++row;
  }
}

void portal_store_float32(const double *values, size_t count, float *out) {
  for (size_t i = 0; i < count; ++i) out[i] = (float)values[i];
}

void portal_store_uint8(const double *values, size_t count, uint8_t *out) {
  for (size_t i = 0; i < count; ++i) out[i] = (uint8_t)values[i];
}

void portal_store_uint32(const double *values, size_t count, uint32_t *out) {
  for (size_t i = 0; i < count; ++i) out[i] = (uint32_t)values[i];
}
