// The experiments that leptoscan brings along, as YAML text inside the binary.
#ifndef EXPERIMENT_FILES_H
#define EXPERIMENT_FILES_H

/// Number of files.
int experiment_file_count(void);
/// The experiment's name, 0 <= index < experiment_file_count(); files are in the order in which they are listed.
const char *experiment_file_name(int index);
/// The YAML text, ended by a zero byte.
const char *experiment_file_text(int index);

#endif
