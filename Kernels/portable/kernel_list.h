// KERNEL(name, inputs, outputs) for every kernel of kernels.h; the one list behind the native dispatch, the OpenCL
// entry points and the host's enumeration.
#define PORTAL_KERNEL_LIST(KERNEL)          \
  KERNEL(anomalous_moments, 1, 2)           \
  KERNEL(visible_width, 1, 1)               \
  KERNEL(invisible_width_fermions, 3, 1)    \
  KERNEL(invisible_width_scalars, 3, 1)     \
  KERNEL(times_squared_coupling, 2, 1)      \
  KERNEL(invisible_branching_ratio, 2, 1)   \
  KERNEL(product, 2, 1)                     \
  KERNEL(sum, 2, 1)                         \
  KERNEL(sobol_coordinates, 1, 4)           \
  KERNEL(random_coordinates, 1, 4)          \
  KERNEL(linear_range, 3, 1)                \
  KERNEL(logarithmic_range, 3, 1)           \
  KERNEL(status_fermions, 3, 1)             \
  KERNEL(status_scalars, 2, 1)              \
  KERNEL(exponential, 1, 1)                 \
  KERNEL(logarithm, 1, 1)                   \
  KERNEL(philox, 6, 4)                      \
  KERNEL(arithmetic, 3, 4)                  \
  KERNEL(rotation, 1, 2)                    \
  KERNEL(relic_fermions, 5, 7)              \
  KERNEL(relic_scalars, 5, 7)               \
  KERNEL(relic_fermions_shared, 6, 7)       \
  KERNEL(relic_scalars_shared, 6, 7)        \
  KERNEL(shared_average_fermions, 6, 17)    \
  KERNEL(shared_average_scalars, 6, 17)     \
  KERNEL(sigmav_fermions, 6, 1)             \
  KERNEL(sigmav_scalars, 6, 1)              \
  KERNEL(relic_gk2022, 5, 1)                \
  KERNEL(annihilation_parameter, 2, 1)      \
  KERNEL(bessel_k1, 1, 1)                   \
  KERNEL(bessel_k2, 1, 1)                   \
  KERNEL(production_double_differential, 4, 2)\
  KERNEL(ww_double_differential, 4, 2)      \
  KERNEL(improved_ww_double_differential, 4, 2)\
  KERNEL(production_differential, 3, 3)     \
  KERNEL(ww_differential, 3, 3)             \
  KERNEL(improved_ww_differential, 3, 3)    \
  KERNEL(production_total, 2, 3)            \
  KERNEL(ww_total, 2, 3)                    \
  KERNEL(improved_ww_total, 2, 3)           \
  KERNEL(production_share, 3, 2)            \
  KERNEL(production_monte_carlo, 3, 2)      \
  KERNEL(production_tile, 6, 1)             \
  KERNEL(production_histogram, 6, 24)       \
  KERNEL(production_event, 4, 14)           \
  KERNEL(muon_to_electron_phi, 1, 2)        \
  KERNEL(muon_to_electron_fermions, 5, 2)   \
  KERNEL(muon_to_electron_scalars, 5, 2)    \
  KERNEL(michel_shift_fermions, 3, 3)       \
  KERNEL(michel_shift_scalars, 3, 3)        \
  KERNEL(kaon_to_electron_phi, 1, 2)        \
  KERNEL(kaon_to_electron_phi_accepted, 1, 1)\
  KERNEL(pion_to_electron_phi, 1, 1)        \
  KERNEL(z_to_electron_muon_phi, 1, 2)      \
  KERNEL(higgs_to_phi_phi, 1, 1)            \
  KERNEL(higgs_to_electron_muon_phi, 1, 2)  \
  KERNEL(psi2_widths_fermions, 3, 3)        \
  KERNEL(psi2_widths_scalars, 3, 3)         \
  KERNEL(decay_length, 1, 1)                \
  KERNEL(psi2_survival, 4, 1)               \
  KERNEL(pair_tile, 4, 1)                   \
  KERNEL(pair_event, 4, 15)                 \
  KERNEL(annihilation_of_beam, 3, 1)        \
  KERNEL(annihilation_at_energy_fermions, 5, 1)\
  KERNEL(annihilation_at_energy_scalars, 5, 1)\
  KERNEL(detection_efficiency, 1, 1)        \
  KERNEL(signal_events, 1, 1)               \
  KERNEL(asymptotic_rate, 1, 1)             \
  KERNEL(unconstrained, 1, 2)               \
  KERNEL(constrain_value, 4, 3)             \
  KERNEL(constrain_counts, 4, 3)
#define PORTAL_MOST_INPUTS 6
#define PORTAL_MOST_OUTPUTS 24
