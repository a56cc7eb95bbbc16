#include "book.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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
