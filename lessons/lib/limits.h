/*
 * What the system lets this process have, and what it has. It lies here since it is no part of the
 * lesson (18) that asks: Linux tells it in text files, and each has its own form.
 *
 * Nothing here blocks. What cannot be read counts as no limit, or as no memory.
 */
#ifndef INTERLEAVE_LIMITS_H
#define INTERLEAVE_LIMITS_H

#include <stddef.h>

/* How many threads may be created now: the least of what is left by RLIMIT_NPROC (threads of the
 * user), by the kernel's threads-max, and by the limit of the control group (containers). */
size_t limits_threads(void);

/* Bytes of physical memory in use by this process, in whole pages. */
size_t limits_memory(void);

#endif
