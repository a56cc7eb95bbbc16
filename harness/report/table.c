#include "table.h"

#include "lanes.h"
#include "width.h"
#include "../source.h"
#include "../text.h"

#include <stdlib.h>
#include <string.h>

enum {
    GAP = 2,         // between columns
    HANG = 2,        // of the further lines of a cell
    KEPT_LINES = 64, // of the source
    NAMES_MOST = 8,  // of threads that one step wakes
};

struct table {
    const struct painter *painter;
    const json_t *trace;
    struct lanes lanes;
    const char *file;  // whose lines are told by their numbers alone
    int screen, lines; // since the heads
    int at, blanks;    // of the line that is being written
    struct {
        char *file, *text;
        int number;
    } kept[KEPT_LINES];
};

static const char *word(const json_t *json, const char *key) {
    const char *text = json_string_value(json_object_get(json, key));
    return text ? text : "";
}

static int line_of(const json_t *step) {
    return (int)json_integer_value(json_object_get(step, "line"));
}

static bool is(const json_t *step, const char *key) {
    return json_is_true(json_object_get(step, key));
}

// The one with most of the steps.
static void choose_file(struct table *table) {
    json_t *counts = json_object(), *step;
    json_int_t most = 0;
    size_t i;
    table->file = "";
    json_array_foreach(table->trace, i, step) {
        const char *file = word(step, "file");
        json_int_t count = json_integer_value(json_object_get(counts, file)) + 1;
        json_object_set_new(counts, file, json_integer(count));
        if (*file && count > most) {
            most = count;
            table->file = file;
        }
    }
    json_decref(counts);
}

struct table *table_new(const struct painter *painter, const json_t *trace, const bool *shown,
                        int screen) {
    struct table *table = memory_zeroed(1, sizeof *table);
    table->painter = painter;
    table->trace = trace;
    table->screen = screen;
    lanes_find(&table->lanes, trace, shown, painter->width);
    choose_file(table);
    return table;
}

void table_free(struct table *table) {
    for (size_t i = 0; i < KEPT_LINES; i++) {
        free(table->kept[i].file);
        free(table->kept[i].text);
    }
    lanes_free(&table->lanes);
    free(table);
}

// Lines: blanks are written only when something follows.

static void move_to(struct table *table, int column) {
    if (column > table->at + table->blanks)
        table->blanks = column - table->at;
}

static void put(struct table *table, enum paint paint, const char *text, size_t bytes) {
    fprintf(table->painter->out, "%*s", table->blanks, "");
    painted(table->painter, paint, "%.*s", (int)bytes, text);
    table->at += table->blanks + width_of(text, bytes);
    table->blanks = 0;
}

static void end_line(struct table *table) {
    fputc('\n', table->painter->out);
    table->at = table->blanks = 0;
    table->lines++;
}

static int column_at(const struct table *table, size_t column) {
    return LANES_MARGIN + (int)column * table->lanes.width;
}

static void write_heads(struct table *table) {
    for (size_t i = 0; i < table->lanes.count; i++)
        if (table->lanes.items[i].own) {
            move_to(table, column_at(table, table->lanes.items[i].column));
            put(table, BOLD, table->lanes.items[i].name, strlen(table->lanes.items[i].name));
        }
    if (table->lanes.shared) {
        const char *head = table->lanes.columns > 1 ? "the others" : "all threads";
        move_to(table, column_at(table, table->lanes.columns - 1));
        put(table, BOLD, head, strlen(head));
    }
    end_line(table);
    table->lines = 0;
}

static void begin_row(struct table *table) {
    if (table->lines < table->screen)
        return;
    end_line(table);
    write_heads(table);
}

void table_begin(struct table *table) {
    if (table->lanes.shared && table->lanes.columns > 1) {
        char *names = lanes_shared(&table->lanes);
        char *sentence = string_format("The last column is for %s.", names);
        fprintf(table->painter->out, "%*s", LANES_MARGIN, "");
        wrapped_text(table->painter, sentence, LANES_MARGIN, LANES_MARGIN);
        free(sentence);
        free(names);
    }
    write_heads(table);
}

// Cells

static void add_names(struct text *cell, const json_t *names) {
    size_t i, count = json_array_size(names);
    const json_t *name;
    json_array_foreach(names, i, name) {
        if (i < NAMES_MOST)
            text_add(cell, "%s%s", i ? ", " : "", json_string_value(name));
    }
    if (count > NAMES_MOST)
        text_add(cell, " and %zu more", count - NAMES_MOST);
}

static char *cell_of(const struct table *table, const json_t *step) {
    struct text cell = {0};
    const char *object = word(step, "object"), *note = word(step, "note"),
               *file = word(step, "file");
    const json_t *wakes = json_object_get(step, "wakes");
    bool thread = strcmp(word(step, "object_kind"), "thread") == 0;
    bool memory = strcmp(word(step, "object_kind"), "memory") == 0;
    text_add(&cell, "%s", word(step, "does"));
    if (*object && !(thread && strcmp(object, word(step, "thread")) == 0))
        text_add(&cell, thread ? " %s" : " `%s`", object);
    else if (!*object && memory)
        text_add(&cell, " memory");
    if (*note)
        text_add(&cell, ": %s", note);
    if (*file && strcmp(word(step, "does"), "starts") != 0)
        text_add(&cell, " %s:%d", strcmp(file, table->file) != 0 ? path_base(file) : "",
                 line_of(step));
    if (json_array_size(wakes)) {
        text_add(&cell, ", wakes ");
        add_names(&cell, wakes);
    }
    struct text printable = {0};
    text_add_line(&printable, cell.data);
    text_free(&cell);
    return text_take(&printable);
}

// What stands in the columns of the others: whether they wait.
static void write_guide(struct table *table, const struct lane *lane) {
    static const char *const guides[] = {[RUNS] = "|", [WAITS] = ":"};
    if (lane->state != RUNS && lane->state != WAITS)
        return;
    move_to(table, column_at(table, lane->column));
    put(table, DIM, guides[lane->state], 1);
}

// How much of the text fits, broken at a blank if there is one.
static size_t line_fits(const char *text, int width) {
    size_t fit = width_fit(text, width), at = fit;
    if (!text[fit])
        return fit;
    while (at && text[at] != ' ')
        at--;
    return at ? at : fit ? fit : 1;
}

static const char *source_of(struct table *table, const char *file, int number) {
    size_t slot = (size_t)number % KEPT_LINES;
    if (!table->kept[slot].file || table->kept[slot].number != number ||
        strcmp(table->kept[slot].file, file) != 0) {
        char *line = source_line(file, number);
        struct text printable = {0};
        text_add_line(&printable, line ? line + source_indent(line) : "");
        free(line);
        free(table->kept[slot].file);
        free(table->kept[slot].text);
        table->kept[slot].file = string_copy(file);
        table->kept[slot].text = text_take(&printable);
        table->kept[slot].number = number;
    }
    return table->kept[slot].text;
}

static void write_source(struct table *table, const json_t *step) {
    const char *file = word(step, "file");
    const char *line = *file ? source_of(table, file, line_of(step)) : "";
    if (!table->lanes.source_at || !*line)
        return;
    char *number = string_format("%d ", line_of(step));
    int room = table->painter->width - table->lanes.source_at - (int)strlen(number);
    size_t length = strlen(line), fit = width_fit(line, room);
    move_to(table, table->lanes.source_at);
    put(table, DIM, number, strlen(number));
    if (fit < length)
        fit = width_fit(line, room - 1);
    put(table, DIM, line, fit);
    if (fit < length)
        put(table, DIM, "…", strlen("…"));
    free(number);
}

// A cell of that lane, with the guides of the others, on as many lines as it needs.
static void write_cell(struct table *table, const struct lane *lane, const char *text, char sign,
                       enum paint paint, const json_t *step) {
    struct text all = {0};
    int hang = 0;
    text_add(&all, "%s%s%s", lane->own ? "" : lane->name, lane->own ? "" : " ", text);
    begin_row(table);
    for (const char *at = all.data; *at; hang = HANG) {
        if (sign != ' ' && !hang)
            put(table, paint, &sign, 1);
        for (size_t i = 0; i < table->lanes.count; i++) {
            if (&table->lanes.items[i] != lane && table->lanes.items[i].own &&
                table->lanes.items[i].column < lane->column)
                write_guide(table, &table->lanes.items[i]);
        }
        size_t take = line_fits(at, table->lanes.width - GAP - hang);
        move_to(table, column_at(table, lane->column) + hang);
        put(table, paint, at, take);
        for (size_t i = 0; i < table->lanes.count; i++)
            if (table->lanes.items[i].own && table->lanes.items[i].column > lane->column)
                write_guide(table, &table->lanes.items[i]);
        if (!hang && step)
            write_source(table, step);
        end_line(table);
        at += take;
        at += strspn(at, " ");
    }
    text_free(&all);
}

void table_pass(struct table *table, const json_t *step) {
    struct lane *lane = lanes_named(&table->lanes, word(step, "thread"));
    if (!lane)
        return;
    lane->state = is(step, "blocks")                        ? WAITS
                  : strcmp(word(step, "does"), "ends") == 0 ? ENDED
                                                            : RUNS;
}

static void write_preempted(struct table *table, const json_t *step) {
    const struct lane *left = lanes_named(&table->lanes, word(step, "preempts"));
    if (left)
        write_cell(table, left, "is preempted", '>', CYAN, NULL);
}

void table_step(struct table *table, const json_t *step) {
    const struct lane *lane = lanes_named(&table->lanes, word(step, "thread"));
    write_preempted(table, step);
    enum paint paint = is(step, "fault")                ? RED
                       : *word(step, "note")            ? YELLOW
                       : json_object_get(step, "wakes") ? GREEN
                                                        : PLAIN;
    bool odd = is(step, "choice") && !*word(step, "preempts");
    char *cell = cell_of(table, step);
    write_cell(table, lane, cell, is(step, "fault") ? '!' : odd ? '>' : ' ', paint, step);
    free(cell);
    table_pass(table, step);
}

static void write_remark(struct table *table, const char *words) {
    begin_row(table);
    move_to(table, LANES_MARGIN);
    put(table, DIM, words, width_fit(words, table->painter->width - LANES_MARGIN));
    end_line(table);
}

void table_omitted(struct table *table, long count) {
    char *words = string_format("… %ld before these, for which the trace had no room", count);
    write_remark(table, words);
    free(words);
}

void table_fold(struct table *table, size_t from, size_t count) {
    struct text words = {0};
    text_add(&words, "… %zu more", count);
    const char *name = word(json_array_get(table->trace, from), "thread");
    bool alone = true;
    for (size_t i = from; i < from + count; i++)
        alone = alone && strcmp(name, word(json_array_get(table->trace, i), "thread")) == 0;
    const struct lane *lane = alone ? lanes_named(&table->lanes, name) : NULL;
    if (lane) {
        write_cell(table, lane, words.data, ' ', DIM, NULL);
    } else {
        text_add(&words, alone ? " of %s" : ", of several threads", name);
        write_remark(table, words.data);
    }
    text_free(&words);
}
