// The relic density by micrOMEGAs at points of standard input, m_phi m_1 m_2 h g each: main FAST BEPS
// Prints for each point Omega h^2, the error code of darkOmega, its CPU time [s] and the width of phi [GeV].
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../include/micromegas.h"
#include "../include/micromegas_aux.h"
#include "lib/pmodel.h"

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int count, char **arguments) {
  const int fast = count > 1 ? atoi(arguments[1]) : 1;
  const double beps = count > 2 ? atof(arguments[2]) : 1e-4;
  double m_phi, m_1, m_2, h, g;
  ForceUG = 0;
  while (scanf("%lf %lf %lf %lf %lf", &m_phi, &m_1, &m_2, &h, &g) == 5) {
    char lightest[20];
    double freeze_out, density = -1;
    int error = 0;
    const double start = seconds();
    assignValW("Mphi", m_phi), assignValW("Mx1", m_1), assignValW("Mx2", m_2), assignValW("h", h), assignValW("g", g);
    if (sortOddParticles(lightest) == 0) density = darkOmega(&freeze_out, fast, beps, &error);
    printf("density %.9e %d %.6e %.9e\n", density, error, seconds() - start, pWidth("p", NULL));
    fflush(stdout);
  }
  return 0;
}
