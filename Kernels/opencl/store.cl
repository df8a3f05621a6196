// Streams to results in the type in which they are stored; one value per work item.
#pragma OPENCL EXTENSION cl_khr_fp64 : enable

__kernel void store_float64(ulong count, __global const double *streams, ulong offset, __global double *out) {
  const ulong i = get_global_id(0);
  if (i < count) out[i] = streams[offset + i];
}

// Rounds to nearest even, as the CPU does; a NaN gets the bits that the CPU gives it.
__kernel void store_float32(ulong count, __global const double *streams, ulong offset, __global float *out) {
  const ulong i = get_global_id(0);
  if (i >= count) return;
  const double value = streams[offset + i];
  out[i] = value != value ? as_float(0x7fc00000u) : convert_float_rte(value);
}

// Whole numbers 0-255.
__kernel void store_uint8(ulong count, __global const double *streams, ulong offset, __global uchar *out) {
  const ulong i = get_global_id(0);
  if (i < count) out[i] = (uchar)streams[offset + i];
}

// Whole numbers 0 to 2^32 - 1.
__kernel void store_uint32(ulong count, __global const double *streams, ulong offset, __global uint *out) {
  const ulong i = get_global_id(0);
  if (i < count) out[i] = (uint)streams[offset + i];
}
