// The OpenCL 1.2 calls that leptoscan makes, found at run time: a machine without libOpenCL still runs everything
// natively, and one executable serves both.
#ifndef COPENCL_H
#define COPENCL_H

#include <stdbool.h>
#include <stddef.h>

#define CL_TARGET_OPENCL_VERSION 120
#ifdef __APPLE__
#include <OpenCL/opencl.h>
#else
#include <CL/cl.h>
#endif

#define OPENCL_FUNCTIONS(FUNCTION)   \
  FUNCTION(clGetPlatformIDs)         \
  FUNCTION(clGetPlatformInfo)        \
  FUNCTION(clGetDeviceIDs)           \
  FUNCTION(clGetDeviceInfo)          \
  FUNCTION(clCreateContext)          \
  FUNCTION(clReleaseContext)         \
  FUNCTION(clCreateCommandQueue)     \
  FUNCTION(clReleaseCommandQueue)    \
  FUNCTION(clFlush)                  \
  FUNCTION(clFinish)                 \
  FUNCTION(clCreateBuffer)           \
  FUNCTION(clReleaseMemObject)       \
  FUNCTION(clEnqueueReadBuffer)      \
  FUNCTION(clEnqueueWriteBuffer)     \
  FUNCTION(clEnqueueMapBuffer)       \
  FUNCTION(clEnqueueUnmapMemObject)  \
  FUNCTION(clCreateProgramWithSource) \
  FUNCTION(clCreateProgramWithBinary) \
  FUNCTION(clBuildProgram)           \
  FUNCTION(clGetProgramInfo)         \
  FUNCTION(clGetProgramBuildInfo)    \
  FUNCTION(clReleaseProgram)         \
  FUNCTION(clCreateKernel)           \
  FUNCTION(clSetKernelArg)           \
  FUNCTION(clGetKernelWorkGroupInfo) \
  FUNCTION(clReleaseKernel)          \
  FUNCTION(clEnqueueNDRangeKernel)   \
  FUNCTION(clWaitForEvents)          \
  FUNCTION(clGetEventInfo)           \
  FUNCTION(clGetEventProfilingInfo)  \
  FUNCTION(clReleaseEvent)

/// One pointer per call, under the call's own name.
typedef struct {
#define OPENCL_MEMBER(name) __typeof__(&name) _Nonnull name;
  OPENCL_FUNCTIONS(OPENCL_MEMBER)
#undef OPENCL_MEMBER
} opencl_calls;

/// Loads the OpenCL library and fills `calls`; on failure returns false and writes why to `reason`.
bool opencl_load(opencl_calls *_Nonnull calls, char *_Nonnull reason, size_t reason_size);

/// Whether the library of that name or path loads and is an OpenCL driver; if not, writes why to `reason`.
bool opencl_driver_loads(const char *_Nonnull library, char *_Nonnull reason, size_t reason_size);

#endif
