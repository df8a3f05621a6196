// Embeds data/*.yaml, so that a binary needs no other file.
#include "ExperimentFiles.h"

static const char na64e_2018[] = {
#embed "data/na64e-2018.yaml"
    , 0};
static const char na64e_2022[] = {
#embed "data/na64e-2022.yaml"
    , 0};
static const char na64e_projection[] = {
#embed "data/na64e-projection.yaml"
    , 0};
static const char na64mu_2022[] = {
#embed "data/na64mu-2022.yaml"
    , 0};
static const char na64mu_projection[] = {
#embed "data/na64mu-projection.yaml"
    , 0};
static const char ldmx[] = {
#embed "data/ldmx.yaml"
    , 0};
static const char m3[] = {
#embed "data/m3.yaml"
    , 0};

static const struct {
  const char *name, *text;
} files[] = {
    {"na64e-2018", na64e_2018},
    {"na64e-2022", na64e_2022},
    {"na64e-projection", na64e_projection},
    {"na64mu-2022", na64mu_2022},
    {"na64mu-projection", na64mu_projection},
    {"ldmx", ldmx},
    {"m3", m3},
};

int experiment_file_count(void) { return (int)(sizeof files / sizeof files[0]); }
const char *experiment_file_name(int index) { return files[index].name; }
const char *experiment_file_text(int index) { return files[index].text; }
