#include "shipped.h"

#include "../digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *shipped_path(const struct lesson *lesson) {
    return string_format("%s/../../solutions/%s/shipped.c", lesson->directory, lesson->slug);
}

const char *shipped_exercise(const struct lesson *lesson) {
    return lesson->exercise->sources.items[0];
}

bool shipped_is(const struct lesson *lesson, const char *digest) {
    char *path = shipped_path(lesson), *shipped = digest_file(path);
    bool same = shipped && strcmp(shipped, digest) == 0;
    free(shipped);
    free(path);
    return same;
}

// For file systems without links. The name must be free.
static bool copy_to(const char *from, const char *to) {
    size_t length;
    char *bytes = file_read(from, &length);
    int fd = bytes ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) : -1, problem = errno;
    bool ok = fd >= 0;
    for (size_t done = 0; ok && done < length;) {
        ssize_t put = write(fd, bytes + done, length - done);
        ok = put >= 0 || errno == EINTR;
        problem = errno;
        done += put > 0 ? (size_t)put : 0;
    }
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        problem = errno;
    }
    if (fd >= 0 && !ok)
        unlink(to);
    free(bytes);
    errno = problem;
    return ok;
}

// Gives the file one name more, which was free: nothing is written over, and the file is never away.
static char *keep(const char *path) {
    for (int i = 1;; i++) {
        char *name = string_format("%s.old-%d", path, i);
        if (link(path, name) == 0 || (errno != EEXIST && copy_to(path, name)))
            return name;
        int problem = errno;
        free(name);
        errno = problem;
        if (problem != EEXIST)
            return NULL;
    }
}

char *shipped_reset(const struct lesson *lesson, char **kept, bool *changed) {
    const char *path = shipped_exercise(lesson);
    char *from = shipped_path(lesson), *problem = NULL, *digest = digest_file(path);
    size_t length;
    char *bytes = file_read(from, &length);
    struct stat status;
    *kept = NULL;
    *changed = bytes && !(digest && shipped_is(lesson, digest));
    if (!bytes)
        problem = string_format("%s: %s; without it the shipped exercise is not known: get it "
                                "again from the course",
                                from, strerror(errno));
    else if (*changed && lstat(path, &status) == 0 && !(*kept = keep(path)))
        problem =
            string_format("%s: cannot be kept: %s; nothing was changed", path, strerror(errno));
    else if (*changed && !file_write(path, bytes, length))
        problem = string_format("%s: %s; it is as it was", path, strerror(errno));
    if (problem && *kept) { // its second name is of no use
        unlink(*kept);
        free(*kept);
        *kept = NULL;
    }
    free(bytes);
    free(digest);
    free(from);
    return problem;
}
