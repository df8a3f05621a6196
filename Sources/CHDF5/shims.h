// HDF5 and its dimension-scale interface. HDF5's constants are macros over library variables, which Swift cannot
// import; these functions stand for them.
#ifndef LEPTOSCAN_CHDF5_H
#define LEPTOSCAN_CHDF5_H

#include <hdf5.h>
#include <hdf5_hl.h>

#endif
