// Philox4x32-10, the counter-based random generator of Salmon, Moraes, Dror, Shaw, "Parallel random numbers:
// as easy as 1, 2, 3" (SC11, doi:10.1145/2063384.2063405).
//
// A draw is a pure function of (counter, key): counter = (sample low, sample high, point low, point high),
// key = (seed, stream). So a sample has the same bits on any device, in any order, after any resume.
// Each 32-bit word is held in a 64-bit lane: the 32 x 32 -> 64 product is then one multiplication.
#ifndef PORTAL_PHILOX_H
#define PORTAL_PHILOX_H

#include "platform.h"

// Whole numbers below 2^52, as the host hands them over.
INLINE bits integer_of(real x) { return bits_of(x + 4503599627370496.0) & BITS(0xffffffffffffful); }
INLINE real real_of_integer(bits n) { return real_of_bits(n | BITS(0x4330000000000000ul)) - 4503599627370496.0; }

typedef struct {
  bits word[4];
} philox_block;

INLINE philox_block philox4x32(philox_block counter, bits key0, bits key1) {
  const bits low = BITS(0xfffffffful);
  philox_block c = counter;
  for (int round = 0; round < 10; ++round) {
    const bits product0 = (c.word[0] & low) * BITS(0xd2511f53ul);
    const bits product1 = (c.word[2] & low) * BITS(0xcd9e8d57ul);
    philox_block next;
    next.word[0] = (product1 >> 32) ^ c.word[1] ^ key0;
    next.word[1] = product1 & low;
    next.word[2] = (product0 >> 32) ^ c.word[3] ^ key1;
    next.word[3] = product0 & low;
    c = next;
    key0 = (key0 + BITS(0x9e3779b9ul)) & low;  // Weyl sequence: golden ratio
    key1 = (key1 + BITS(0xbb67ae85ul)) & low;  // and sqrt(3) - 1
  }
  return c;
}

// A double in [0, 1) from 53 bits: the high word and the upper 21 bits of the low word.
INLINE real uniform53(bits high, bits low) {
  const bits mantissa = (high << 21) | (low >> 11);
  // mantissa = upper * 2^32 + lower; both halves convert exactly, and their sum is below 2^53.
  const real lower = real_of_integer(mantissa & BITS(0xfffffffful));
  const real upper = real_of_integer(mantissa >> 32);
  return fused(upper, 4294967296.0, lower) * 1.1102230246251565e-16;  // 2^-53
}

#endif
