#include "drivers.h"

#define PORTAL_ISA scalar
#define LANES 1
#include "instantiate.h"
