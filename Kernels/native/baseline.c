#include "drivers.h"

#define PORTAL_ISA baseline
#define LANES 4
#include "instantiate.h"
