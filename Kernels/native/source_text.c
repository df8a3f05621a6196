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
static const char point_sampling[] = {
#embed "../portable/point_sampling.h"
    , 0};
static const char whole_numbers[] = {
#embed "../portable/whole_numbers.h"
    , 0};
static const char trigonometry[] = {
#embed "../portable/trigonometry.h"
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
static const char species_densities[] = {
#embed "../portable/species_densities.h"
    , 0};
static const char thermal_average[] = {
#embed "../portable/thermal_average.h"
    , 0};
static const char boltzmann_terms[] = {
#embed "../portable/boltzmann_terms.h"
    , 0};
static const char shared_rows[] = {
#embed "../portable/shared_rows.h"
    , 0};
static const char relic_shared[] = {
#embed "../portable/relic_shared.h"
    , 0};
static const char relic_window[] = {
#embed "../portable/relic_window.h"
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
static const char production_layout[] = {
#embed "../portable/production_layout.h"
    , 0};
static const char production_process[] = {
#embed "../portable/production_process.h"
    , 0};
static const char form_factor[] = {
#embed "../portable/form_factor.h"
    , 0};
static const char production_kinematics[] = {
#embed "../portable/production_kinematics.h"
    , 0};
static const char production_amplitude[] = {
#embed "../portable/production_amplitude.h"
    , 0};
static const char momentum_transfer[] = {
#embed "../portable/momentum_transfer.h"
    , 0};
static const char production_cross_section[] = {
#embed "../portable/production_cross_section.h"
    , 0};
static const char production_maps[] = {
#embed "../portable/production_maps.h"
    , 0};
static const char weizsaecker_williams[] = {
#embed "../portable/weizsaecker_williams.h"
    , 0};
static const char production_sampling[] = {
#embed "../portable/production_sampling.h"
    , 0};
static const char shifted_lattice[] = {
#embed "../portable/shifted_lattice.h"
    , 0};
static const char production_events[] = {
#embed "../portable/production_events.h"
    , 0};
static const char production_integrals[] = {
#embed "../portable/production_integrals.h"
    , 0};
static const char production_strata[] = {
#embed "../portable/production_strata.h"
    , 0};
static const char production_monte_carlo[] = {
#embed "../portable/production_monte_carlo.h"
    , 0};
static const char production_histogram[] = {
#embed "../portable/production_histogram.h"
    , 0};
static const char production_kernels[] = {
#embed "../portable/production_kernels.h"
    , 0};
static const char gauss_legendre[] = {
#embed "../portable/gauss_legendre.h"
    , 0};
static const char endpoint_map[] = {
#embed "../portable/endpoint_map.h"
    , 0};
static const char decay_muon_phi[] = {
#embed "../portable/decay_muon_phi.h"
    , 0};
static const char decay_muon_dark[] = {
#embed "../portable/decay_muon_dark.h"
    , 0};
static const char logarithm_remainder[] = {
#embed "../portable/logarithm_remainder.h"
    , 0};
static const char decay_meson[] = {
#embed "../portable/decay_meson.h"
    , 0};
static const char decay_kaon_window[] = {
#embed "../portable/decay_kaon_window.h"
    , 0};
static const char decay_z_terms[] = {
#embed "../portable/decay_z_terms.h"
    , 0};
static const char decay_z[] = {
#embed "../portable/decay_z.h"
    , 0};
static const char decay_higgs[] = {
#embed "../portable/decay_higgs.h"
    , 0};
static const char decay_higgs_three[] = {
#embed "../portable/decay_higgs_three.h"
    , 0};
static const char decay_psi2[] = {
#embed "../portable/decay_psi2.h"
    , 0};
static const char decay_psi2_light[] = {
#embed "../portable/decay_psi2_light.h"
    , 0};
static const char michel_shift[] = {
#embed "../portable/michel_shift.h"
    , 0};
static const char pair_layout[] = {
#embed "../portable/pair_layout.h"
    , 0};
static const char pair_amplitude[] = {
#embed "../portable/pair_amplitude.h"
    , 0};
static const char pair_sampling[] = {
#embed "../portable/pair_sampling.h"
    , 0};
static const char pair_monte_carlo[] = {
#embed "../portable/pair_monte_carlo.h"
    , 0};
static const char annihilation_in_flight[] = {
#embed "../portable/annihilation_in_flight.h"
    , 0};
static const char signal_layout[] = {
#embed "../portable/signal_layout.h"
    , 0};
static const char signal_events[] = {
#embed "../portable/signal_events.h"
    , 0};
static const char constraint_layout[] = {
#embed "../portable/constraint_layout.h"
    , 0};
static const char constraints[] = {
#embed "../portable/constraints.h"
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
static const char ceilings[] = {
#embed "../opencl/ceilings.cl"
    , 0};

static const struct {
  const char *name, *text;
} sources[] = {
    {"platform.h", platform},   {"constants.h", constants},
    {"exponential.h", exponential}, {"logarithm.h", logarithm},
    {"carlson.h", carlson},     {"kinematics.h", kinematics},
    {"widths.h", widths},       {"loop_integral.h", loop_integral},
    {"philox.h", philox},
    {"point_sampling.h", point_sampling},
    {"whole_numbers.h", whole_numbers},
    {"trigonometry.h", trigonometry},
    {"complex.h", complex},
    {"bessel.h", bessel},
    {"annihilation_point.h", annihilation_point},
    {"annihilation_leptons.h", annihilation_leptons},
    {"annihilation_pole.h", annihilation_pole},
    {"annihilation_phi_pairs.h", annihilation_phi_pairs},
    {"relic_tables.h", relic_tables},
    {"degrees_of_freedom.h", degrees_of_freedom},
    {"species_densities.h", species_densities},
    {"thermal_average.h", thermal_average},
    {"boltzmann_terms.h", boltzmann_terms},
    {"shared_rows.h", shared_rows},
    {"relic_shared.h", relic_shared},
    {"relic_window.h", relic_window},
    {"relic_density.h", relic_density},
    {"relic_observables.h", relic_observables},
    {"relic_estimate.h", relic_estimate},
    {"production_layout.h", production_layout},
    {"production_process.h", production_process},
    {"form_factor.h", form_factor},
    {"production_kinematics.h", production_kinematics},
    {"production_amplitude.h", production_amplitude},
    {"momentum_transfer.h", momentum_transfer},
    {"production_cross_section.h", production_cross_section},
    {"production_maps.h", production_maps},
    {"weizsaecker_williams.h", weizsaecker_williams},
    {"production_sampling.h", production_sampling},
    {"shifted_lattice.h", shifted_lattice},
    {"production_events.h", production_events},
    {"production_integrals.h", production_integrals},
    {"production_strata.h", production_strata},
    {"production_monte_carlo.h", production_monte_carlo},
    {"production_histogram.h", production_histogram},
    {"production_kernels.h", production_kernels},
    {"gauss_legendre.h", gauss_legendre},
    {"endpoint_map.h", endpoint_map},
    {"decay_muon_phi.h", decay_muon_phi},
    {"decay_muon_dark.h", decay_muon_dark},
    {"logarithm_remainder.h", logarithm_remainder},
    {"decay_meson.h", decay_meson},
    {"decay_kaon_window.h", decay_kaon_window},
    {"decay_z_terms.h", decay_z_terms},
    {"decay_z.h", decay_z},
    {"decay_higgs.h", decay_higgs},
    {"decay_higgs_three.h", decay_higgs_three},
    {"decay_psi2.h", decay_psi2},
    {"decay_psi2_light.h", decay_psi2_light},
    {"michel_shift.h", michel_shift},
    {"pair_layout.h", pair_layout},
    {"pair_amplitude.h", pair_amplitude},
    {"pair_sampling.h", pair_sampling},
    {"pair_monte_carlo.h", pair_monte_carlo},
    {"annihilation_in_flight.h", annihilation_in_flight},
    {"signal_layout.h", signal_layout},
    {"signal_events.h", signal_events},
    {"constraint_layout.h", constraint_layout},
    {"constraints.h", constraints},
    {"kernels.h", kernels},
    {"entry.cl", entry},        {"store.cl", store},
    {"ceilings.cl", ceilings},
};

int portal_source_count(void) { return sizeof sources / sizeof sources[0]; }
const char *portal_source_name(int index) { return sources[index].name; }
const char *portal_source_text(int index) { return sources[index].text; }
