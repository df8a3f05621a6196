// The native (CPU) side of the portal kernels, as seen from Swift.
#ifndef PORTAL_KERNELS_API_H
#define PORTAL_KERNELS_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../portable/constants.h"
#include "../portable/constraint_layout.h"
#include "../portable/kernel_list.h"
#include "../portable/pair_layout.h"
#include "../portable/production_layout.h"
#include "../portable/signal_layout.h"

/// A kernel by number; portable/kernels.h says what each computes.
typedef enum : int32_t {
#define PORTAL_KERNEL_CASE(name, inputs, outputs) portal_kernel_##name,
  PORTAL_KERNEL_LIST(PORTAL_KERNEL_CASE)
#undef PORTAL_KERNEL_CASE
  portal_kernel_count
} portal_kernel;

const char *portal_kernel_name(portal_kernel kernel);
int portal_kernel_inputs(portal_kernel kernel);
int portal_kernel_outputs(portal_kernel kernel);

/// An instruction set the kernels were compiled for.
typedef enum : int32_t {
  portal_isa_scalar,    ///< one lane at a time, the compiler's baseline; for tests
  portal_isa_baseline,  ///< SSE2 on x86-64, NEON on arm64
  portal_isa_avx2,      ///< AVX2 + FMA
  portal_isa_avx512,    ///< AVX-512 F, DQ, VL
  portal_isa_count
} portal_isa;

const char *portal_isa_name(portal_isa isa);
/// Whether this processor runs it.
bool portal_isa_available(portal_isa isa);
/// The fastest one available.
portal_isa portal_isa_best(void);
/// Lanes per vector of that instantiation.
int portal_isa_lanes(portal_isa isa);

/// outputs[j][i] = kernel(inputs[0][i], inputs[1][i], ...)[j] for 0 <= i < count. Bits depend neither on the
/// instruction set nor on count. inputs and outputs may not overlap. aux: the run-time data of
/// kernels that need it, else NULL.
void portal_evaluate(portal_isa isa, portal_kernel kernel, size_t count, const double *const *inputs,
                     double *const *outputs, const double *aux);

/// Tables of the effective relativistic degrees of freedom of the plasma.
typedef enum : int32_t {
  portal_freedom_dhs,             ///< Drees, Hajkarim, Schmitz, arXiv:1503.03513
  portal_freedom_laine_meyer,     ///< Laine, Meyer, arXiv:1503.04935
  portal_freedom_saikawa_shirai,  ///< Saikawa, Shirai, arXiv:2005.03544
} portal_freedom;

/// Comment line, header line `T_GeV,h_eff,g_eff`, then numbers, temperatures ascending.
const char *portal_freedom_text(portal_freedom table);

/// How finely the run-time data of the relic-density kernels (portable/relic_tables.h) is tabulated.
typedef struct {
  int quarters;     ///< temperature intervals / 4, counted up to an even number; 100 by default
  int refinement;   ///< energy nodes per factor sqrt(2); 1 by default
  double last_x;    ///< annihilation is followed to m/T = last_x; 2e4 by default
  bool phi_pairs;   ///< psi psibar -> phi phi* included
} portal_relic_settings;

/// Number of doubles of the tables; 0 where the settings are out of range. temperatures [GeV] ascending.
size_t portal_relic_tables_length(portal_relic_settings settings, const double *temperatures, int count);

/// Fills them from h_eff and g_eff at `count` (3-1024) temperatures; false where the settings are out of range.
bool portal_relic_tables_fill(portal_relic_settings settings, const double *temperatures, const double *h_eff,
                              const double *g_eff, int count, double *out);

/// Rows of averages that a triple of masses shares (portable/shared_rows.h): how many the kernels shared_average_* compute,
/// one for each record number from 0 on.
size_t portal_relic_shared_rows(const double *tables);

/// Length of what `masses` triples of masses share, which stands behind the relic tables.
size_t portal_relic_shared_length(const double *tables, size_t masses);

/// Begins it at `length`, the end of the relic tables.
void portal_relic_shared_begin(double *tables, size_t length, size_t masses, double largest_h, double largest_g);

/// Puts in the kernel's outputs (element = masses x row) for `count` triples from `first` on, and what follows from them.
void portal_relic_shared_fill(double *tables, size_t first, size_t count, const double *const *columns);

/// out[i] = table[sum_k index_k strides[k]] for the points start <= p < start + count of a row-major index space; the
/// stride is 0 along a dimension the table does not have. dimensions may be 0 (one value for all points).
void portal_gather(const double *table, int dimensions, const uint64_t *shape, const uint64_t *strides, uint64_t start,
                   size_t count, double *out);

/// Conversion to the stored type: float rounds to nearest even; uint8 and uint32 expect whole numbers in
/// their range.
void portal_store_float32(const double *values, size_t count, float *out);
void portal_store_uint8(const double *values, size_t count, uint8_t *out);
void portal_store_uint32(const double *values, size_t count, uint32_t *out);

/// Runs `steps` rounds of independent vector multiply-adds on this thread and returns how many floating-point operations
/// that were. `result` receives a value that depends on all of them.
double portal_multiply_adds(portal_isa isa, size_t steps, double *result);

/// a[i] = b[i] + 3 c[i]: moves 24 bytes per element.
void portal_triad(size_t count, double *a, const double *b, const double *c);

/// The compiler that the kernels were compiled with, and its version.
const char *portal_compiler_version(void);

/// The kernel sources by file name, for the compilers of OpenCL devices; 0 <= index < portal_source_count().
int portal_source_count(void);
const char *portal_source_name(int index);
const char *portal_source_text(int index);

#endif
