// What the C library has beyond POSIX, and Swift's module of it lacks.
#define _GNU_SOURCE
#include "CHostResources.h"

#include <pthread.h>

#ifdef __GLIBC__
#include <malloc.h>

void host_share_heap(void) { mallopt(M_ARENA_MAX, 1); }

void host_default_stack_at_least(size_t byte_count) {
  pthread_attr_t attributes;
  size_t now = 0;
  if (pthread_getattr_default_np(&attributes) != 0) return;
  if (pthread_attr_getstacksize(&attributes, &now) == 0 && now < byte_count &&
      pthread_attr_setstacksize(&attributes, byte_count) == 0)
    pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
}
#else
void host_share_heap(void) {}
void host_default_stack_at_least(size_t byte_count) { (void)byte_count; }
#endif
