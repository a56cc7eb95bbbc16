#include "view.h"

#include "rows.h"

#include <stdlib.h>
#include <string.h>

void view_set(struct view *view, const char *text, bool rewinds) {
    free(view->text);
    view->text = string_copy(text);
    if (rewinds)
        view->top = 0;
}

void view_free(struct view *view) {
    free(view->text);
    *view = (struct view){0};
}

static size_t last_top(const struct view *view) {
    return view->rows > view->room ? view->rows - view->room : 0;
}

bool view_scroll(struct view *view, int key) {
    size_t page = view->room > 1 ? view->room - 1 : 1, last = last_top(view), top = view->top;
    switch (key) {
    case KEY_UP:
    case 'k':
        top -= top > 0;
        break;
    case KEY_DOWN:
    case 'j':
        top++;
        break;
    case KEY_PAGE_UP:
        top -= top < page ? top : page;
        break;
    case KEY_PAGE_DOWN:
    case ' ':
        top += page;
        break;
    case KEY_HOME:
    case 'g':
        top = 0;
        break;
    case KEY_END:
    case 'G':
        top = last;
        break;
    default:
        return false;
    }
    view->top = top < last ? top : last;
    return true;
}

// One row: the first of what the text would fill.
static void add_one(struct strings *rows, const char *text, int columns, bool colour) {
    struct strings wrapped = {0};
    rows_add(&wrapped, text, columns, colour);
    strings_add(rows, wrapped.count ? wrapped.items[0] : "");
    strings_free(&wrapped);
}

static size_t width_of(const char *text) {
    size_t wide = 0;
    for (; *text; text++)
        wide += ((unsigned char)*text & 0xc0) != 0x80;
    return wide;
}

static const char *fitting(const char *const keys[], int columns) {
    while (keys[1] && width_of(keys[0]) > (size_t)columns)
        keys++;
    return keys[0];
}

// On top, in bold, with the part of the text that is shown at the right end.
static void add_head(struct strings *rows, const struct terminal *terminal, const char *head,
                     const struct view *view) {
    char *part = view->rows > view->room ? string_format(" %zu-%zu/%zu", view->top + 1,
                                                         view->top + view->room, view->rows)
                                         : string_copy("");
    int room = terminal->columns - (int)width_of(part);
    if (room < 10) {
        *part = '\0';
        room = terminal->columns;
    }
    struct strings one = {0};
    add_one(&one, head, room, false);
    int blanks = room - (int)width_of(one.items[0]);
    strings_addf(rows, "%s%s%*s%s%s", terminal->colour ? "\033[1m" : "", one.items[0],
                 blanks > 0 && *part ? blanks : 0, "", part, terminal->colour ? "\033[0m" : "");
    strings_free(&one);
    free(part);
}

static void draw_screen(const struct terminal *terminal, struct view *view, const char *head,
                        const char *const keys[]) {
    struct strings body = {0}, rows = {0};
    size_t frame = terminal->rows >= 3 ? 2 : terminal->rows == 2 ? 1 : 0;
    rows_add(&body, view->text ? view->text : "", terminal->columns, terminal->colour);
    view->rows = body.count;
    view->room = (size_t)terminal->rows - frame;
    if (view->top > last_top(view))
        view->top = last_top(view);
    if (frame)
        add_head(&rows, terminal, head, view);
    for (size_t i = 0; i < view->room; i++)
        strings_add(&rows, view->top + i < body.count ? body.items[view->top + i] : "");
    if (frame == 2)
        add_one(&rows, fitting(keys, terminal->columns), terminal->columns, false);
    terminal_draw(terminal, &rows);
    strings_free(&rows);
    strings_free(&body);
}

// Only what the reader has not seen: nothing on this terminal can be taken back.
static void write_news(const struct terminal *terminal, const struct view *view, const char *head,
                       const char *const keys[]) {
    static char *written;
    struct strings rows = {0};
    const char *text = view->text ? view->text : "", *news = text;
    if (written && string_starts(text, written)) {
        news += strlen(written);
    } else {
        strings_add(&rows, "");
        add_one(&rows, head, terminal->columns, false);
    }
    rows_add(&rows, news, terminal->columns, false);
    if (!written || strcmp(written, text) != 0)
        add_one(&rows, fitting(keys, terminal->columns), terminal->columns, false);
    free(written);
    written = string_copy(text);
    terminal_draw(terminal, &rows);
    strings_free(&rows);
}

void view_draw(const struct terminal *terminal, struct view *view, const char *head,
               const char *const keys[]) {
    if (terminal->moves)
        draw_screen(terminal, view, head, keys);
    else
        write_news(terminal, view, head, keys);
}
