// What the explorer saw, in the words of the program's source: places, objects, faults. For the reader of
// its report (exploration.c).
#ifndef INTERLEAVE_EXPLORED_H
#define INTERLEAVE_EXPLORED_H

#include "engine.h"
#include "../names.h"

struct explored {
    const struct run *run;
    struct symbols *symbols;
    struct names *names;
    uint64_t anchor; // where the image lay
    struct findings *findings;
};

static inline const char *text_of(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

static inline uint64_t number_of(const json_t *json, const char *key) {
    return (uint64_t)json_integer_value(json_object_get(json, key));
}

static inline void set_text(json_t *json, const char *key, const char *value) {
    if (value)
        json_object_set_new(json, key, json_of_text(value));
}

// The line of a place; to be freed by location_free.
struct location explored_place(const struct explored *explored, const json_t *json,
                               const char *key);
// Of a part that is perhaps in a library: the innermost call of the program's own.
struct location explored_call(const struct explored *explored, const json_t *found,
                              const json_t *part);
// Without backquotes; NULL: it has no name. Owned by the caller.
char *explored_name(const struct explored *explored, const json_t *object,
                    const struct location *used_at);
// Adds text of the program, in which each character stands for a byte.
void explored_bytes(struct text *bytes, const char *characters);

// Adds the fault to the findings. NULL: of no kind that is known.
struct fault *explored_fault(const struct explored *explored, const json_t *found);

#endif
