// Landlock: what of the file system, the network and other processes is within reach, without namespaces.
#ifndef INTERLEAVE_LANDLOCK_H
#define INTERLEAVE_LANDLOCK_H

#include <stdbool.h>
#include <stddef.h>

enum { LANDLOCK_LEAST = 6 }; // the first version that keeps signals within

// The version that the kernel has; 0: none.
int landlock_version(void);

enum landlock_way {
    LANDLOCK_READ,
    LANDLOCK_USE /* read and run */,
    LANDLOCK_WRITE /* a device */,
    LANDLOCK_OWN
};

struct landlock_rule {
    const char *path;
    enum landlock_way way;
};

// From here on, for this process and all it starts, nothing else can be opened, connected to or signalled.
// What does not exist is left out. False with errno.
bool landlock_confine(const struct landlock_rule *rules, size_t count);

#endif
