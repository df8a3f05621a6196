#ifndef C_HOST_RESOURCES_H
#define C_HOST_RESOURCES_H

#include <stddef.h>

/// Lets all threads share one heap. Does nothing where the C library has no such choice.
void host_share_heap(void);

/// The least stack of threads that libraries make without saying how large it is to be; `ulimit -s` says it otherwise. Does
/// nothing where the C library has no such choice.
void host_default_stack_at_least(size_t byte_count);

#endif
