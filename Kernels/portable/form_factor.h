// Z^2 F^2(T): the nuclear form factor times the squared charge, T = -q^2 [GeV^2].
//
// Elastic (Tsai, Rev. Mod. Phys. 46 (1974) 815): Z^2 [a T/(1 + a T)]^2 / (1 + T/d)^2, with atomic screening
// a = (111 Z^(-1/3)/m_e)^2 and nuclear size d = 0.164 A^(-2/3) GeV^2. Inelastic, optional: the Z protons, with
// a' = (773 Z^(-2/3)/m_e)^2 and the dipole form factor.
#ifndef PORTAL_FORM_FACTOR_H
#define PORTAL_FORM_FACTOR_H

#include "platform.h"
#include "production_process.h"

#define PORTAL_PROTON_MASS 0.93827208816
#define PORTAL_PROTON_MAGNETIC_MOMENT 2.79
#define PORTAL_DIPOLE_SCALE 0.71  // GeV^2

INLINE real elastic_form_factor(const production_process process, real t) {
  const real at = process.screening * t;
  return square(process.charge * at / ((1.0 + at) * (1.0 + t * (1.0 / process.nuclear_size))));
}

INLINE real inelastic_form_factor(const production_process process, real t) {
  const double moment = (PORTAL_PROTON_MAGNETIC_MOMENT * PORTAL_PROTON_MAGNETIC_MOMENT - 1.0) /
                        (4.0 * PORTAL_PROTON_MASS * PORTAL_PROTON_MASS);
  const real at = process.inelastic_screening * t;
  const real dipole = square(square(1.0 + t * (1.0 / PORTAL_DIPOLE_SCALE)));
  return process.charge * square(at * (1.0 + t * moment) / ((1.0 + at) * dipole));
}

INLINE real form_factor(const production_process process, real t) {
  const real elastic = elastic_form_factor(process, t);
  return process.inelastic_screening > 0.0 ? elastic + inelastic_form_factor(process, t) : elastic;
}

#endif
