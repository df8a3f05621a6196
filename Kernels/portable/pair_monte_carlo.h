// sigma of e+ e- -> e+ mu- phi by Monte Carlo: both ways of pair_sampling.h over tiles of a randomly shifted lattice
// (shifted_lattice.h). The numbers of a tile follow from (seed, stream, point, tile).
#ifndef PORTAL_PAIR_MONTE_CARLO_H
#define PORTAL_PAIR_MONTE_CARLO_H

#include "pair_sampling.h"
#include "philox.h"
#include "shifted_lattice.h"

// Counter (sample, point), key (seed, 4 stream + block).
INLINE philox_block pair_block(bits sample, bits point, int block, AUXILIARY aux) {
  const bits low = BITS(0xfffffffful);
  philox_block counter;
  counter.word[0] = sample & low;
  counter.word[1] = sample >> 32;
  counter.word[2] = point & low;
  counter.word[3] = point >> 32;
  const bits seed = integer_of(REAL(aux[PORTAL_PAIR_SEED])), stream = integer_of(REAL(aux[PORTAL_PAIR_STREAM]));
  return philox4x32(counter, seed & low, ((stream << 2) + BITS(block)) & low);
}
INLINE void pair_uniforms(real *uniform, bits sample, bits point, int block, AUXILIARY aux) {
  const philox_block words = pair_block(sample, point, block, aux);
  uniform[0] = uniform53(words.word[0], words.word[1]);
  uniform[1] = uniform53(words.word[2], words.word[3]);
}

// Mean weight of a tile, the sum over both ways of sampling [fb]; 0 below threshold.
INLINE real pair_tile_mean(real root_s, real m_phi, bits tile, bits point, AUXILIARY aux) {
  const pair_process q = pair_process_of(root_s, m_phi, aux);
  real shift[4];
  pair_uniforms(shift, tile, point, 0, aux);
  pair_uniforms(shift + 2, tile, point, 1, aux);
  real sum = REAL(0.0);
  for (int i = 0; i < 2 * PORTAL_TILE_SAMPLES; ++i) {
    real uniform[4], density;
    lattice_point(uniform, shift, i >> 1);
    pair_point x;
    if (i & 1) {
      x = pair_point_b(q, uniform, &density);
    } else {
      x = pair_point_a(q, uniform, &density);
    }
    sum = sum + pair_weight(q, x, density, pair_squared(x, 1.0, 1.0), aux);
  }
  return sum * (1.0 / PORTAL_TILE_SAMPLES);
}

typedef struct {
  real weight, rejection;  // [fb], in [0, 1)
  real squared;            // sum over the spins of |M|^2/(e^4 h^2)
  pair_momentum particle[3];
} pair_event;

// One event, of either way of sampling with even chances; the mean weight is the cross section. Its azimuth is uniform.
INLINE pair_event pair_event_of(real root_s, real m_phi, bits sample, bits point, AUXILIARY aux) {
  const pair_process q = pair_process_of(root_s, m_phi, aux);
  real uniform[8], density_a, density_b;
  for (int block = 0; block < 4; ++block) pair_uniforms(uniform + 2 * block, sample, point, block, aux);
  const pair_point a = pair_point_a(q, uniform, &density_a), b = pair_point_b(q, uniform, &density_b);
  const mask first = uniform[4] < 0.5;
  const real squared_a = pair_squared(a, 1.0, 1.0), squared_b = pair_squared(b, 1.0, 1.0);
  const real weight_a = pair_weight(q, a, density_a, squared_a, aux);
  const real weight_b = pair_weight(q, b, density_b, squared_b, aux);
  pair_event event;
  event.weight = 2.0 * (first ? weight_a : weight_b);
  event.rejection = uniform[5];
  event.squared = first ? squared_a : squared_b;
  const rotation turn = rotation_by_turns(uniform[6]);
  for (int i = 0; i < 3; ++i) {
    const pair_momentum pa = i == 0 ? a.positron : i == 1 ? a.muon : a.phi;
    const pair_momentum pb = i == 0 ? b.positron : i == 1 ? b.muon : b.phi;
    const real x = first ? pa.x : pb.x, y = first ? pa.y : pb.y;
    event.particle[i].energy = first ? pa.energy : pb.energy;
    event.particle[i].x = x * turn.cosine - y * turn.sine;
    event.particle[i].y = x * turn.sine + y * turn.cosine;
    event.particle[i].z = first ? pa.z : pb.z;
  }
  return event;
}

#endif
