#include "exercise.h"

#include "source.h"

#include <stdlib.h>
#include <string.h>

const unsigned exercise_seeds[EXERCISE_SEEDS] = {1, 2, 3};

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
    return source_refuse(exercise->sources.items[0]);
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
