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
static const char trigonometric[] = {
#embed "../portable/trigonometric.h"
    , 0};
static const char complex[] = {
#embed "../portable/complex.h"
    , 0};
static const char bessel[] = {
#embed "../portable/bessel.h"
    , 0};
static const char annihilation_point[] = {
#embed "../portable/annihilation_point.h"
    , 0};
static const char annihilation_leptons[] = {
#embed "../portable/annihilation_leptons.h"
    , 0};
static const char annihilation_pole[] = {
#embed "../portable/annihilation_pole.h"
    , 0};
static const char annihilation_phi_pairs[] = {
#embed "../portable/annihilation_phi_pairs.h"
    , 0};
static const char relic_tables[] = {
#embed "../portable/relic_tables.h"
    , 0};
static const char degrees_of_freedom[] = {
#embed "../portable/degrees_of_freedom.h"
    , 0};
static const char thermal_average[] = {
#embed "../portable/thermal_average.h"
    , 0};
static const char relic_density[] = {
#embed "../portable/relic_density.h"
    , 0};
static const char relic_observables[] = {
#embed "../portable/relic_observables.h"
    , 0};
static const char relic_estimate[] = {
#embed "../portable/relic_estimate.h"
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
    {"philox.h", philox},
    {"trigonometric.h", trigonometric},
    {"complex.h", complex},
    {"bessel.h", bessel},
    {"annihilation_point.h", annihilation_point},
    {"annihilation_leptons.h", annihilation_leptons},
    {"annihilation_pole.h", annihilation_pole},
    {"annihilation_phi_pairs.h", annihilation_phi_pairs},
    {"relic_tables.h", relic_tables},
    {"degrees_of_freedom.h", degrees_of_freedom},
    {"thermal_average.h", thermal_average},
    {"relic_density.h", relic_density},
    {"relic_observables.h", relic_observables},
    {"relic_estimate.h", relic_estimate},
    {"kernels.h", kernels},
    {"entry.cl", entry},        {"store.cl", store},
};

int portal_source_count(void) { return sizeof sources / sizeof sources[0]; }
const char *portal_source_name(int index) { return sources[index].name; }
const char *portal_source_text(int index) { return sources[index].text; }
