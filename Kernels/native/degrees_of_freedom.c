// The text of the tables of relativistic degrees of freedom (Kernels/data), embedded so that a binary carries them.
#include "PortalKernels.h"

static const char dhs[] = {
#embed "../data/dof_dhs.csv"
    , 0};
static const char laine_meyer[] = {
#embed "../data/dof_laine_meyer.csv"
    , 0};
static const char saikawa_shirai[] = {
#embed "../data/dof_saikawa_shirai.csv"
    , 0};

const char *portal_freedom_text(portal_freedom table) {
  switch (table) {
    case portal_freedom_laine_meyer: return laine_meyer;
    case portal_freedom_saikawa_shirai: return saikawa_shirai;
    default: return dhs;
  }
}
