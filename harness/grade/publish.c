#include "publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const generations[] = {".books-1", ".books-2"};
static const char current[] = "books";

static char *cannot(const char *path) {
    return string_format(
        "%s: %s; the books that were there are as they were: make room or see that "
        "the directory can be written to, then write them with --gather",
        path, strerror(errno));
}

// What the link says, "" when there is none.
static void read_link(const char *out, const char *name, char *target, size_t room) {
    char *path = string_format("%s/%s", out, name);
    ssize_t length = readlink(path, target, room - 1);
    target[length > 0 ? length : 0] = '\0';
    free(path);
}

// A file that somebody else has put there is not taken away.
static char *refuse_foreign(const char *out, const char *name) {
    struct stat status;
    char *path = string_format("%s/%s", out, name), *problem = NULL;
    if (lstat(path, &status) == 0 && !S_ISLNK(status.st_mode))
        problem =
            string_format("%s: is there already and is no book of Interleave's; move it away or "
                          "name another directory with --out",
                          path);
    free(path);
    return problem;
}

char *publish_begin(const char *out, const struct strings *names, char **problem) {
    char target[sizeof ".books-1"];
    *problem = refuse_foreign(out, current);
    for (size_t i = 0; i < names->count && !*problem; i++)
        *problem = refuse_foreign(out, names->items[i]);
    if (*problem)
        return NULL;
    read_link(out, current, target, sizeof target);
    const char *next = generations[strcmp(target, generations[0]) == 0];
    char *directory = string_format("%s/%s", out, next);
    directory_remove(directory); // what an interrupted gathering has left
    if (!directory_make(directory)) {
        *problem = cannot(directory);
        free(directory);
        return NULL;
    }
    return directory;
}

// Beside the name first, so that there is no moment without one.
static char *set_link(const char *out, const char *name, const char *target) {
    char *path = string_format("%s/%s", out, name), *fresh = string_format("%s.new", path);
    unlink(fresh);
    bool set = symlink(target, fresh) == 0 && rename(fresh, path) == 0;
    char *problem = set ? NULL : cannot(path);
    if (!set)
        unlink(fresh);
    free(fresh);
    free(path);
    return problem;
}

// The books reach the disk before the link that says they are there.
static char *settle(const char *directory) {
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    char *problem = fd >= 0 && syncfs(fd) == 0 ? NULL : cannot(directory);
    if (fd >= 0)
        close(fd);
    return problem;
}

char *publish_end(const char *out, const char *directory, const struct strings *names) {
    char *problem = settle(directory);
    if (!problem)
        problem = set_link(out, current, path_base(directory));
    for (size_t i = 0; i < names->count && !problem; i++) {
        char *target = string_format("%s/%s", current, names->items[i]);
        char there[64];
        read_link(out, names->items[i], there, sizeof there);
        if (strcmp(there, target) != 0)
            problem = set_link(out, names->items[i], target);
        free(target);
    }
    if (!problem)
        problem = settle(out);
    const char *old = generations[strcmp(path_base(directory), generations[0]) == 0];
    char *left = string_format("%s/%s", out, old);
    if (!problem)
        directory_remove(left);
    free(left);
    return problem;
}

void publish_abandon(const char *directory) {
    directory_remove(directory);
}
