// The entry point of one kernel on an OpenCL device. Build options give KERNEL (kernel_...), INPUTS, OUTPUTS and LANES.
//
// A work item evaluates LANES consecutive points of start <= p < start + count. layout describes the step (written by
// StepLayout.swift), in 64-bit words:
//   [0..3]   shape, padded with ones at the end
//   [4]      offset of the auxiliary data in tables
//   then per input    1 for a stream, 0 for a table; offset; four strides
//   then per output   offset of its stream
// Streams hold a multiple of LANES values, so whole vectors are read and written; lanes past the end repeat the last
// point.
#include "kernels.h"

#define PORTAL_OPERAND_WORDS 6

#if LANES == 1
#define PORTAL_LOAD(p) (*(p))
#define PORTAL_STORE(value, p) (*(p) = (value))
#else
#define PORTAL_LOAD(p) PORTAL_PASTE(vload, LANES)(0, p)
#define PORTAL_STORE(value, p) PORTAL_PASTE(vstore, LANES)(value, 0, p)
#endif

__kernel void evaluate(ulong start, ulong count, __global const double *tables, __global double *streams,
                       __constant ulong *layout) {
  const ulong first = get_global_id(0) * LANES;
  if (first >= count) return;
  __constant ulong *operands = layout + 5;
  real in[INPUTS], out[OUTPUTS];

  for (int lane = 0; lane < LANES; ++lane) {
    // Division by the sizes of the inner dimensions gives the indices of the point.
    ulong index[4];
    ulong rest = start + min(first + lane, count - 1);
    for (int k = 3; k > 0; --k) {
      const ulong size = layout[k];
      index[k] = size == 1 ? 0 : rest % size;
      if (size != 1) rest /= size;
    }
    index[0] = rest;
    for (int j = 0; j < INPUTS; ++j) {
      __constant ulong *operand = operands + j * PORTAL_OPERAND_WORDS;
      if (operand[0]) continue;
      ulong offset = operand[1];
      for (int k = 0; k < 4; ++k) offset += index[k] * operand[2 + k];
      ((double *)&in[j])[lane] = tables[offset];
    }
  }
  for (int j = 0; j < INPUTS; ++j) {
    __constant ulong *operand = operands + j * PORTAL_OPERAND_WORDS;
    if (operand[0]) in[j] = PORTAL_LOAD(streams + operand[1] + first);
  }

  KERNEL(in, out, tables + layout[4]);

  operands += INPUTS * PORTAL_OPERAND_WORDS;
  for (int j = 0; j < OUTPUTS; ++j) PORTAL_STORE(canonical(out[j]), streams + operands[j] + first);
}
