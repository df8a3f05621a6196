// Counts the floating-point operations that every kernel's own source executes: the portable headers compiled with a
// `real` whose operators count, in the vocabulary of Kernels/portable/platform.h.
#define PORTAL_OWN_REAL
#include <stddef.h>
#include <stdint.h>

namespace {

struct {
  double additions, multiplications, fused, divisions, square_roots;
} counts;

struct real {
  double value;
  real() = default;
  real(double v) : value(v) {}
  real operator-() const { return -value; }
};
using mask = bool;
using bits = uint64_t;

real operator+(real a, real b) { return ++counts.additions, a.value + b.value; }
real operator-(real a, real b) { return ++counts.additions, a.value - b.value; }
real operator*(real a, real b) { return ++counts.multiplications, a.value * b.value; }
real operator/(real a, real b) { return ++counts.divisions, a.value / b.value; }
real &operator+=(real &a, real b) { return a = a + b; }
real &operator-=(real &a, real b) { return a = a - b; }
real &operator*=(real &a, real b) { return a = a * b; }
real &operator/=(real &a, real b) { return a = a / b; }
bool operator<(real a, real b) { return a.value < b.value; }
bool operator>(real a, real b) { return a.value > b.value; }
bool operator<=(real a, real b) { return a.value <= b.value; }
bool operator>=(real a, real b) { return a.value >= b.value; }
bool operator==(real a, real b) { return a.value == b.value; }
bool operator!=(real a, real b) { return a.value != b.value; }

real fused(real a, real b, real c) { return ++counts.fused, __builtin_fma(a.value, b.value, c.value); }
real square_root(real x) { return ++counts.square_roots, __builtin_sqrt(x.value); }
real absolute(real x) { return __builtin_fabs(x.value); }
bits bits_of(real x) { return __builtin_bit_cast(bits, x.value); }
real gather(const double *table, bits index) { return table[index]; }
real real_of_bits(bits b) { return __builtin_bit_cast(double, b); }

}  // namespace

#define INLINE static inline __attribute__((unused))
#define CONSTANT_TABLE static const double
#define AUXILIARY const double *
#define any_lane(m) (m)
#define first_lane(b) (b)
#define none_of(m) (!(m))
#include "../../Kernels/portable/kernel_list.h"
#include "../../Kernels/portable/kernels.h"

// Operations per point, averaged over the points: additions, multiplications, fused, divisions, square roots.
#define DEFINE_COUNT(name, inputs, outputs)                                                                        \
  extern "C" void count_##name(size_t count, const double *const *in, const double *aux, double *per_point) {      \
    counts = {};                                                                                                   \
    for (size_t i = 0; i < count; ++i) {                                                                           \
      real x[inputs], y[outputs];                                                                                  \
      for (int j = 0; j < inputs; ++j) x[j] = in[j][i];                                                            \
      kernel_##name(x, y, aux);                                                                                    \
    }                                                                                                              \
    const double totals[] = {counts.additions, counts.multiplications, counts.fused, counts.divisions,             \
                             counts.square_roots};                                                                 \
    for (int k = 0; k < 5; ++k) per_point[k] = totals[k] / (double)count;                                          \
  }
PORTAL_KERNEL_LIST(DEFINE_COUNT)
