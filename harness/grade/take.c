#include "take.h"

#include "../desk/shipped.h"
#include "../digest.h"
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *kind_of(mode_t mode) {
    return S_ISLNK(mode)    ? "a symbolic link, which is not followed"
           : S_ISDIR(mode)  ? "a directory"
           : S_ISFIFO(mode) ? "a pipe"
           : S_ISSOCK(mode) ? "a socket"
                            : "a device";
}

// The content, or NULL with found->trouble. What is no regular file is never opened: opening a device may
// do something, and opening a pipe may wait for ever.
static char *read_content(struct found *found, int directory, const char *name, size_t *length) {
    struct stat before, status;
    if (fstatat(directory, name, &before, AT_SYMLINK_NOFOLLOW) != 0) {
        found->trouble = string_format("%s; have it handed in again", strerror(errno));
        return NULL;
    }
    found->changed = before.st_mtim;
    if (!S_ISREG(before.st_mode)) {
        found->trouble = string_format("is %s; put the file itself there", kind_of(before.st_mode));
        return NULL;
    }
    if (before.st_size > SUBMISSION_LARGEST) {
        found->trouble =
            string_format("is %.1f MiB large; at most 1 MiB of source is judged, so see what it is",
                          (double)before.st_size / (1 << 20));
        return NULL;
    }
    int fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    bool same = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
                status.st_ino == before.st_ino && status.st_dev == before.st_dev;
    struct text content = {0};
    char buffer[65536];
    ssize_t got = same ? 1 : -1;
    while (same && content.length <= SUBMISSION_LARGEST &&
           (got = read(fd, buffer, sizeof buffer)) > 0)
        text_add_bytes(&content, buffer, (size_t)got);
    if (fd < 0 || (same && got < 0))
        found->trouble = string_format("%s; make it readable", strerror(errno));
    else if (!same || content.length > SUBMISSION_LARGEST)
        found->trouble = string_copy("changed while it was read; grade again");
    if (fd >= 0)
        close(fd);
    *length = content.length;
    if (found->trouble)
        text_free(&content);
    return found->trouble ? NULL : text_take(&content);
}

// Without what an editor or a platform may do to every line: carriage returns, blanks at the end.
static char *without_blank_ends(const char *bytes, size_t length) {
    struct text text = {0};
    for (const char *at = bytes, *end = bytes + length; at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *next = newline ? newline + 1 : end, *last = newline ? newline : end;
        while (last > at && (last[-1] == '\r' || last[-1] == ' ' || last[-1] == '\t'))
            last--;
        text_add_bytes(&text, at, (size_t)(last - at));
        text_add_bytes(&text, "\n", 1);
        at = next;
    }
    while (text.length > 1 && text.data[text.length - 1] == '\n' &&
           text.data[text.length - 2] == '\n')
        text.data[--text.length] = '\0';
    return text_take(&text);
}

bool take_is_shipped(const struct lesson *lesson, const char *bytes, size_t length) {
    char *path = shipped_path(lesson);
    size_t shipped_length;
    char *shipped = file_read(path, &shipped_length);
    bool same = false;
    if (shipped) {
        char *a = without_blank_ends(bytes, length);
        char *b = without_blank_ends(shipped, shipped_length);
        same = strcmp(a, b) == 0;
        free(a);
        free(b);
    }
    free(shipped);
    free(path);
    return same;
}

// Its content under its fingerprint, unless it is there. It need not have reached the disk: the fingerprint
// tells whether it has, and the next intake reads the file again.
static char *keep(const char *out, const char *digest, const char *bytes, size_t length) {
    char *path = store_source(out, digest), *there = digest_file(path), *problem = NULL;
    char *parent = string_format("%.*s", (int)(path_base(path) - path - 1), path);
    if ((!there || strcmp(there, digest) != 0) &&
        !(directory_make(parent) && file_write(path, bytes, length)))
        problem = store_problem(path, errno);
    free(parent);
    free(there);
    free(path);
    return problem;
}

bool take_file(struct intake *intake, struct found *found, int directory, const char *name) {
    size_t length = 0;
    char *bytes = read_content(found, directory, name, &length);
    if (!bytes)
        return true;
    if (!length)
        found->trouble = string_copy("is empty; have it handed in again");
    else if (memchr(bytes, '\0', length))
        found->trouble = string_copy("is a binary file, not C source; have it handed in again");
    else {
        found->digest = digest_bytes(bytes, length);
        found->as_shipped = take_is_shipped(found->lesson, bytes, length);
        intake->problem = keep(intake->out, found->digest, bytes, length);
    }
    free(bytes);
    return intake->problem == NULL;
}
