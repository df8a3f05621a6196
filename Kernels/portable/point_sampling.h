// Points drawn in the unit cube, each from its number alone, so that any device can begin at any point; and the maps
// from [0, 1) to the ranges of a run card.
#ifndef PORTAL_POINT_SAMPLING_H
#define PORTAL_POINT_SAMPLING_H

#include "exponential.h"
#include "logarithm.h"
#include "philox.h"

// Coordinates per point.
#define PORTAL_CUBE_DIMENSIONS 4
// Points of a Sobol sequence: 2^40, above 10^12.
#define PORTAL_SOBOL_BITS 40

// The point of a digital sequence in base 2 in Gray-code order (Antonov, Saleev, doi:10.1016/0041-5553(79)90085-5):
// bit k of the Gray code of `point` adds the direction number v_k, in units of 2^-52. aux holds for every coordinate a
// digital shift and then its direction numbers, whole numbers below 2^52 (Sources/Scanning/Points/SobolSequence.swift).
INLINE void sobol_coordinates(real *uniform, bits point, AUXILIARY aux) {
  const bits gray = point ^ (point >> 1);
  for (int j = 0; j < PORTAL_CUBE_DIMENSIONS; ++j) {
    AUXILIARY numbers = aux + j * (PORTAL_SOBOL_BITS + 1);
    bits sum = integer_of(REAL(numbers[0]));
    for (int k = 0; k < PORTAL_SOBOL_BITS; ++k) {
      const bits chosen = BITS(0) - ((gray >> k) & BITS(1));
      sum = sum ^ (chosen & integer_of(REAL(numbers[k + 1])));
    }
    uniform[j] = real_of_integer(sum) * 2.220446049250313e-16;  // 2^-52
  }
}

// Distinguishes these draws from those of the Monte Carlo integrators, whose counters have 0 there.
#define PORTAL_POINT_DRAWS 0x706f696eul

// Independent uniform coordinates: Philox with counter (block, PORTAL_POINT_DRAWS, point), key = seed; aux: the seed's
// low and high 32 bits.
INLINE void random_coordinates(real *uniform, bits point, AUXILIARY aux) {
  const bits low = BITS(0xfffffffful);
  const bits key0 = integer_of(REAL(aux[0])), key1 = integer_of(REAL(aux[1]));
  for (int block = 0; block < PORTAL_CUBE_DIMENSIONS / 2; ++block) {
    philox_block counter;
    counter.word[0] = BITS(block);
    counter.word[1] = BITS(PORTAL_POINT_DRAWS);
    counter.word[2] = point & low;
    counter.word[3] = point >> 32;
    const philox_block drawn = philox4x32(counter, key0, key1);
    uniform[2 * block] = uniform53(drawn.word[0], drawn.word[1]);
    uniform[2 * block + 1] = uniform53(drawn.word[2], drawn.word[3]);
  }
}

// u in [0, 1] -> from (1 - u) + to u, within [from, to].
INLINE real linear_range(real u, real from, real to) {
  return minimum(maximum(fused(u, to - from, from), from), to);
}

// u in [0, 1] -> from (to/from)^u, within [from, to]: uniform in the logarithm.
INLINE real logarithmic_range(real u, real from, real to) {
  return minimum(maximum(from * exponential(u * logarithm(to / from)), from), to);
}

#endif
