#include "book.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void desk_fail(struct desk *desk, char *sentence) {
    if (!desk->problem)
        desk->problem = sentence;
    else
        free(sentence);
}

static void cannot_write(struct desk *desk, const char *name, int error) {
    const char *remedy =
        error == ENOSPC || error == EDQUOT
            ? "make room, then write the books with --gather; the old ones are as "
              "they were"
            : "see that the directory can be written to, then write the books with "
              "--gather; the old ones are as they were";
    desk_fail(desk, string_format("%s/%s: %s; %s", desk->roll->out, name, strerror(error), remedy));
}

FILE *desk_open(struct desk *desk, const char *name) {
    if (desk->problem)
        return NULL;
    char *path = string_format("%s/%s", desk->directory, name);
    char *directory = string_format("%.*s", (int)(strrchr(path, '/') - path), path);
    FILE *file = directory_make(directory) ? fopen(path, "wxe") : NULL;
    if (!file)
        cannot_write(desk, name, errno);
    free(directory);
    free(path);
    return file;
}

void desk_close(struct desk *desk, FILE *file, const char *name) {
    if (!file)
        return;
    bool failed = ferror(file);
    // Which write failed, and why, is long forgotten; the next one fails for the same reason.
    errno = 0;
    if (failed && (fputc('\n', file) == EOF || fflush(file) != 0))
        failed = true;
    int error = errno ? errno : EIO;
    if (fclose(file) != 0 && !failed) {
        failed = true;
        error = errno;
    }
    if (failed)
        cannot_write(desk, name, error);
}

void desk_write(struct desk *desk, const char *name, const char *bytes, size_t length) {
    FILE *file = desk_open(desk, name);
    errno = 0;
    if (file && length)
        fwrite(bytes, 1, length, file);
    desk_close(desk, file, name);
}

FILE *desk_spill(struct desk *desk) {
    if (desk->problem)
        return NULL;
    int fd = open(desk->directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) { // not every file system has such files
        char *path = string_format("%s/.spill", desk->directory);
        fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
        unlink(path);
        free(path);
    }
    FILE *spill = fd >= 0 ? fdopen(fd, "w+") : NULL;
    if (!spill)
        cannot_write(desk, "books", errno);
    return spill;
}

void desk_pour(struct desk *desk, FILE *spill, FILE *out) {
    char buffer[16384];
    size_t got;
    errno = 0;
    if (fflush(spill) != 0 || ferror(spill))
        cannot_write(desk, "books", errno ? errno : EIO);
    rewind(spill);
    while ((got = fread(buffer, 1, sizeof buffer, spill)) > 0)
        fwrite(buffer, 1, got, out);
}

void desk_drop(FILE *spill) {
    if (spill)
        fclose(spill);
}
