// Source and schedules, as HTML.
#include "markup.h"

#include "../report/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    AROUND = 2,         // lines above and below
    MARKS_MOST = 8,     // lines of one excerpt
    LINE_LONGEST = 300, // bytes
    STEPS_MOST = 80,    // of a schedule: the last ones
    LANES_MOST = 8,     // threads with a column of their own
};

// Excerpts

static int by_number(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static size_t marked_lines(const struct pair *pair, const struct fault *fault,
                           int lines[MARKS_MOST]) {
    size_t count = 0;
    for (size_t i = 0; i < fault->place_count && count < MARKS_MOST; i++) {
        const struct place *place = &fault->places[i];
        bool known = !losses_own_file(pair, place->file) || place->line <= 0;
        for (size_t k = 0; k < count; k++)
            known = known || lines[k] == place->line;
        if (!known)
            lines[count++] = place->line;
    }
    qsort(lines, count, sizeof *lines, by_number);
    return count;
}

static void add_notes(struct text *page, const struct pair *pair, const struct fault *fault,
                      int line) {
    for (size_t i = 0; i < fault->place_count; i++) {
        const struct place *place = &fault->places[i];
        if (place->line != line || !losses_own_file(pair, place->file) ||
            !reader_shows_place(fault, i))
            continue;
        char *says = reader_place_says(place), *line_text = losses_text(says, MESSAGE_LONGEST);
        if (*line_text) {
            text_add(page, "<span class=\"note\">▲ ");
            markup_prose(page, line_text);
            text_add(page, "</span>");
        }
        free(line_text);
        free(says);
    }
}

// As it stands there, but for what is too long; a tab stays one.
static void add_code(struct text *page, const char *line, size_t length) {
    char *code = string_format("%.*s%s", (int)(length < LINE_LONGEST ? length : LINE_LONGEST), line,
                               length > LINE_LONGEST ? " …" : "");
    markup_text(page, code);
    free(code);
}

static bool is_near(const int *lines, size_t count, int line, bool *marked) {
    bool near = false;
    *marked = false;
    for (size_t i = 0; i < count; i++) {
        near = near || (line >= lines[i] - AROUND && line <= lines[i] + AROUND);
        *marked = *marked || line == lines[i];
    }
    return near;
}

void markup_excerpt(struct text *page, const struct pair *pair, const struct fault *fault) {
    int lines[MARKS_MOST];
    size_t count = marked_lines(pair, fault, lines);
    char *source = count && pair->source ? file_read(pair->source, NULL) : NULL;
    int number = 1, last = 0;
    if (source)
        text_add(page, "<pre class=\"code\" tabindex=\"0\" aria-label=\"Your lines\">");
    for (const char *at = source; at && *at; number++) {
        size_t length = strcspn(at, "\n");
        bool marked;
        if (is_near(lines, count, number, &marked)) {
            if (last && number != last + 1)
                text_add(page, "<span class=\"gap\">⋯</span>");
            text_add(page, "<span class=\"line%s\"><i>%d%s</i>", marked ? " mark" : "", number,
                     marked ? " ▶" : "");
            add_code(page, at, length);
            text_add(page, "</span>");
            if (marked)
                add_notes(page, pair, fault, number);
            last = number;
        }
        at += length + (at[length] == '\n');
    }
    if (source)
        text_add(page, "</pre>\n");
    free(source);
}

// Schedules

static const char *member(const json_t *json, const char *key) {
    const char *text = json_string_value(json_object_get(json, key));
    return text ? text : "";
}

// The column of a thread; -1: there are too many.
static int lane_of(struct strings *lanes, const char *thread) {
    for (size_t i = 0; i < lanes->count; i++)
        if (strcmp(lanes->items[i], thread) == 0)
            return (int)i;
    if (lanes->count == LANES_MOST)
        return -1;
    strings_add(lanes, thread);
    return (int)lanes->count - 1;
}

static void add_step(struct text *page, const struct pair *pair, const json_t *step, bool names) {
    const char *object = member(step, "object"), *note = member(step, "note"),
               *file = member(step, "file"), *left = member(step, "preempts");
    if (names) {
        markup_text(page, member(step, "thread"));
        text_add(page, " ");
    }
    markup_text(page, member(step, "does"));
    if (*object) {
        text_add(page, " <code>");
        markup_text(page, object);
        text_add(page, "</code>");
    }
    if (*note) {
        text_add(page, ", ");
        markup_text(page, note);
    }
    text_add(page, "<small>");
    if (*file) {
        char *shown = losses_file(pair, file);
        markup_text(page, shown);
        text_add(page, ":%d", (int)json_integer_value(json_object_get(step, "line")));
        free(shown);
    }
    if (*left) {
        text_add(page, " instead of ");
        markup_text(page, left);
    }
    text_add(page, "</small>");
}

static void add_row(struct text *page, const struct pair *pair, const json_t *step,
                    struct strings *lanes, size_t columns) {
    int lane = lane_of(lanes, member(step, "thread"));
    bool bad = json_is_true(json_object_get(step, "fault"));
    text_add(page, "<tr%s><td class=\"n\">%lld%s</td>", bad ? " class=\"bad\"" : "",
             (long long)json_integer_value(json_object_get(step, "step")), bad ? " ▶" : "");
    for (size_t i = 0; i < columns; i++) {
        text_add(page, "<td>");
        if ((int)i == lane || (lane < 0 && i + 1 == columns))
            add_step(page, pair, step, lane < 0);
        text_add(page, "</td>");
    }
    text_add(page, "</tr>\n");
}

void markup_trace(struct text *page, const struct pair *pair, const json_t *exploration) {
    const json_t *trace = json_object_get(exploration, "trace");
    size_t count = json_array_size(trace), first = count > STEPS_MOST ? count - STEPS_MOST : 0;
    struct strings lanes = {0};
    if (!count)
        return;
    for (size_t i = first; i < count; i++)
        lane_of(&lanes, member(json_array_get(trace, i), "thread"));
    text_add(page, "<details><summary>The schedule, step by step</summary>\n<div class=\"scroll\" "
                   "tabindex=\"0\"><table class=\"trace\"><caption>");
    if (first)
        text_add(page, "The last %d of %zu steps. ", STEPS_MOST, count);
    text_add(page, "One thread moves at a time; ▶ takes part in the fault.</caption><thead><tr><th "
                   "scope=\"col\" class=\"n\">step</th>");
    for (size_t i = 0; i < lanes.count; i++) {
        text_add(page, "<th scope=\"col\">");
        markup_text(page, lanes.items[i]);
        text_add(page, "</th>");
    }
    text_add(page, "</tr></thead><tbody>\n");
    size_t columns = lanes.count;
    for (size_t i = first; i < count; i++)
        add_row(page, pair, json_array_get(trace, i), &lanes, columns);
    text_add(page, "</tbody></table></div></details>\n");
    strings_free(&lanes);
}
