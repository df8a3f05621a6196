// HDF5 and its dimension-scale interface. HDF5's constants are macros over library variables, which Swift cannot
// import; these functions stand for them.
#ifndef LEPTOSCAN_CHDF5_H
#define LEPTOSCAN_CHDF5_H

#include <hdf5.h>
#include <hdf5_hl.h>

// Element types, in the byte order of this machine.
static inline hid_t chdf5_float64(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_float32(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_uint8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t chdf5_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t chdf5_uint32(void) { return H5T_NATIVE_UINT32; }
static inline hid_t chdf5_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t chdf5_string(void) { return H5T_C_S1; }
// The type that netCDF-4 gives to a dimension without a variable.
static inline hid_t chdf5_phantom(void) { return H5T_IEEE_F32BE; }

// H5T_VARIABLE is the largest size_t, which Swift's Int does not hold.
static inline herr_t chdf5_set_variable_length(hid_t string) { return H5Tset_size(string, H5T_VARIABLE); }

// Classes of property lists.
static inline hid_t chdf5_file_creation(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_group_creation(void) { return H5P_GROUP_CREATE; }
static inline hid_t chdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }

static const hid_t chdf5_default = H5P_DEFAULT;
static const hid_t chdf5_whole_space = H5S_ALL;
static const hid_t chdf5_default_error_stack = H5E_DEFAULT;
static const unsigned chdf5_creation_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }
static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned chdf5_read_write(void) { return H5F_ACC_RDWR; }

#endif
