// One vocabulary for OpenCL C 1.2 and C17 (clang), so that physics is written once.
//
//   real     one double (GPU) or LANES doubles (CPU), every operation acting lane by lane
//   mask     the result of comparing reals; combine with & and |, negate with none_of(m),
//            choose with  m ? a : b
//   bits     unsigned 64-bit integers, one per lane
//   first_lane(bits)     that of the first lane
//   gather(table, bits)  the entry of run-time data that each lane asks for
//   AUXILIARY  pointer to run-time data that all points share (degrees of freedom, nodes)
//
// Bits are the same on every device because nothing here depends on the number of lanes, no expression
// is contracted (fused multiply-add is written out as fused()), and no library function is called except
// the correctly rounded fma, sqrt and division.
#ifndef PORTAL_PLATFORM_H
#define PORTAL_PLATFORM_H

#ifndef LANES
#define LANES 1
#endif

#define PORTAL_PASTE_(a, b) a##b
#define PORTAL_PASTE(a, b) PORTAL_PASTE_(a, b)

#if defined(PORTAL_OWN_REAL)  // the including file has defined this vocabulary, to count operations for example

#elif defined(__OPENCL_VERSION__)

#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#pragma OPENCL FP_CONTRACT OFF

#if LANES == 1
typedef double real;
typedef int mask;
typedef ulong bits;
#define bits_of(x) as_ulong(x)
#define real_of_bits(b) as_double(b)
#define any_lane(m) (m)
#define none_of(m) (!(m))
#define gather(table, index) ((table)[index])
#define first_lane(b) (b)
#else
typedef PORTAL_PASTE(double, LANES) real;
typedef PORTAL_PASTE(long, LANES) mask;
typedef PORTAL_PASTE(ulong, LANES) bits;
#define bits_of(x) PORTAL_PASTE(as_ulong, LANES)(x)
#define real_of_bits(b) PORTAL_PASTE(as_double, LANES)(b)
#define any_lane(m) any(m)
#define none_of(m) (~(m))
#define gather(table, index) gather_lanes(table, index)
#define first_lane(b) ((b).s0)
static inline real gather_lanes(__global const double *table, bits index) {
  ulong place[LANES];
  double value[LANES];
  PORTAL_PASTE(vstore, LANES)(index, 0, place);
  for (int lane = 0; lane < LANES; ++lane) value[lane] = table[place[lane]];
  return PORTAL_PASTE(vload, LANES)(0, value);
}
#endif

#define INLINE static inline
#define CONSTANT_TABLE __constant double
#define AUXILIARY __global const double *
#define fused(a, b, c) fma((real)(a), (real)(b), (real)(c))
#define square_root(x) sqrt((real)(x))
#define absolute(x) fabs((real)(x))

#else  // C17 with clang

#include <stdint.h>

#pragma STDC FP_CONTRACT OFF

typedef double real __attribute__((ext_vector_type(LANES)));
typedef int64_t mask __attribute__((ext_vector_type(LANES)));
typedef uint64_t bits __attribute__((ext_vector_type(LANES)));

#define INLINE static inline __attribute__((always_inline, unused))
#define CONSTANT_TABLE static const double
#define AUXILIARY const double *
#define bits_of(x) ((bits)(real)(x))
#define real_of_bits(b) ((real)(bits)(b))
#define any_lane(m) (__builtin_reduce_or(m) != 0)
#define none_of(m) (~(m))
#define fused(a, b, c) __builtin_elementwise_fma((real)(a), (real)(b), (real)(c))
#define square_root(x) __builtin_elementwise_sqrt((real)(x))
#define absolute(x) __builtin_elementwise_abs((real)(x))
#define gather(table, index) gather_lanes(table, index)
#define first_lane(b) ((b)[0])
INLINE real gather_lanes(const double *table, bits index) {
  if (!any_lane(index != (bits)index[0])) return (real)table[index[0]];
  real value;
  for (int lane = 0; lane < LANES; ++lane) value[lane] = table[index[lane]];
  return value;
}

#endif

// A scalar in every lane.
#define REAL(x) ((real)(x))
#define BITS(x) ((bits)(x))

INLINE real infinity(void) { return real_of_bits(BITS(0x7ff0000000000000ul)); }
INLINE real not_a_number(void) { return real_of_bits(BITS(0x7ff8000000000000ul)); }

// Processors differ in the sign and payload of the NaNs they produce: outputs are given one NaN.
INLINE real canonical(real x) {
  // By bits: compilers may drop a selection between NaNs.
  const bits magnitude = bits_of(x) & BITS(0x7ffffffffffffffful);
  return real_of_bits(magnitude > BITS(0x7ff0000000000000ul) ? BITS(0x7ff8000000000000ul) : bits_of(x));
}

// Lane-wise minimum and maximum; b where a is NaN.
INLINE real minimum(real a, real b) { return a < b ? a : b; }
INLINE real maximum(real a, real b) { return a > b ? a : b; }

// Square, for readable formulas.
INLINE real square(real x) { return x * x; }

#endif
