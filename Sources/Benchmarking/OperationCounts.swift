// Made by Benchmarks/operations/count from the kernels' own source: averages over the kernels' domains.
package let operationCounts: [String: OperationCount] = [
  "annihilation_at_energy_fermions": OperationCount(
    additions: 27, multiplications: 15.82, fusedMultiplyAdds: 1, divisions: 3.82, squareRoots: 2.82),
  "annihilation_at_energy_scalars": OperationCount(
    additions: 20, multiplications: 13.83, fusedMultiplyAdds: 1, divisions: 3.83, squareRoots: 2.83),
  "annihilation_of_beam": OperationCount(
    additions: 27, multiplications: 16, fusedMultiplyAdds: 16, divisions: 3, squareRoots: 1),
  "annihilation_parameter": OperationCount(
    additions: 0, multiplications: 1, fusedMultiplyAdds: 0, divisions: 1, squareRoots: 0),
  "anomalous_moments": OperationCount(
    additions: 34.55, multiplications: 39.59, fusedMultiplyAdds: 48.19, divisions: 6.27, squareRoots: 1.13),
  "arithmetic": OperationCount(
    additions: 1, multiplications: 1, fusedMultiplyAdds: 1, divisions: 1, squareRoots: 1),
  "asymptotic_rate": OperationCount(
    additions: 0.51, multiplications: 0.51, fusedMultiplyAdds: 0, divisions: 0.51, squareRoots: 0),
  "bessel_k1": OperationCount(
    additions: 0, multiplications: 2, fusedMultiplyAdds: 8, divisions: 2, squareRoots: 1),
  "bessel_k2": OperationCount(
    additions: 1, multiplications: 2, fusedMultiplyAdds: 12, divisions: 2, squareRoots: 1),
  "constrain_counts": OperationCount(
    additions: 21, multiplications: 13, fusedMultiplyAdds: 7, divisions: 1, squareRoots: 1),
  "constrain_value": OperationCount(
    additions: 5, multiplications: 3, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "decay_length": OperationCount(
    additions: 0, multiplications: 0, fusedMultiplyAdds: 0, divisions: 1, squareRoots: 0),
  "detection_efficiency": OperationCount(
    additions: 10, multiplications: 7, fusedMultiplyAdds: 9, divisions: 3, squareRoots: 0),
  "exponential": OperationCount(
    additions: 7, multiplications: 5, fusedMultiplyAdds: 16, divisions: 0, squareRoots: 0),
  "higgs_to_electron_muon_phi": OperationCount(
    additions: 634.98, multiplications: 779.98, fusedMultiplyAdds: 871, divisions: 50, squareRoots: 50),
  "higgs_to_phi_phi": OperationCount(
    additions: 0, multiplications: 3, fusedMultiplyAdds: 2, divisions: 0, squareRoots: 1),
  "improved_ww_differential": OperationCount(
    additions: 143.19, multiplications: 256.62, fusedMultiplyAdds: 127.81, divisions: 43.14, squareRoots: 0.8),
  "improved_ww_double_differential": OperationCount(
    additions: 50, multiplications: 79.99, fusedMultiplyAdds: 41, divisions: 14, squareRoots: 1),
  "improved_ww_total": OperationCount(
    additions: 1094.27, multiplications: 1906.41, fusedMultiplyAdds: 1058.25, divisions: 311.25, squareRoots: 5.84),
  "invisible_branching_ratio": OperationCount(
    additions: 1, multiplications: 0, fusedMultiplyAdds: 0, divisions: 1, squareRoots: 0),
  "invisible_width_fermions": OperationCount(
    additions: 23, multiplications: 7.61, fusedMultiplyAdds: 0, divisions: 1.61, squareRoots: 0.61),
  "invisible_width_scalars": OperationCount(
    additions: 16, multiplications: 5.61, fusedMultiplyAdds: 0, divisions: 1.61, squareRoots: 0.61),
  "kaon_to_electron_phi": OperationCount(
    additions: 695, multiplications: 973, fusedMultiplyAdds: 967, divisions: 98, squareRoots: 50),
  "kaon_to_electron_phi_accepted": OperationCount(
    additions: 961.19, multiplications: 948.86, fusedMultiplyAdds: 737.76, divisions: 257.99, squareRoots: 39.56),
  "linear_range": OperationCount(
    additions: 1, multiplications: 0, fusedMultiplyAdds: 1, divisions: 0, squareRoots: 0),
  "logarithm": OperationCount(
    additions: 8, multiplications: 7.03, fusedMultiplyAdds: 7, divisions: 1, squareRoots: 0),
  "logarithmic_range": OperationCount(
    additions: 15, multiplications: 14, fusedMultiplyAdds: 23, divisions: 2, squareRoots: 0),
  "michel_shift_fermions": OperationCount(
    additions: 2725.74, multiplications: 3295.78, fusedMultiplyAdds: 2613, divisions: 343.52, squareRoots: 150),
  "michel_shift_scalars": OperationCount(
    additions: 2725.66, multiplications: 3295.75, fusedMultiplyAdds: 2613, divisions: 343.46, squareRoots: 150),
  "muon_to_electron_fermions": OperationCount(
    additions: 2833.18, multiplications: 3629.6, fusedMultiplyAdds: 3288.02, divisions: 332.59, squareRoots: 170.83),
  "muon_to_electron_phi": OperationCount(
    additions: 18, multiplications: 7.99, fusedMultiplyAdds: 1, divisions: 0.99, squareRoots: 0.99),
  "muon_to_electron_scalars": OperationCount(
    additions: 2833.18, multiplications: 3629.6, fusedMultiplyAdds: 3288.02, divisions: 332.59, squareRoots: 170.83),
  "pair_event": OperationCount(
    additions: 1819, multiplications: 2939.43, fusedMultiplyAdds: 666, divisions: 90.86, squareRoots: 72),
  "pair_tile": OperationCount(
    additions: 1.82777e+06, multiplications: 2.97106e+06, fusedMultiplyAdds: 641042, divisions: 88937.3,
    squareRoots: 72705),
  "philox": OperationCount(
    additions: 10, multiplications: 0, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "pion_to_electron_phi": OperationCount(
    additions: 695, multiplications: 972, fusedMultiplyAdds: 967, divisions: 98, squareRoots: 50),
  "product": OperationCount(
    additions: 0, multiplications: 1, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "production_differential": OperationCount(
    additions: 421.25, multiplications: 748.75, fusedMultiplyAdds: 150.98, divisions: 106.38, squareRoots: 43.91),
  "production_double_differential": OperationCount(
    additions: 91.37, multiplications: 145.75, fusedMultiplyAdds: 29.39, divisions: 22.29, squareRoots: 11.05),
  "production_event": OperationCount(
    additions: 138, multiplications: 182, fusedMultiplyAdds: 88, divisions: 30, squareRoots: 8),
  "production_histogram": OperationCount(
    additions: 153673, multiplications: 181276, fusedMultiplyAdds: 83972, divisions: 30720, squareRoots: 8192),
  "production_monte_carlo": OperationCount(
    additions: 690268, multiplications: 961303, fusedMultiplyAdds: 399390, divisions: 163262, squareRoots: 38218.2),
  "production_share": OperationCount(
    additions: 14355.8, multiplications: 27093.5, fusedMultiplyAdds: 6060.53, divisions: 3490.06, squareRoots: 1341.32),
  "production_tile": OperationCount(
    additions: 112667, multiplications: 155653, fusedMultiplyAdds: 65540, divisions: 26624, squareRoots: 6144),
  "production_total": OperationCount(
    additions: 2906.04, multiplications: 5365.53, fusedMultiplyAdds: 1213.88, divisions: 737.16, squareRoots: 280.21),
  "psi2_survival": OperationCount(
    additions: 1, multiplications: 2, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "psi2_widths_fermions": OperationCount(
    additions: 1356.68, multiplications: 1946.32, fusedMultiplyAdds: 1375.54, divisions: 263.98, squareRoots: 73.89),
  "psi2_widths_scalars": OperationCount(
    additions: 1339.57, multiplications: 1933.55, fusedMultiplyAdds: 1361.01, divisions: 270.51, squareRoots: 72.73),
  "random_coordinates": OperationCount(
    additions: 11, multiplications: 4, fusedMultiplyAdds: 4, divisions: 0, squareRoots: 0),
  "relic_fermions": OperationCount(
    additions: 6759.82, multiplications: 11864.9, fusedMultiplyAdds: 20682.6, divisions: 1218.55, squareRoots: 374.42),
  "relic_fermions_shared": OperationCount(
    additions: 607.47, multiplications: 1457.47, fusedMultiplyAdds: 2403.37, divisions: 133.73, squareRoots: 95.24),
  "relic_gk2022": OperationCount(
    additions: 2, multiplications: 8, fusedMultiplyAdds: 0, divisions: 4, squareRoots: 0),
  "relic_scalars": OperationCount(
    additions: 6119.25, multiplications: 10746.4, fusedMultiplyAdds: 20110.3, divisions: 1165.72, squareRoots: 343.99),
  "relic_scalars_shared": OperationCount(
    additions: 744.67, multiplications: 1660.93, fusedMultiplyAdds: 2863.45, divisions: 165, squareRoots: 105.5),
  "rotation": OperationCount(
    additions: 1, multiplications: 2, fusedMultiplyAdds: 18, divisions: 0, squareRoots: 0),
  "shared_average_fermions": OperationCount(
    additions: 5747.2, multiplications: 9241.37, fusedMultiplyAdds: 6030.6, divisions: 1049.63, squareRoots: 468.73),
  "shared_average_scalars": OperationCount(
    additions: 3746.37, multiplications: 6350.19, fusedMultiplyAdds: 5192.54, divisions: 850.24, squareRoots: 369.04),
  "sigmav_fermions": OperationCount(
    additions: 5065.08, multiplications: 7560.91, fusedMultiplyAdds: 4636.53, divisions: 518.12, squareRoots: 291.6),
  "sigmav_scalars": OperationCount(
    additions: 3186.41, multiplications: 4845.41, fusedMultiplyAdds: 3882.48, divisions: 330.99, squareRoots: 198),
  "signal_events": OperationCount(
    additions: 38, multiplications: 25, fusedMultiplyAdds: 35, divisions: 6, squareRoots: 0),
  "sobol_coordinates": OperationCount(
    additions: 169, multiplications: 4, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "status_fermions": OperationCount(
    additions: 0, multiplications: 0, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "status_scalars": OperationCount(
    additions: 0, multiplications: 0, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "sum": OperationCount(
    additions: 1, multiplications: 0, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "times_squared_coupling": OperationCount(
    additions: 0, multiplications: 2, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "unconstrained": OperationCount(
    additions: 0, multiplications: 0, fusedMultiplyAdds: 0, divisions: 0, squareRoots: 0),
  "visible_width": OperationCount(
    additions: 18, multiplications: 7.9, fusedMultiplyAdds: 1, divisions: 1.9, squareRoots: 0.9),
  "ww_differential": OperationCount(
    additions: 143.19, multiplications: 253.93, fusedMultiplyAdds: 127.81, divisions: 43.14, squareRoots: 0.8),
  "ww_double_differential": OperationCount(
    additions: 50, multiplications: 78.67, fusedMultiplyAdds: 41, divisions: 14, squareRoots: 1),
  "ww_total": OperationCount(
    additions: 1094.27, multiplications: 1888.66, fusedMultiplyAdds: 1058.25, divisions: 311.24, squareRoots: 5.84),
  "z_to_electron_muon_phi": OperationCount(
    additions: 25131.4, multiplications: 24594.4, fusedMultiplyAdds: 11933.8, divisions: 3256.73, squareRoots: 542),
]
