#include "screen.h"

#include "../source.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    NARROWEST = 16, // columns to write in, even if there are fewer
    LAST = 6,       // operations shown
    PROMPT = 2,     // rows
};

// What is left out first, where there is no room, comes last.
enum rank {
    RANK_CHOICE,
    RANK_NOTE,
    RANK_WAITS,
    RANK_LAST,
    RANK_GOAL,
    RANK_SOURCE,
    RANK_BEFORE,
    RANK_GAP
};

struct row {
    char *text;
    enum paint paint;
    enum rank rank;
};

struct rows {
    struct row *items;
    size_t count;
};

struct screen screen_new(const struct program *program) {
    struct screen screen = {.painter = painter_new(stdout)};
    struct winsize size;
    if (screen.painter.moves && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row) {
        screen.rows = size.ws_row;
        if (size.ws_col && size.ws_col < 100)
            screen.painter.width = size.ws_col < NARROWEST ? NARROWEST : size.ws_col;
    }
    screen.many_files = program->sources.count > 1;
    return screen;
}

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

static long number(const json_t *json, const char *key) {
    return (long)json_integer_value(json_object_get(json, key));
}

static bool is_true(const json_t *json, const char *key) {
    return json_is_true(json_object_get(json, key));
}

static bool is(const char *text, const char *word) {
    return text && strcmp(text, word) == 0;
}

// Words

static void add_place(struct text *out, const struct screen *screen, const json_t *at) {
    const char *file = text(at, "file");
    if (file && screen->many_files)
        text_add(out, "  %s:%ld", path_base(file), number(at, "line"));
    else if (file)
        text_add(out, "  :%ld", number(at, "line"));
}

// "locks `a.lock`", "joins T1", "writes `count`: 3 now"
static void add_operation(struct text *out, const json_t *step) {
    const char *object = text(step, "object"), *kind = text(step, "object_kind"),
               *note = text(step, "note");
    bool thread = is(kind, "thread");
    text_add(out, "%s", text(step, "does"));
    if (object && !(thread && is(text(step, "thread"), object)))
        text_add(out, thread ? " %s" : " `%s`", object);
    else if (!object && kind && !thread && !is(kind, "process") && !is(kind, "atomic"))
        text_add(out, "%s %s", is(kind, "memory") ? "" : " a", kind);
    if (note && *note)
        text_add(out, ": %s", note);
    const long value = number(step, "value");
    const bool address = value > UINT32_MAX || value < -(long)UINT32_MAX; // mostly
    if (json_object_get(step, "value"))
        text_add(out, address ? ", which is 0x%lx" : ", which is %ld", value);
}

static void add_holder(struct text *out, const json_t *thread) {
    const char *holder = text(thread, "holder");
    if (!holder)
        return;
    text_add(out, ", which %s", is(holder, text(thread, "thread")) ? "it holds itself" : holder);
    if (!is(holder, text(thread, "thread")))
        text_add(out, " holds");
    if (json_object_get(thread, "holder_line"))
        text_add(out, " since :%ld", number(thread, "holder_line"));
}

char *screen_wait(const json_t *thread) {
    struct text out = {0};
    const char *said = text(thread, "wait"), *wait = said ? said : "",
               *object = text(thread, "object"), *holder = text(thread, "holder");
    if (is_true(thread, "spins"))
        text_add(&out, "goes in circles until something changes");
    else if (is(wait, "join"))
        text_add(&out, "waits for %s to end", holder ? holder : "a thread");
    else if (is(wait, "time"))
        text_add(&out, "sleeps");
    else if (is(wait, "condition"))
        text_add(&out, "waits until somebody signals %s%s%s", object ? "`" : "",
                 object ? object : "its condition", object ? "`" : "");
    else if (object)
        text_add(&out, "waits for %s%s`%s`", is(wait, "mutex") ? "" : wait,
                 is(wait, "mutex") ? "" : " ", object);
    else
        text_add(&out, "waits for %s%s", *wait ? "a " : "something else", wait);
    if (!is(wait, "join") && !is_true(thread, "spins"))
        add_holder(&out, thread);
    return text_take(&out);
}

// Rows

static void add_row(struct rows *rows, enum rank rank, enum paint paint, char *row) {
    rows->items = memory_resize(rows->items, rows->count + 1, sizeof *rows->items);
    rows->items[rows->count++] = (struct row){row, paint, rank};
}

static void add_sentence(const struct screen *screen, struct rows *rows, enum rank rank,
                         enum paint paint, const char *sentence) {
    struct text line = {0};
    const int width = screen->painter.width;
    for (const char *at = sentence; at && *at;) {
        at += strspn(at, " \n");
        size_t length = strcspn(at, " \n");
        if (line.length && (int)(line.length + 1 + length) > width)
            add_row(rows, rank, paint, text_take(&line));
        text_add(&line, "%s%.*s", line.length ? " " : "", (int)length, at);
        at += length;
    }
    if (line.length)
        add_row(rows, rank, paint, text_take(&line));
    text_free(&line);
}

static char *history_row(const struct screen *screen, const json_t *step) {
    struct text row = {0};
    text_add(&row, "    %-5s ", text(step, "thread"));
    add_operation(&row, step);
    add_place(&row, screen, step);
    return text_take(&row);
}

static void add_history(const struct screen *screen, struct rows *rows, const json_t *state) {
    const json_t *trace = json_object_get(state, "trace");
    size_t count = json_array_size(trace);
    for (size_t i = count > LAST ? count - LAST : 0; i < count; i++) {
        const json_t *step = json_array_get(trace, i);
        const char *note = text(step, "note");
        add_row(rows, i + 1 == count ? RANK_LAST : RANK_BEFORE, note && *note ? YELLOW : PLAIN,
                history_row(screen, step));
    }
}

// "> 1 T1    locks `a.lock`  :31  holding `b.lock`"
static void add_thread(const struct screen *screen, struct rows *rows, const json_t *thread) {
    struct text row = {0};
    const bool go = is_true(thread, "go"), time_out = is_true(thread, "time_out"),
               wake = is_true(thread, "wake");
    text_add(&row, "%s%2ld %-5s ", go || time_out ? ">" : " ", number(thread, "number"),
             text(thread, "thread"));
    if (go) {
        add_operation(&row, thread);
    } else {
        char *wait = screen_wait(thread);
        text_add(&row, "%s", wait);
        free(wait);
    }
    if (time_out)
        text_add(&row, "; its time-out: %ldt", number(thread, "number"));
    if (wake)
        text_add(&row, "; without a cause: %lds", number(thread, "number"));
    add_place(&row, screen, thread);
    size_t i;
    json_t *held;
    json_array_foreach(json_object_get(thread, "held"), i, held)
        text_add(&row, "%s`%s`", i ? ", " : "  holds ", json_string_value(held));
    add_row(rows, go || time_out ? RANK_CHOICE : RANK_WAITS, go || time_out ? BOLD : PLAIN,
            text_take(&row));
    char *line = source_line(text(thread, "file"), (int)number(thread, "line"));
    if (line) {
        struct text shown = {0};
        char *marker = strstr(line, "/* fault:"); // which would give it away
        if (marker)
            *marker = '\0';
        text_add(&shown, "          ");
        text_add_line(&shown, line + source_indent(line));
        add_row(rows, RANK_SOURCE, DIM, text_take(&shown));
    }
    free(line);
}

// So many rows fit; those that matter least are left out, the oldest of them first.
static void fit(struct rows *rows, size_t room) {
    for (int rank = RANK_GAP; rank >= RANK_CHOICE && rows->count > room; rank--)
        for (size_t i = 0; i < rows->count && rows->count > room;) {
            if ((int)rows->items[i].rank != rank) {
                i++;
                continue;
            }
            free(rows->items[i].text);
            memmove(&rows->items[i], &rows->items[i + 1],
                    (--rows->count - i) * sizeof *rows->items);
        }
}

// The bytes of the first `columns` characters.
static size_t bytes_of(const char *text, int columns) {
    size_t at = 0;
    for (; text[at]; at++)
        if (((unsigned char)text[at] & 0xc0) != 0x80 && columns-- == 0)
            break;
    return at;
}

static void write_row(const struct screen *screen, const struct row *row) {
    struct text printable = {0};
    text_add_line(&printable, row->text);
    const char *shown = printable.data ? printable.data : "";
    size_t length = screen->rows ? bytes_of(shown, screen->painter.width) : strlen(shown);
    painted(&screen->painter, row->paint, "%.*s", (int)length, shown);
    fputc('\n', screen->painter.out);
    text_free(&printable);
}

static void write_rows(const struct screen *screen, struct rows *rows) {
    for (size_t i = 0; i < rows->count; i++) {
        write_row(screen, &rows->items[i]);
        free(rows->items[i].text);
    }
    free(rows->items);
}

void screen_draw(const struct screen *screen, const struct position *position, bool asks,
                 const char *goal, const char *note) {
    struct rows rows = {0};
    size_t i;
    json_t *thread;
    add_sentence(screen, &rows, RANK_GOAL, CYAN, goal);
    add_row(&rows, RANK_GAP, PLAIN, string_copy(""));
    add_history(screen, &rows, position->state);
    if (asks)
        add_row(&rows, RANK_GAP, PLAIN, string_copy(""));
    json_array_foreach(asks ? json_object_get(position->state, "threads") : NULL, i, thread)
        add_thread(screen, &rows, thread);
    if (note)
        add_row(&rows, RANK_GAP, PLAIN, string_copy(""));
    add_sentence(screen, &rows, RANK_NOTE, YELLOW, note);
    if (screen->rows) {
        fputs("\033[H\033[2J", screen->painter.out);
        fit(&rows, screen->rows > PROMPT ? (size_t)(screen->rows - PROMPT) : 1);
    }
    write_rows(screen, &rows);
}

void screen_history(const struct screen *screen, const struct position *position, size_t count) {
    const json_t *trace = json_object_get(position->state, "trace");
    struct rows rows = {0};
    size_t all = json_array_size(trace);
    for (size_t i = all > count ? all - count : 0; i < all; i++)
        add_row(&rows, RANK_LAST, PLAIN, history_row(screen, json_array_get(trace, i)));
    write_rows(screen, &rows);
}

void screen_say(const struct screen *screen, enum paint paint, const char *sentence) {
    struct rows rows = {0};
    add_sentence(screen, &rows, RANK_NOTE, paint, sentence);
    write_rows(screen, &rows);
}
