#include "markers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char opening[] = "/* fault:";

static char *read_marker(struct program *program, const char *path, int line, const char *at) {
    const char *end = strstr(at, "*/");
    if (!end)
        return string_format("%s:%d: a fault marker stands on one line: /* fault: KIND */", path,
                             line);
    char *words = string_format("%.*s", (int)(end - at), at), *unknown = NULL, *problem = NULL;
    fault_set kinds = 0;
    if (!fault_set_parse(words, &kinds, &unknown) || !kinds)
        problem =
            unknown
                ? string_format("%s:%d: `%s` is not a kind of fault; CONTRIBUTING.md lists them",
                                path, line, unknown)
                : string_format("%s:%d: the marker names no kind of fault: /* fault: KIND */", path,
                                line);
    free(words);
    free(unknown);
    if (problem)
        return problem;
    struct expectation *expected = &program->expectation;
    expected->markers =
        memory_resize(expected->markers, expected->marker_count + 1, sizeof *expected->markers);
    expected->markers[expected->marker_count++] = (struct marker){string_copy(path), line, kinds};
    return NULL;
}

static char *read_file(struct program *program, const char *path) {
    char *bytes = file_read(path, NULL);
    if (!bytes && errno == ENOENT && program->exercise && path == program->sources.items[0])
        return NULL; // see manifest.c
    if (!bytes)
        return string_format("%s: %s", path, strerror(errno));
    char *problem = NULL;
    int line = 1;
    for (char *at = bytes; *at && !problem; line++) {
        size_t length = strcspn(at, "\n");
        char end = at[length];
        at[length] = '\0';
        const char *marker = strstr(at, opening);
        if (marker)
            problem = read_marker(program, path, line, marker + sizeof opening - 1);
        at += length + (end != '\0');
    }
    free(bytes);
    return problem;
}

char *markers_read(struct program *program) {
    char *problem = NULL;
    for (size_t i = 0; i < program->sources.count && !problem; i++)
        problem = read_file(program, program->sources.items[i]);
    return problem;
}
