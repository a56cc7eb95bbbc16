#include "fold.h"

#include "../text.h"

#include <stdlib.h>
#include <string.h>

enum {
    QUIET = 6,       // steps in a row by one thread, of which more are folded
    QUIET_FIRST = 2, // of these, shown before the fold, and after it
    QUIET_LAST = 2,
    STEPS_MOST = 80, // shown; of a longer trace those around the fault's steps, and
    FIRST = 6,
    LAST = 50,
    BEFORE_FAULT = 5,
    AFTER_FAULT = 2,
};

struct fold {
    const json_t *trace;
    size_t count;
    bool *shown;
    json_t *threads, *objects; // of the fault, by their names
};

static const char *word(const json_t *step, const char *key) {
    const char *text = json_string_value(json_object_get(step, key));
    return text ? text : "";
}

static const json_t *step_at(const struct fold *fold, size_t index) {
    return json_array_get(fold->trace, index);
}

static bool is_fault(const json_t *step) {
    return json_is_true(json_object_get(step, "fault"));
}

// A lock that was given back leaves nothing behind; a signal, a post or a value does.
static bool leaves_nothing(const char *kind) {
    static const char *const kinds[] = {"", "mutex", "read-write lock", "spin lock", "thread"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kind, kinds[i]) == 0)
            return true;
    return false;
}

static void find_fault(struct fold *fold) {
    size_t i;
    json_t *step;
    json_array_foreach(fold->trace, i, step) {
        if (!is_fault(step))
            continue;
        json_object_set_new(fold->threads, word(step, "thread"), json_true());
        if (*word(step, "object") && !leaves_nothing(word(step, "object_kind")))
            json_object_set_new(fold->objects, word(step, "object"), json_true());
    }
}

static bool takes_part(const struct fold *fold, const char *thread) {
    return !json_object_size(fold->threads) || json_object_get(fold->threads, thread);
}

static bool wakes_one(const struct fold *fold, const json_t *step) {
    size_t i;
    const json_t *name;
    json_array_foreach(json_object_get(step, "wakes"), i, name) {
        if (takes_part(fold, json_string_value(name)))
            return true;
    }
    return false;
}

static bool matters(const struct fold *fold, const json_t *step) {
    bool own = takes_part(fold, word(step, "thread"));
    bool notable = *word(step, "note") || json_object_get(step, "choice");
    bool births = strcmp(word(step, "does"), "creates") == 0 && json_object_size(fold->threads) &&
                  json_object_get(fold->threads, word(step, "object"));
    bool stops = *word(step, "preempts") && takes_part(fold, word(step, "preempts"));
    return is_fault(step) || (own && notable) || stops || births || wakes_one(fold, step) ||
           strcmp(word(step, "object_kind"), "task") == 0 ||
           json_object_get(fold->objects, word(step, "object"));
}

// Steps in a row with nothing to notice about them: of one thread that takes part, or of others.
static size_t quiet_run(const struct fold *fold, size_t from, bool foreign) {
    const char *thread = word(step_at(fold, from), "thread");
    size_t end = from;
    for (; end < fold->count && !matters(fold, step_at(fold, end)); end++) {
        const char *name = word(step_at(fold, end), "thread");
        if (takes_part(fold, name) == foreign || (!foreign && strcmp(name, thread) != 0))
            break;
    }
    return end - from;
}

static void fold_quiet_runs(struct fold *fold) {
    for (size_t from = 0; from < fold->count;) {
        bool foreign = !takes_part(fold, word(step_at(fold, from), "thread"));
        size_t run = quiet_run(fold, from, foreign);
        size_t first = foreign ? 0 : QUIET_FIRST, last = foreign ? 0 : QUIET_LAST;
        for (size_t i = first; (foreign || run > QUIET) && i + last < run; i++)
            fold->shown[from + i] = false;
        from += run ? run : 1;
    }
}

static size_t shown_in_all(const struct fold *fold) {
    size_t shown = 0;
    for (size_t i = 0; i < fold->count; i++)
        shown += fold->shown[i];
    return shown;
}

// Of a trace that is long in spite of that: its beginning, its end, and what is around the fault.
static void fold_the_middle(struct fold *fold) {
    bool *near = memory_zeroed(fold->count + 1, sizeof *near);
    size_t first = 0, last = 0;
    for (size_t i = 0; i < fold->count && first < FIRST; i++) {
        near[i] = true;
        first += fold->shown[i];
    }
    for (size_t i = fold->count; i-- > 0 && last < LAST;) {
        near[i] = true;
        last += fold->shown[i];
    }
    for (size_t i = 0; i < fold->count; i++)
        if (is_fault(step_at(fold, i)))
            for (size_t k = i > BEFORE_FAULT ? i - BEFORE_FAULT : 0;
                 k <= i + AFTER_FAULT && k < fold->count; k++)
                near[k] = true;
    for (size_t i = 0; i < fold->count; i++)
        fold->shown[i] = fold->shown[i] && near[i];
    free(near);
}

// A fold of a single step would take as much room, unless the step needs a column for itself.
static void show_single(struct fold *fold) {
    json_t *seen = json_object();
    for (size_t i = 0; i < fold->count; i++)
        if (fold->shown[i])
            json_object_set_new(seen, word(step_at(fold, i), "thread"), json_true());
    for (size_t i = 0; i < fold->count; i++) {
        bool before = i == 0 || fold->shown[i - 1],
             after = i + 1 == fold->count || fold->shown[i + 1];
        if (before && after && json_object_get(seen, word(step_at(fold, i), "thread")))
            fold->shown[i] = true;
    }
    json_decref(seen);
}

bool *fold_trace(const json_t *trace) {
    struct fold fold = {trace, json_array_size(trace), NULL, json_object(), json_object()};
    fold.shown = memory_zeroed(fold.count + 1, sizeof *fold.shown);
    memset(fold.shown, true, fold.count);
    find_fault(&fold);
    fold_quiet_runs(&fold);
    if (shown_in_all(&fold) > STEPS_MOST)
        fold_the_middle(&fold);
    show_single(&fold);
    json_decref(fold.threads);
    json_decref(fold.objects);
    return fold.shown;
}
