// The system calls that a stranger's program is refused.
#ifndef INTERLEAVE_SYSCALLS_H
#define INTERLEAVE_SYSCALLS_H

#include "sandbox.h"

// From here on, for this process and all it starts. `explores`: it may keep files in memory. False with errno.
bool syscalls_refuse(enum sandbox_level level, bool explores);

#endif
