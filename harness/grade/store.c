#include "store.h"

#include "../text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *store_record(const char *out, const char *key) {
    return string_format("%s/records/%.2s/%s.json", out, key, key);
}

char *store_source(const char *out, const char *digest) {
    return string_format("%s/sources/%.2s/%s.c", out, digest, digest);
}

char *store_evidence_name(const char *key) {
    return string_format("evidence/%.2s/%s", key, key);
}

char *store_evidence(const char *out, const char *key) {
    return string_format("%s/evidence/%.2s/%s", out, key, key);
}

bool store_is_full(int error) {
    return error == ENOSPC || error == EDQUOT;
}

char *store_problem(const char *path, int error) {
    if (store_is_full(error))
        return string_format("%s: %s; make room, then go on with --resume: all finished verdicts "
                             "are kept",
                             path, strerror(error));
    return string_format("%s: %s; the output directory must be one that can be written to", path,
                         strerror(error));
}

static bool reach_disk(const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    int problem = errno;
    if (fd >= 0)
        close(fd);
    errno = problem;
    return ok || problem == EINVAL; // a file system without fsync for directories
}

static char *parent_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? string_format("%.*s", slash == path ? 1 : (int)(slash - path), path)
                 : string_copy(".");
}

char *store_settle(const char *path) {
    char *temporary = string_format("%s.new", path), *parent = parent_of(path);
    bool ok = reach_disk(temporary, O_RDONLY) && rename(temporary, path) == 0 &&
              reach_disk(parent, O_RDONLY | O_DIRECTORY);
    char *problem = ok ? NULL : store_problem(path, errno);
    if (!ok)
        unlink(temporary);
    free(temporary);
    free(parent);
    return problem;
}

static bool write_all(const char *path, const char *bytes, size_t length) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    bool ok = fd >= 0;
    for (size_t done = 0; ok && done < length;) {
        ssize_t put = write(fd, bytes + done, length - done);
        ok = put >= 0 || errno == EINTR;
        done += put > 0 ? (size_t)put : 0;
    }
    ok = ok && fsync(fd) == 0;
    int problem = errno;
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        problem = errno;
    }
    errno = problem;
    return ok;
}

char *store_write(const char *path, const char *bytes, size_t length) {
    char *parent = parent_of(path);
    // Several processes may write the same record: each its own file, of which the last stays.
    char *temporary = string_format("%s.%ld.new", path, (long)getpid());
    bool ok = directory_make(parent) && write_all(temporary, bytes, length) &&
              rename(temporary, path) == 0 && reach_disk(parent, O_RDONLY | O_DIRECTORY);
    char *problem = ok ? NULL : store_problem(path, errno);
    if (!ok)
        unlink(temporary);
    free(temporary);
    free(parent);
    return problem;
}
