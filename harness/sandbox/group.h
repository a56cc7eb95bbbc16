// Control groups for boxes: the kernel counts memory and tasks. Versions 1 and 2.
#ifndef INTERLEAVE_GROUP_H
#define INTERLEAVE_GROUP_H

#include <stdbool.h>
#include <stdint.h>

// NULL when groups can be made here, or else why not (owned by the caller). Also removes groups that a killed
// harness has left.
char *group_refuse(void);

// Makes a group for one child and returns its name (owned by the caller); NULL with errno.
char *group_new(uint64_t memory, uint64_t tasks);
// The calling process joins it. False with errno.
bool group_join(const char *name);
// The group is empty: removes it, and says whether the kernel ended somebody in it for its memory.
bool group_close(const char *name);

#endif
