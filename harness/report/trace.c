#include "trace.h"

#include "fold.h"
#include "table.h"
#include "../text.h"

#include <stdlib.h>
#include <string.h>

enum { SCREEN = 40 };

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

static long number(const json_t *json, const char *key) {
    return (long)json_integer_value(json_object_get(json, key));
}

void trace_found(const struct painter *painter, const struct fault *fault) {
    const json_t *found = fault->exploration, *seen = json_object_get(found, "seen_on");
    if (!found)
        return;
    struct text words = {0};
    long tried = number(found, "schedules_tried"), preemptions = number(found, "preemptions");
    text_add(&words, "Found on schedule %ld (%s), with %ld preemption%s", tried,
             text(found, "found_by"), preemptions, preemptions == 1 ? "" : "s");
    if (number(seen, "of"))
        text_add(&words, "; %ld of %ld random schedules fail", number(seen, "schedules"),
                 number(seen, "of"));
    text_add(&words, ".");
    if (!json_is_true(json_object_get(found, "replayed")))
        text_add(&words,
                 " Run again, the same schedule took another course: the program depends on "
                 "something that the explorer does not control.");
    fputs("  ", painter->out);
    wrapped_text(painter, words.data, 2, 2);
    text_free(&words);
}

void trace_summary(const struct painter *painter, const struct fault *fault, const char *command) {
    const char *schedule = text(fault->exploration, "schedule");
    trace_found(painter, fault);
    if (schedule)
        fprintf(painter->out, "  %s '%s'\n", command, schedule);
}

static bool same(const json_t *a, const json_t *b, const char *key) {
    const json_t *left = json_object_get(a, key);
    return left && json_equal(left, json_object_get(b, key));
}

static bool has_note(const json_t *step) {
    const char *note = text(step, "note");
    return note && *note;
}

// The step before one of the same call that has to wait: the reader need not see both.
static bool is_repeated(const json_t *step, const json_t *next) {
    return has_note(next) && !has_note(step) && !json_object_get(step, "choice") &&
           !json_object_get(step, "wakes") && !json_object_get(step, "fault") &&
           same(step, next, "thread") && same(step, next, "line") &&
           json_is_string(json_object_get(step, "object")) && same(step, next, "object");
}

static void write_rows(struct table *table, const json_t *trace, const bool *shown, bool unfold) {
    size_t count = json_array_size(trace);
    for (size_t i = 0; i < count;) {
        size_t end = i;
        for (; end < count && !shown[end]; end++)
            table_pass(table, json_array_get(trace, end));
        if (end > i)
            table_fold(table, i, end - i);
        if (end < count && !unfold &&
            is_repeated(json_array_get(trace, end), json_array_get(trace, end + 1)))
            table_pass(table, json_array_get(trace, end));
        else if (end < count)
            table_step(table, json_array_get(trace, end));
        i = end + 1;
    }
}

void trace_columns(const struct painter *painter, const json_t *trace,
                   const struct trace_look *look) {
    static const struct trace_look usual;
    look = look ? look : &usual;
    size_t count = json_array_size(trace);
    if (!count)
        return;
    bool *shown = fold_trace(trace);
    if (look->unfold)
        memset(shown, true, count);
    struct table *table = table_new(painter, trace, shown, look->screen ? look->screen : SCREEN);
    table_begin(table);
    if (number(json_array_get(trace, 0), "omitted"))
        table_omitted(table, number(json_array_get(trace, 0), "omitted"));
    write_rows(table, trace, shown, look->unfold);
    table_free(table);
    free(shown);
}
