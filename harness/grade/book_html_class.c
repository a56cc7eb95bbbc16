// html/index.html: the class at a glance, for the instructor. What wants a person stands first, then what can
// be learnt of the lessons, and the table of all students last.
#include "class_page.h"

#include <stdlib.h>
#include <string.h>

static const char name[] = "html/index.html";

struct state {
    FILE *out;
    FILE *persons, *rows; // until it is their turn
    struct sums sums;
    struct text cells; // of the student in hand
    size_t person_rows;
    bool unsafe;
};

enum { PERSONS_MOST = 2000 }; // rows; the rest is in grades.json

static void *open_class(struct desk *desk) {
    struct state *state = memory_zeroed(1, sizeof *state);
    sums_open(&state->sums, desk->roll->lesson_count);
    state->persons = desk_spill(desk);
    state->rows = desk_spill(desk);
    state->out = desk_open(desk, name);
    return state;
}

static void begin_class(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    (void)desk, (void)student;
    text_free(&state->cells);
}

static void add_person(struct state *state, const struct student *student, const struct pair *pair,
                       const struct losses *losses) {
    struct text row = {0};
    char *why = losses_why(pair), *page = markup_page_of(student->id);
    text_add(&row, "<tr><th scope=\"row\"><a href=\"%s#lesson-%d\">", page, pair->lesson->number);
    markup_name(&row, student->name);
    text_add(&row, "</a></th><td class=\"nowrap\">%s</td><td class=\"nowrap\">",
             pair->lesson->slug);
    markup_mark(&row, pair->score.mark);
    text_add(&row, " %s</td><td class=\"reason\">", mark_words[pair->score.mark].name);
    for (size_t i = 0; i < losses->refusal_count; i++) {
        char *what = losses_text(losses->refusals[i].name, MESSAGE_LONGEST);
        text_add(&row, "%sline %d, <code>", i ? "<br>" : "", losses->refusals[i].line);
        markup_text(&row, what);
        text_add(&row, "</code>: ");
        markup_prose(&row, losses->refusals[i].message);
        free(what);
    }
    if (!losses->refusal_count)
        markup_prose(&row, why);
    text_add(&row, "</td></tr>\n");
    if (state->person_rows++ < PERSONS_MOST)
        fwrite(row.data, 1, row.length, state->persons);
    text_free(&row);
    free(page);
    free(why);
}

static void pair_class(struct desk *desk, void *context, const struct student *student,
                       const struct pair *pair, const struct losses *losses) {
    struct state *state = context;
    if (!state->out || desk->problem)
        return;
    enum mark mark = pair->score.open ? MARK_OPEN : pair->score.mark;
    sums_pair(&state->sums, (size_t)(pair - student->pairs), student, pair, losses);
    state->unsafe = state->unsafe || pair->score.unsafe;
    if (pair->score.person)
        add_person(state, student, pair, losses);
    text_add(&state->cells, "<td class=\"c is-%s\">%s", mark_words[mark].name,
             mark_words[mark].sign);
    if (mark != MARK_OPEN && mark != MARK_MISSING) {
        text_add(&state->cells, " ");
        markup_points(&state->cells, pair->score.points);
    }
    text_add(&state->cells, "</td>");
}

static void end_class(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    if (!state->out || desk->problem)
        return;
    struct text row = {0};
    char *page = markup_page_of(student->id);
    sums_student(&state->sums, student);
    text_add(&row, "<tr><th scope=\"row\"><a href=\"%s\">", page);
    markup_name(&row, student->name);
    text_add(&row, "</a></th><td class=\"n\">");
    markup_points(&row, student->points);
    text_add(&row, "<span class=\"soft\">/");
    markup_points(&row, student->of);
    text_add(&row, "</span></td>%s</tr>\n", state->cells.data ? state->cells.data : "");
    fwrite(row.data, 1, row.length, state->rows);
    text_free(&row);
    free(page);
}

static void put(struct state *state, struct text *text) {
    if (text->length)
        fwrite(text->data, 1, text->length, state->out);
    text_free(text);
}

static void write_persons(struct desk *desk, struct state *state) {
    struct text text = {0};
    text_add(&text, "<section>\n<h2>For a person: %zu</h2>\n", state->person_rows);
    if (!state->person_rows) {
        text_add(&text, "<p>Nothing: every file could be judged, and none was refused.</p>\n");
    } else {
        text_add(&text, "<p class=\"soft\">What is refused earns nothing so far; what could not be "
                        "judged has neither points nor a zero. Neither is an accusation.</p>\n<div "
                        "class=\"scroll\"><table><thead><tr><th scope=\"col\">student</th><th "
                        "scope=\"col\">lesson</th><th scope=\"col\">mark</th><th "
                        "scope=\"col\">why</th></tr></thead><tbody>\n");
        put(state, &text);
        desk_pour(desk, state->persons, state->out);
        text_add(&text, "</tbody></table></div>\n");
    }
    if (state->person_rows > PERSONS_MOST)
        text_add(&text, "<p>… and %zu more; grades.json lists all.</p>\n",
                 state->person_rows - PERSONS_MOST);
    text_add(&text, "</section>\n");
    put(state, &text);
}

static void write_page(struct desk *desk, struct state *state) {
    struct text text = {0};
    class_page_head(&text, desk, &state->sums, state->unsafe);
    put(state, &text);
    write_persons(desk, state);
    class_page_unrecognised(&text, desk);
    class_page_lessons(&text, desk, &state->sums);
    class_page_kinds(&text, desk, &state->sums);
    class_page_spots(&text, desk, &state->sums);
    sums_sort(&state->sums);
    class_page_identical(&text, desk, &state->sums);
    class_page_table_head(&text, desk);
    put(state, &text);
    desk_pour(desk, state->rows, state->out);
    text_add(&text, "</tbody></table></div>\n</section>\n</main>\n");
    markup_end(&text, desk);
    put(state, &text);
}

static void close_class(struct desk *desk, void *context) {
    struct state *state = context;
    if (state->out && !desk->problem)
        write_page(desk, state);
    desk_close(desk, state->out, name);
    desk_drop(state->persons);
    desk_drop(state->rows);
    sums_close(&state->sums);
    text_free(&state->cells);
    free(state);
}

const struct book book_html_class = {.open = open_class,
                                     .begin = begin_class,
                                     .pair = pair_class,
                                     .end = end_class,
                                     .close = close_class};
