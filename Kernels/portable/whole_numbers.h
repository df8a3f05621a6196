// Whole numbers held as reals, and as places in run-time data.
#ifndef PORTAL_WHOLE_NUMBERS_H
#define PORTAL_WHOLE_NUMBERS_H

#include "platform.h"

// The whole number closest to x, for |x| < 2^51.
INLINE real nearest_whole(real x) { return (x + 6755399441055744.0) - 6755399441055744.0; }

// The largest whole number <= x, for 0 <= x < 2^51; x itself or x - 1 for whole x.
INLINE real whole_part(real x) { return ((x - 0.5) + 6755399441055744.0) - 6755399441055744.0; }

// A whole number from 0 to 2^51 as an index.
INLINE bits index_of_whole(real n) { return bits_of(n + 4503599627370496.0) & BITS(0xffffffffffffful); }

#endif
