// The entry point of one kernel on an OpenCL device. Build options give KERNEL (kernel_...), INPUTS, OUTPUTS and LANES.
//
// A work item evaluates LANES consecutive points of start <= p < start + count. layout describes the step (written by
// StepLayout.swift), in 64-bit words:
//   [0..3]   shape, preceded by ones
//   [4]      offset of the auxiliary data in tables
//   then per input    0 for a table, 1 for a stream, 2 for the index of the point; offset; four strides
//   then per output   offset of its stream
// Streams hold a multiple of LANES values, so whole vectors are read and written; what lanes past the end compute is
// never read.
#include "kernels.h"

#define PORTAL_OPERAND_WORDS 6
#define PORTAL_TABLE 0
#define PORTAL_STREAM 1

#if LANES == 1
#define PORTAL_LOAD(p) (*(p))
#define PORTAL_STORE(value, p) (*(p) = (value))
#else
#define PORTAL_LOAD(p) PORTAL_PASTE(vload, LANES)(0, p)
#define PORTAL_STORE(value, p) PORTAL_PASTE(vstore, LANES)(value, 0, p)
#endif

// The indices of a point along the four dimensions.
INLINE void indices_of(ulong point, __constant ulong *shape, ulong *index) {
  for (int k = 3; k > 0; --k) {
    const ulong size = shape[k];
    index[k] = point;
    if (point >= size) index[k] = point % size;
    point = point >= size ? point / size : 0;
  }
  index[0] = point;
}

INLINE ulong table_offset(const ulong *index, __constant ulong *operand) {
  ulong offset = operand[1];
  for (int k = 0; k < 4; ++k) offset += index[k] * operand[2 + k];
  return offset;
}

// Values at LANES points whose indices differ along the last dimension only.
INLINE real load_run(__global const double *values, ulong stride) {
  if (stride == 1) return PORTAL_LOAD(values);
  real x;
  for (int lane = 0; lane < LANES; ++lane) ((double *)&x)[lane] = values[lane * stride];
  return x;
}

// The linear indices of LANES points, exact below 2^53.
INLINE real load_index(ulong first) {
  real x;
  for (int lane = 0; lane < LANES; ++lane) ((double *)&x)[lane] = (double)(first + lane);
  return x;
}

__kernel void evaluate(ulong start, ulong count, __global const double *restrict tables,
                       __global double *restrict streams, __constant ulong *layout) {
  const ulong first = get_global_id(0) * LANES;
  if (first >= count) return;
  __constant ulong *operands = layout + 5;
  real in[INPUTS], out[OUTPUTS];

  ulong index[4];
  indices_of(start + first, layout, index);
  const bool is_run = index[3] + LANES <= layout[3];
  for (int j = 0; j < INPUTS; ++j) {
    __constant ulong *operand = operands + j * PORTAL_OPERAND_WORDS;
    if (operand[0] == PORTAL_TABLE) {
      if (is_run) in[j] = load_run(tables + table_offset(index, operand), operand[5]);
    } else if (operand[0] == PORTAL_STREAM) {
      in[j] = PORTAL_LOAD(streams + operand[1] + first);
    } else {
      in[j] = load_index(start + first);
    }
  }
  if (!is_run) {
    for (int lane = 0; lane < LANES; ++lane) {
      indices_of(start + min(first + lane, count - 1), layout, index);
      for (int j = 0; j < INPUTS; ++j) {
        __constant ulong *operand = operands + j * PORTAL_OPERAND_WORDS;
        if (operand[0] == PORTAL_TABLE) ((double *)&in[j])[lane] = tables[table_offset(index, operand)];
      }
    }
  }

  KERNEL(in, out, tables + layout[4]);

  operands += INPUTS * PORTAL_OPERAND_WORDS;
  for (int j = 0; j < OUTPUTS; ++j) PORTAL_STORE(canonical(out[j]), streams + operands[j] + first);
}
