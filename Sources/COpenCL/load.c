#include <dlfcn.h>
#include <stdio.h>

#include "COpenCL.h"

#ifdef __APPLE__
static const char *const libraries[] = {"/System/Library/Frameworks/OpenCL.framework/OpenCL"};
#else
static const char *const libraries[] = {"libOpenCL.so.1", "libOpenCL.so"};
#endif

bool opencl_load(opencl_calls *calls, char *reason, size_t reason_size) {
  void *library = NULL;
  for (size_t i = 0; library == NULL && i < sizeof libraries / sizeof libraries[0]; ++i)
    library = dlopen(libraries[i], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    snprintf(reason, reason_size, "dlopen: %s", dlerror());
    return false;
  }
#define OPENCL_FIND(name)                                                  \
  void *const found_##name = dlsym(library, #name);                        \
  if (found_##name == NULL) {                                              \
    snprintf(reason, reason_size, "dlsym: %s has no " #name, libraries[0]); \
    return false;                                                          \
  }                                                                        \
  calls->name = (__typeof__(&name))found_##name;
  OPENCL_FUNCTIONS(OPENCL_FIND)
  return true;
}

bool opencl_driver_loads(const char *path, char *reason, size_t reason_size) {
  void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
  if (library == NULL) {
    snprintf(reason, reason_size, "dlopen: %s", dlerror());
    return false;
  }
  // What a loader asks a driver for first (cl_khr_icd).
  const bool is_driver = dlsym(library, "clGetExtensionFunctionAddress") != NULL;
  if (!is_driver) snprintf(reason, reason_size, "it is no OpenCL driver: it has no clGetExtensionFunctionAddress");
  dlclose(library);
  return is_driver;
}
