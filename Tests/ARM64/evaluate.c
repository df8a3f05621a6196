// Evaluates every kernel at the points of a file (see inputs.py) and prints a checksum of the bits of each one's outputs.
// Fails if the file lacks a kernel. Usage: evaluate scalar|best FILE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "PortalKernels.h"

// What precedes a kernel's numbers in the file: inputs x points doubles, then the run-time data.
typedef struct {
  char name[64];
  uint64_t inputs, points, auxiliary;
} record;

static double *read_doubles(FILE *file, size_t count) {
  double *values = malloc((count + 1) * sizeof(double));
  if (values == NULL || fread(values, sizeof(double), count, file) != count) exit(74);
  return values;
}

static portal_kernel kernel_named(const char *name) {
  for (portal_kernel kernel = 0; kernel < portal_kernel_count; ++kernel)
    if (strcmp(portal_kernel_name(kernel), name) == 0) return kernel;
  return portal_kernel_count;
}

// FNV-1a.
static uint64_t checksum(const double *values, size_t count) {
  const unsigned char *bytes = (const unsigned char *)values;
  uint64_t sum = 0xcbf29ce484222325;
  for (size_t i = 0; i < count * sizeof(double); ++i) sum = (sum ^ bytes[i]) * 0x100000001b3;
  return sum;
}

static uint64_t evaluate(portal_isa isa, portal_kernel kernel, record head, double *in, const double *auxiliary) {
  const size_t outputs = (size_t)portal_kernel_outputs(kernel);
  double *out = calloc(outputs * head.points, sizeof(double));
  const double *sources[PORTAL_MOST_INPUTS];
  double *targets[PORTAL_MOST_OUTPUTS];
  if (out == NULL || head.inputs != (uint64_t)portal_kernel_inputs(kernel)) exit(65);
  for (size_t j = 0; j < head.inputs; ++j) sources[j] = in + j * head.points;
  for (size_t j = 0; j < outputs; ++j) targets[j] = out + j * head.points;
  portal_evaluate(isa, kernel, head.points, sources, targets, auxiliary);
  const uint64_t sum = checksum(out, outputs * head.points);
  free(out);
  return sum;
}

// The record `relic_tables` has temperatures, h_eff and g_eff instead of a kernel's inputs.
static uint64_t tables(const double *in, int count) {
  const portal_relic_settings settings = {.quarters = 100, .refinement = 1, .last_x = 2e4, .phi_pairs = true};
  const size_t length = portal_relic_tables_length(settings, in, count);
  double *out = calloc(length, sizeof(double));
  if (out == NULL || !portal_relic_tables_fill(settings, in, in + count, in + 2 * count, count, out)) exit(65);
  const uint64_t sum = checksum(out, length);
  free(out);
  return sum;
}

// Names kernels that were not evaluated; how many.
static int missing(const bool *done) {
  int count = 0;
  for (portal_kernel kernel = 0; kernel < portal_kernel_count; ++kernel)
    if (!done[kernel]) fprintf(stderr, "no inputs for kernel %s\n", portal_kernel_name(kernel)), ++count;
  return count;
}

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
  if (file == NULL) return 64;
  const portal_isa isa = strcmp(argv[1], "scalar") == 0 ? portal_isa_scalar : portal_isa_best();
  fprintf(stderr, "%s\n", portal_isa_name(isa));
  bool done[portal_kernel_count] = {false};
  record head;
  while (fread(&head, sizeof head, 1, file) == 1) {
    double *in = read_doubles(file, head.inputs * head.points), *auxiliary = read_doubles(file, head.auxiliary);
    const bool is_table = strcmp(head.name, "relic_tables") == 0;
    const portal_kernel kernel = kernel_named(head.name);
    if (!is_table && kernel == portal_kernel_count) return 65;
    if (!is_table) done[kernel] = true;
    const uint64_t sum = is_table ? tables(in, (int)head.points) : evaluate(isa, kernel, head, in, auxiliary);
    printf("%s %016llx\n", head.name, (unsigned long long)sum);
    free(in);
    free(auxiliary);
  }
  return missing(done) == 0 ? 0 : 65;
}
