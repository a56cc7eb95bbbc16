// A program that is another one under a tool than without: the text behind the preprocessor must be the
// same in all builds.
#include "inside.h"

#include <stdlib.h>
#include <string.h>

// The line of the student's file that the offset lies on, or that of the last one before it.
static int line_at(const struct gate *gate, const char *text, size_t offset) {
    char *marker = string_format("\"%s%s\"", gate->source[0] == '-' ? "./" : "", gate->source);
    int line = 0, last = 0;
    bool in_main = false;
    for (const char *at = text; (size_t)(at - text) <= offset && *at;) {
        const char *end = at + strcspn(at, "\n");
        if (string_starts(at, "# ")) {
            const char *file = memchr(at, '"', (size_t)(end - at));
            in_main = file && string_starts(file, marker);
            line = atoi(at + 2);
        } else {
            last = in_main ? line : last;
            line++;
        }
        at = end + (*end == '\n');
    }
    free(marker);
    return last;
}

void disguise_look(struct gate *gate, const struct output *outputs) {
    const struct output *plain = &outputs[EXPANDED_PLAIN];
    for (int view = EXPANDED_THREAD; view <= EXPANDED_ADDRESS; view++) {
        const struct output *other = &outputs[view];
        const char *a = plain->text.data ? plain->text.data : "",
                   *b = other->text.data ? other->text.data : "";
        if (plain->ok == other->ok && strcmp(a, b) == 0)
            continue;
        size_t same = 0;
        while (a[same] && a[same] == b[same])
            same++;
        refuse(gate, line_at(gate, a, same), "disguise",
               string_copy("from here on the text is another one when a tool watches the program; "
                           "what is judged must be the same program for all, so take the condition "
                           "out"));
        return;
    }
}
