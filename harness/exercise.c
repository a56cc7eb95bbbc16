#include "exercise.h"

#include "source.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

// Includes

static bool is_below(const char *path, const char *directory) {
    char real[PATH_MAX];
    size_t length = realpath(directory, real) ? strlen(real) : 0;
    return length && strncmp(path, real, length) == 0 && path[length] == '/';
}

// The file that `#include "name"` in `file` means, in `found`; false when there is none.
static bool find_included(const struct lesson *lesson, const char *file, const char *name,
                          char found[PATH_MAX]) {
    bool absolute = name[0] == '/';
    char *places[] = {
        string_format("%.*s%s", absolute ? 0 : (int)(path_base(file) - file), file, name),
        string_format("%s/%s", lesson->directory, name),
        string_format("%s/../%s", lesson->directory, name)};
    bool ok = false;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        ok = ok || realpath(places[i], found);
        free(places[i]);
    }
    return ok;
}

// Of another lesson, or of the solutions.
static bool is_foreign(const struct lesson *lesson, const char *path) {
    char *lessons = string_format("%s/..", lesson->directory),
         *solutions = string_format("%s/../../solutions", lesson->directory),
         *library = string_format("%s/../lib", lesson->directory);
    char real[PATH_MAX];
    bool own = is_below(path, lesson->directory) || is_below(path, library);
    bool beside = realpath(lessons, real) && strlen(real) + 1 == (size_t)(path_base(path) - path);
    bool foreign = is_below(path, solutions) || (is_below(path, lessons) && !own && !beside);
    free(lessons);
    free(solutions);
    free(library);
    return foreign;
}

// The name in `#include "name"` or `#include <name>`, owned by the caller; NULL when the line is another.
static char *included(const char *line) {
    const char *at = line + strspn(line, " \t");
    if (*at++ != '#')
        return NULL;
    at += strspn(at, " \t");
    if (!string_starts(at, "include"))
        return NULL;
    at += strlen("include");
    at += strspn(at, " \t");
    return *at == '"' || *at == '<' ? string_format("%.*s", (int)strcspn(at + 1, "\">\n"), at + 1)
                                    : NULL;
}

static char *refuse_include(const struct lesson *lesson, const char *file, int line,
                            const char *name) {
    char path[PATH_MAX];
    if (string_ends(name, ".c"))
        return string_format("%s:%d: includes %s; an exercise is one file, so write what you need "
                             "into it",
                             file, line, name);
    if (strcmp(path_base(name), "drive.h") == 0)
        return string_format("%s:%d: includes %s, which is for the driver; take it out", file, line,
                             name);
    if (find_included(lesson, file, name, path) && is_foreign(lesson, path))
        return string_format("%s:%d: includes %s, which belongs to another lesson; an exercise "
                             "stands alone, so write what you need into it",
                             file, line, name);
    return NULL;
}

static char *refuse_includes(const struct lesson *lesson, const char *file) {
    char *bytes = file_read(file, NULL), *problem = NULL;
    int line = 1;
    for (const char *at = bytes; at && !problem; line++) {
        char *name = included(at);
        problem = name ? refuse_include(lesson, file, line, name) : NULL;
        free(name);
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    free(bytes);
    return problem;
}

char *exercise_place(struct lesson *lesson, const char *file) {
    struct program *exercise = lesson->exercise;
    if (!exercise)
        return string_format("%s has no exercise", lesson->slug);
    if (file) {
        free(exercise->sources.items[0]);
        exercise->sources.items[0] = string_copy(file);
        free(exercise->name);
        exercise->name = string_copy(file);
    }
    exercise->lesson = NULL;
    exercise->expectation.shipped = exercise->expectation.kinds;
    exercise->expectation.kinds = 0;
    char *problem = source_refuse(exercise->sources.items[0]);
    return problem ? problem : refuse_includes(lesson, exercise->sources.items[0]);
}

// The contract

// "`name'" in a message of the linker, or "'name'" in one of the compiler. Owned by the caller.
static char *quoted_name(const char *message) {
    const char *open = strpbrk(message, "`'");
    return open ? string_format("%.*s", (int)strcspn(open + 1, "'"), open + 1) : string_copy("?");
}

static bool is_promised(const struct lesson *lesson, const char *name) {
    char *path = string_format("%s/exercise.h", lesson->directory);
    char *header = file_read(path, NULL), *call = string_format("%s(", name);
    bool promised = header && strstr(header, call);
    free(call);
    free(header);
    free(path);
    return promised;
}

// What the message means for an exercise; NULL when the compiler has said it best.
static char *meaning(const struct lesson *lesson, const char *message) {
    char *name = quoted_name(message), *sentence = NULL;
    bool promised = is_promised(lesson, name);
    if (strstr(message, "conflicting types for") && promised)
        sentence = string_format("`%s` does not have the parameters and the result that exercise.h "
                                 "declares; make it as it stands there",
                                 name);
    else if ((strstr(message, "undefined reference to") || strstr(message, "undefined symbol: ")) &&
             promised)
        sentence =
            string_format("`%s` is missing: exercise.h promises it to the driver, so it must "
                          "be defined (and not be static)",
                          name);
    else if ((strstr(message, "multiple definition of") || strstr(message, "duplicate symbol: ")) &&
             strcmp(name, "main") == 0)
        sentence =
            string_copy("an exercise must not define main: the driver (drive.c) has it; take "
                        "it out");
    free(name);
    return sentence;
}

void exercise_explain(const struct lesson *lesson, struct verdict *verdict) {
    for (size_t i = 0; i < verdict->faults.count; i++) {
        struct fault *fault = &verdict->faults.items[i];
        char *sentence =
            fault->kind == FAULT_COMPILE_ERROR ? meaning(lesson, fault->message) : NULL;
        if (sentence) {
            free(fault->message);
            fault->message = sentence;
        }
    }
}
