#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Newer than the headers of some systems that this is built on.
enum {
    FS_REFER = 1 << 13,
    FS_TRUNCATE = 1 << 14,
    FS_IOCTL_DEV = 1 << 15,
    FS_ALL = (FS_IOCTL_DEV << 1) - 1,
    NET_ALL = 3,   // bind, connect
    SCOPE_ALL = 3, // abstract sockets, signals
};

struct attributes {
    uint64_t fs, net, scoped;
};

static const uint64_t reads = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
                      writes = LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE,
                      owns = LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                             LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                             LANDLOCK_ACCESS_FS_MAKE_FIFO,
                      of_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                                 LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE | FS_IOCTL_DEV;

int landlock_version(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

static uint64_t rights(enum landlock_way way) {
    switch (way) {
    case LANDLOCK_READ:
        return reads;
    case LANDLOCK_USE:
        return reads | LANDLOCK_ACCESS_FS_EXECUTE;
    case LANDLOCK_WRITE:
        return reads | writes;
    case LANDLOCK_OWN:
        return reads | writes | owns | LANDLOCK_ACCESS_FS_EXECUTE;
    }
    return 0;
}

static bool add(int ruleset, const struct landlock_rule *rule) {
    int fd = open(rule->path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == EACCES; // then nobody here can reach it
    struct stat status;
    bool ok = fstat(fd, &status) == 0;
    uint64_t allowed = rights(rule->way);
    if (ok && !S_ISDIR(status.st_mode))
        allowed &= of_files;
    const struct landlock_path_beneath_attr attributes = {.allowed_access = allowed,
                                                          .parent_fd = fd};
    ok = ok &&
         syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &attributes, 0) == 0;
    int problem = errno;
    close(fd);
    errno = problem;
    return ok;
}

bool landlock_confine(const struct landlock_rule *rules, size_t count) {
    const struct attributes attributes = {FS_ALL, NET_ALL, SCOPE_ALL};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    bool ok = ruleset >= 0;
    for (size_t i = 0; ok && i < count; i++)
        ok = add(ruleset, &rules[i]);
    ok = ok && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    int problem = errno;
    if (ruleset >= 0)
        close(ruleset);
    errno = problem;
    return ok;
}
