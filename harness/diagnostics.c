#include "diagnostics.h"

#include "text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20 };

// What is not the program's fault, and the remedy.
static const struct {
    const char *words, *remedy;
} not_the_programs[] = {
    {"No space left on device", "make room, or set TMPDIR to another disk"},
    {"Disk quota exceeded", "make room, or set TMPDIR to another disk"},
    {"Read-only file system", "set TMPDIR to a directory that can be written to"},
    {"Cannot allocate memory", "close other programs, or use a smaller --jobs"},
    {"unable to execute command", "reinstall the compiler with scripts/setup"},
    {"PLEASE submit a bug report", "try another version of clang in INTERLEAVE_CC"},
    {"libclang_rt", "install the sanitizers' runtime with scripts/setup"},
    {"`__real_", "use a linker that knows --wrap; scripts/setup installs one"},
    {"`__tsan_", "install the sanitizers' runtime with scripts/setup"},
    {"`__asan_", "install the sanitizers' runtime with scripts/setup"},
    {"`__ubsan_", "install the sanitizers' runtime with scripts/setup"},
    {"cannot find -l", "correct --libs, or install that library"},
    {"-Wthread-safety",
     "this compiler has no Thread Safety Analysis: name a clang in INTERLEAVE_CC"},
};

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

// "file.c:12:5: error: …", a note to it, or a source line that is quoted: whatever words stand there are
// the program's.
static bool is_about_source(const char *line) {
    static const char *const speakers[] = {"clang",       "gcc",   "cc", "ld",  "collect2",
                                           "fatal error", "error", "/",  "LLVM"};
    char *file = NULL;
    int number;
    const char *rest;
    bool placed = split(line, &file, &number, &rest);
    bool is_linker = file && strstr(file, "ld: ");
    free(file);
    for (size_t i = 0; (!placed || is_linker) && i < sizeof speakers / sizeof speakers[0]; i++)
        if (string_starts(line, speakers[i]))
            return false;
    return !strstr(line, "undefined reference to") || (placed && !is_linker);
}

static const char *remedy_for(const char *line) {
    for (size_t i = 0; i < sizeof not_the_programs / sizeof not_the_programs[0]; i++)
        if (strstr(line, not_the_programs[i].words))
            return not_the_programs[i].remedy;
    return NULL;
}

// An error of the compiler or linker about a line of the program; false when it is about something else.
static bool read_line(const char *line, struct faults *faults) {
    if (strstr(line, "undefined reference to `main'") || strstr(line, "undefined symbol: main")) {
        add(faults, NULL, 0, "the program has no main function");
        return true;
    }
    const char *error = strstr(line, "error: ");
    bool undefined = strstr(line, "undefined reference to") ||
                     strstr(line, "multiple definition of") || strstr(line, "undefined symbol: ") ||
                     strstr(line, "duplicate symbol: ");
    if ((!error && !undefined) || strstr(line, "linker command failed"))
        return true;
    char *file = NULL;
    int number = 0;
    const char *rest = line;
    bool placed = split(line, &file, &number, &rest);
    if (placed) {
        if (string_starts(rest, "fatal "))
            rest += 6;
        if (string_starts(rest, "error: "))
            rest += 7;
        const char *own = strstr(file, "ld: "); // "/usr/bin/ld: file.c:12: undefined …"
        add(faults, own ? own + 4 : file, number, rest);
    } else if (undefined) {
        add(faults, NULL, 0, line);
    }
    free(file);
    return placed || undefined;
}

char *diagnostics_read(const char *text, struct faults *faults) {
    char *other = NULL; // "clang: error: …": about the arguments, not about the program
    while (*text && faults->count < SHOWN) {
        size_t length = strcspn(text, "\n");
        struct text line = {0};
        text_add_printable(&line, text, length);
        const char *said = line.data ? line.data : "";
        const char *remedy = is_about_source(said) ? NULL : remedy_for(said);
        if (remedy) {
            free(other);
            other = string_format("%s; %s", said, remedy);
            text_free(&line);
            return other;
        }
        if (!read_line(said, faults) && !other)
            other = string_format("%s; correct --cflags or --libs", said);
        text_free(&line);
        text += length + (text[length] == '\n');
    }
    if (faults->count) {
        free(other);
        return NULL;
    }
    return other;
}
