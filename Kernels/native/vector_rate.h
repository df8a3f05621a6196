// Defines a function that runs `step` on `chains` independent vectors x[k] of `lanes` doubles, `steps` times over, and
// returns a number that depends on all of them: for measuring what a processor can do at most.
#ifndef PORTAL_VECTOR_RATE_H
#define PORTAL_VECTOR_RATE_H

#include <stddef.h>

// Enough to hide the latency of two pipes, few enough for 16 registers.
enum { chains = 12 };

#define DEFINE_VECTOR_RATE(attributes, name, lanes, step)                         \
  attributes double name(size_t steps) {                                          \
    typedef double vector __attribute__((ext_vector_type(lanes)));                \
    const vector a = (vector)(1.0 - 1e-9);                                        \
    vector x[chains], sum = 0.0;                                                  \
    for (int k = 0; k < chains; ++k) x[k] = (vector)(1.0 + 0.01 * k);             \
    for (size_t i = 0; i < steps; ++i) {                                          \
      _Pragma("clang loop unroll(full)") for (int k = 0; k < chains; ++k) step;   \
    }                                                                             \
    for (int k = 0; k < chains; ++k) sum += x[k];                                 \
    return sum[0];                                                                \
  }

#endif
