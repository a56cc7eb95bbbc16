#include "diagnostics.h"

#include "text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20 };

static const char *const not_the_programs[] = {"No space left on device", "Disk quota exceeded",
                                               "Read-only file system", "unable to execute command",
                                               "Cannot allocate memory", "unknown argument",
                                               "PLEASE submit a bug report", "cannot find -lclang_rt",
                                               "libclang_rt"};

// Splits "file:line:column: error: message" (clang) and "file:line: message" (ld). The file may hold
// colons itself, so the first colon that a number follows counts.
static bool split(const char *text, char **file, int *line, const char **rest) {
    for (const char *colon = strchr(text, ':'); colon; colon = strchr(colon + 1, ':')) {
        char *end;
        long number = strtol(colon + 1, &end, 10);
        if (end == colon + 1 || *end != ':' || number <= 0 || colon == text)
            continue;
        *file = string_format("%.*s", (int)(colon - text), text);
        *line = (int)number;
        if (isdigit((unsigned char)end[1]))
            strtol(end + 1, &end, 10);
        *rest = end + (*end == ':');
        *rest += strspn(*rest, " ");
        return true;
    }
    return false;
}

static void add(struct faults *faults, const char *file, int line, const char *message) {
    enum fault_kind kind =
        strstr(message, "-Wthread-safety") ? FAULT_THREAD_SAFETY : FAULT_COMPILE_ERROR;
    struct fault *fault = faults_add(faults, kind, "compiler", string_copy(message));
    if (file)
        fault_place(fault, file, line, NULL, NULL, NULL);
}

static void read_line(const char *line, struct faults *faults) {
    if (strstr(line, "undefined reference to `main'")) {
        add(faults, NULL, 0, "the program has no main function");
        return;
    }
    const char *error = strstr(line, "error: ");
    bool undefined = strstr(line, "undefined reference to") || strstr(line, "multiple definition of");
    if (!error && !undefined)
        return;
    if (error && strstr(error, "linker command failed"))
        return;
    char *file = NULL;
    int number = 0;
    const char *rest = line;
    if (split(line, &file, &number, &rest)) {
        if (string_starts(rest, "fatal "))
            rest += 6;
        if (string_starts(rest, "error: "))
            rest += 7;
        const char *own = strstr(file, "ld: "); // "/usr/bin/ld: file.c:12: undefined …"
        add(faults, own ? own + 4 : file, number, rest);
    } else {
        add(faults, NULL, 0, undefined ? line : error + 7);
    }
    free(file);
}

char *diagnostics_read(const char *text, struct faults *faults) {
    for (size_t i = 0; i < sizeof not_the_programs / sizeof not_the_programs[0]; i++)
        if (strstr(text, not_the_programs[i]))
            return string_copy(not_the_programs[i]);
    while (*text && faults->count < SHOWN) {
        size_t length = strcspn(text, "\n");
        struct text line = {0};
        text_add_printable(&line, text, length);
        if (line.length)
            read_line(line.data, faults);
        text_free(&line);
        text += length + (text[length] == '\n');
    }
    return NULL;
}
