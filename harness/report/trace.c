#include "trace.h"

#include "../text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARGIN = 2,
    NARROWEST = 18,  // of a column, in characters
    QUIET = 6,       // steps in a row by one thread, of which more are folded
    QUIET_FIRST = 2, // of these, shown before the fold, and after it
    QUIET_LAST = 2,
    STEPS_MOST = 120, // shown; of a longer trace the last ones
};

struct columns {
    const struct painter *painter;
    const json_t *trace;
    const struct fault *fault;
    char **threads;
    size_t count;
    int width;
    bool many_files;
};

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

static long number(const json_t *json, const char *key) {
    return (long)json_integer_value(json_object_get(json, key));
}

void trace_summary(const struct painter *painter, const struct fault *fault, const char *command) {
    const json_t *found = fault->exploration, *seen = json_object_get(found, "seen_on");
    const char *schedule = text(found, "schedule");
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
    if (schedule)
        fprintf(painter->out, "  %s '%s'\n", command, schedule);
    text_free(&words);
}

// Columns

static size_t column_of(struct columns *columns, const char *thread) {
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->threads[i], thread) == 0)
            return i;
    columns->threads =
        memory_resize(columns->threads, columns->count + 1, sizeof *columns->threads);
    columns->threads[columns->count] = string_copy(thread);
    return columns->count++;
}

static int by_number(const void *a, const void *b) { // main, T1, T2 … T10
    const char *left = *(char *const *)a, *right = *(char *const *)b;
    int of_left = *left == 'T' ? atoi(left + 1) : 0, of_right = *right == 'T' ? atoi(right + 1) : 0;
    return of_left - of_right;
}

static void find_threads(struct columns *columns) {
    const char *file = NULL;
    size_t i;
    json_t *step;
    json_array_foreach(columns->trace, i, step) {
        column_of(columns, text(step, "thread"));
        if (file && text(step, "file") && strcmp(file, text(step, "file")) != 0)
            columns->many_files = true;
        file = text(step, "file") ? text(step, "file") : file;
    }
    if (columns->count)
        qsort(columns->threads, columns->count, sizeof *columns->threads, by_number);
    size_t fit = (size_t)(columns->painter->width - MARGIN) / NARROWEST;
    if (columns->count > fit && fit)
        columns->width = NARROWEST;
    else
        columns->width =
            columns->count ? (columns->painter->width - MARGIN) / (int)columns->count : 0;
    if (columns->width > 40)
        columns->width = 40;
}

static char *cell_of(const struct columns *columns, const json_t *step) {
    struct text cell = {0};
    const char *object = text(step, "object"), *kind = text(step, "object_kind"),
               *note = text(step, "note"), *file = text(step, "file");
    bool thread = kind && strcmp(kind, "thread") == 0;
    text_add(&cell, "%s", text(step, "does"));
    if (object && !(thread && strcmp(object, text(step, "thread")) == 0))
        text_add(&cell, thread ? " %s" : " `%s`", object);
    if (note && *note)
        text_add(&cell, ": %s", note);
    if (file && columns->many_files)
        text_add(&cell, " %s:%ld", path_base(file), number(step, "line"));
    else if (file)
        text_add(&cell, " :%ld", number(step, "line"));
    return text_take(&cell);
}

// Writes a cell, broken into lines where it does not fit. In a program with more threads than columns fit,
// the last column holds the rest, with their names.
static void write_cell(const struct columns *columns, size_t column, const char *thread, char *cell,
                       enum paint paint) {
    size_t fit = (size_t)(columns->painter->width - MARGIN) / (size_t)columns->width;
    size_t shown = column < fit ? column : fit - 1;
    struct text all = {0};
    bool shared = columns->count > fit && column >= fit - 1;
    text_add(&all, "%s%s%s", shared ? thread : "", shared ? " " : "", cell);
    int indent = MARGIN + (int)shown * columns->width, width = columns->width - 2;
    for (char *at = all.data; *at;) {
        size_t length = strlen(at), take = length;
        if (length > (size_t)width) {
            take = (size_t)width;
            while (take && at[take] != ' ')
                take--;
            take = take ? take : (size_t)width;
        }
        fprintf(columns->painter->out, "%*s", indent, "");
        painted(columns->painter, paint, "%.*s", (int)take, at);
        fputc('\n', columns->painter->out);
        at += take;
        at += strspn(at, " ");
        indent = MARGIN + (int)shown * columns->width + 2;
        width = columns->width - 4;
    }
    text_free(&all);
}

static bool is_at_fault(const struct columns *columns, const json_t *step) {
    for (size_t i = 0; columns->fault && i < columns->fault->place_count; i++) {
        const struct place *place = &columns->fault->places[i];
        if (place->line == number(step, "line") && place->thread && text(step, "file") &&
            place->file && strcmp(place->file, text(step, "file")) == 0 &&
            strcmp(place->thread, text(step, "thread")) == 0)
            return true;
    }
    return false;
}

// The step before one of the same call that has to wait: the reader need not see both.
static bool is_repeated(const struct columns *columns, size_t index) {
    const json_t *step = json_array_get(columns->trace, index);
    const json_t *next = json_array_get(columns->trace, index + 1);
    const char *note = text(next, "note");
    return note && *note && number(step, "line") == number(next, "line") &&
           strcmp(text(step, "thread"), text(next, "thread")) == 0 && text(step, "object") &&
           text(next, "object") && strcmp(text(step, "object"), text(next, "object")) == 0;
}

static void write_step(struct columns *columns, const json_t *step) {
    char *cell = cell_of(columns, step);
    const char *note = text(step, "note"), *thread = text(step, "thread");
    enum paint paint = is_at_fault(columns, step) ? RED : note && *note ? YELLOW : PLAIN;
    write_cell(columns, column_of(columns, thread), thread, cell, paint);
    free(cell);
}

// How many steps from `from` on are of one thread, with nothing to notice about them.
static size_t quiet_run(const struct columns *columns, size_t from) {
    const json_t *first = json_array_get(columns->trace, from);
    size_t end = from;
    for (const json_t *step; (step = json_array_get(columns->trace, end)); end++) {
        const char *note = text(step, "note");
        const char *kind = text(step, "object_kind");
        if (strcmp(text(step, "thread"), text(first, "thread")) != 0 || (note && *note) ||
            (kind && strcmp(kind, "task") == 0) || is_at_fault(columns, step))
            break;
    }
    return end - from;
}

static void write_heads(struct columns *columns) {
    size_t fit = (size_t)(columns->painter->width - MARGIN) / (size_t)columns->width;
    fprintf(columns->painter->out, "%*s", MARGIN, "");
    for (size_t i = 0; i < columns->count && i < fit; i++) {
        bool rest = columns->count > fit && i == fit - 1;
        bool last = rest || i == columns->count - 1;
        painted(columns->painter, BOLD, "%-*s", last ? 0 : columns->width,
                rest ? "other threads" : columns->threads[i]);
    }
    fputc('\n', columns->painter->out);
}

void trace_columns(const struct painter *painter, const json_t *trace, const struct fault *fault) {
    struct columns columns = {.painter = painter, .trace = trace, .fault = fault};
    size_t count = json_array_size(trace), from = count > STEPS_MOST ? count - STEPS_MOST : 0;
    find_threads(&columns);
    if (!columns.count)
        return;
    write_heads(&columns);
    if (from)
        fprintf(painter->out, "%*s… %zu steps before these; --format json has all\n", MARGIN, "",
                from);
    while (from < count) {
        size_t run = quiet_run(&columns, from), end = from + (run ? run : 1);
        size_t hidden = run > QUIET ? run - QUIET_FIRST - QUIET_LAST : 0;
        for (size_t i = from; i < end; i++) {
            if (is_repeated(&columns, i))
                continue;
            if (!hidden || i < from + QUIET_FIRST || i >= end - QUIET_LAST) {
                write_step(&columns, json_array_get(trace, i));
            } else if (i == from + QUIET_FIRST) {
                const char *thread = text(json_array_get(trace, i), "thread");
                char *fold = string_format("… %zu more", hidden);
                write_cell(&columns, column_of(&columns, thread), thread, fold, DIM);
                free(fold);
            }
        }
        from = end;
    }
    for (size_t i = 0; i < columns.count; i++)
        free(columns.threads[i]);
    free(columns.threads);
}
