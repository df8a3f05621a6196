// The text of every kernel source, embedded so that OpenCL devices compile exactly what the CPU runs.
#include "PortalKernels.h"

static const char platform[] = {
#embed "../portable/platform.h"
    , 0};
static const char constants[] = {
#embed "../portable/constants.h"
    , 0};
static const char exponential[] = {
#embed "../portable/exponential.h"
    , 0};
static const char logarithm[] = {
#embed "../portable/logarithm.h"
    , 0};
static const char carlson[] = {
#embed "../portable/carlson.h"
    , 0};
static const char kinematics[] = {
#embed "../portable/kinematics.h"
    , 0};
static const char widths[] = {
#embed "../portable/widths.h"
    , 0};
static const char loop_integral[] = {
#embed "../portable/loop_integral.h"
    , 0};
static const char philox[] = {
#embed "../portable/philox.h"
    , 0};
static const char kernels[] = {
#embed "../portable/kernels.h"
    , 0};
static const char entry[] = {
#embed "../opencl/entry.cl"
    , 0};
static const char store[] = {
#embed "../opencl/store.cl"
    , 0};

static const struct {
  const char *name, *text;
} sources[] = {
    {"platform.h", platform},   {"constants.h", constants},
    {"exponential.h", exponential}, {"logarithm.h", logarithm},
    {"carlson.h", carlson},     {"kinematics.h", kinematics},
    {"widths.h", widths},       {"loop_integral.h", loop_integral},
    {"philox.h", philox},       {"kernels.h", kernels},
    {"entry.cl", entry},        {"store.cl", store},
};

int portal_source_count(void) { return sizeof sources / sizeof sources[0]; }
const char *portal_source_name(int index) { return sources[index].name; }
const char *portal_source_text(int index) { return sources[index].text; }
