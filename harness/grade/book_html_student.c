// html/ID.html: what a student reads. For every lesson its points by checks, and for every lost point the
// fault, its lines, what it means, how to see it again, and what teaches it. Nothing of other students.
#include "markup.h"

#include "../explain.h"

#include <stdlib.h>
#include <string.h>

struct state {
    struct text body, list; // of the student in hand
};

static void *open_pages(struct desk *desk) {
    (void)desk;
    return memory_zeroed(1, sizeof(struct state));
}

static void begin_page(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    (void)desk, (void)student;
    text_free(&state->body);
    text_free(&state->list);
}

static void paragraph(struct text *page, const char *heading, const char *words) {
    text_add(page, "<h4>%s</h4>\n<p>", heading);
    markup_prose(page, words);
    text_add(page, "</p>\n");
}

static void add_points(struct text *page, const struct score *score) {
    if (score->open == score->of && score->of) {
        text_add(page, "not decided yet");
        return;
    }
    markup_points(page, score->points);
    text_add(page, " of ");
    markup_points(page, score->of - score->open);
}

static void add_check(struct text *page, const struct score *score, int check) {
    static const char *const classes[STATES] = {[STATE_PASSED] = "passed",
                                                [STATE_FAILED] = "failed",
                                                [STATE_HIDDEN] = "hidden",
                                                [STATE_OPEN] = "open"};
    static const char *const signs[STATES] = {
        [STATE_PASSED] = "✓", [STATE_FAILED] = "✗", [STATE_HIDDEN] = "–", [STATE_OPEN] = "?"};
    const struct check_score *own = &score->checks[check];
    text_add(page,
             "<li><span class=\"sign is-%s\" aria-hidden=\"true\">%s</span><span>%s</span><span "
             "class=\"n\">",
             classes[own->state], signs[own->state], check_words[check].name);
    if (own->open)
        text_add(page, "?");
    else
        markup_points(page, own->points);
    text_add(page, "/");
    markup_points(page, own->of);
    text_add(page, "</span><small>%s</small></li>\n", state_words[own->state]);
}

static void add_frequency(struct text *page, const struct loss *loss) {
    const json_t *seen = json_object_get(loss->traced->exploration, "seen_on");
    if (!seen)
        return;
    text_add(page, "<p>It fails on %lld of %lld random schedules.</p>\n",
             (long long)json_integer_value(json_object_get(seen, "schedules")),
             (long long)json_integer_value(json_object_get(seen, "of")));
}

static void add_again(struct text *page, const struct pair *pair, const struct loss *loss) {
    char *replay = losses_replay(pair, loss);
    if (!replay)
        return;
    text_add(page, "<h4>See it again</h4>\n");
    add_frequency(page, loss);
    text_add(page, "<p>In your copy of the course, with this file in its place:</p>\n<pre "
                   "class=\"again\"><code>");
    markup_text(page, replay);
    text_add(page, "</code></pre>\n");
    markup_trace(page, pair, loss->traced->exploration);
    free(replay);
}

static void add_lesson_of(struct text *page, const struct pair *pair, const struct loss *loss) {
    int lesson = explanations[loss->kind].lesson;
    text_add(page, "<h4>What helps</h4>\n<p>");
    if (lesson)
        text_add(page, "Lesson %d teaches it: <code>make lesson-%d</code>. ", lesson, lesson);
    text_add(page, "A hint: <code>make hint-%d</code>.</p>\n", pair->lesson->number);
}

static void add_loss(struct text *page, const struct pair *pair, const struct loss *loss) {
    char *here = loss->hidden ? NULL : explain_here(loss->fault);
    text_add(page, "<div class=\"loss\">\n<h3><code>%s</code> <span>(check: %s; seen by ",
             fault_words[loss->kind].name, check_words[loss->check].name);
    markup_text(page, loss->engines);
    text_add(page, ")</span></h3>\n<p>");
    markup_prose(page, loss->message);
    text_add(page, "</p>\n");
    markup_excerpt(page, pair, loss->fault);
    paragraph(page, "What it means", fault_words[loss->kind].meaning);
    if (here)
        paragraph(page, "Here", here);
    paragraph(page, "How it is usually repaired", explanations[loss->kind].repair);
    add_again(page, pair, loss);
    add_lesson_of(page, pair, loss);
    text_add(page, "</div>\n");
    free(here);
}

static void add_refusal(struct text *page, const struct turned_away *refusal) {
    char *name = losses_text(refusal->name, MESSAGE_LONGEST);
    text_add(page, "<p>Line %d, <code>", refusal->line);
    markup_text(page, name);
    text_add(page, "</code>: ");
    markup_prose(page, refusal->message);
    text_add(page, "</p>\n");
    free(name);
}

static const char *why_class(enum mark mark) {
    return mark == MARK_REFUSED ? " is-refused" : mark == MARK_OPEN ? " is-open" : "";
}

static void add_row(struct text *list, const struct pair *pair) {
    const struct lesson *lesson = pair->lesson;
    text_add(list, "<tr><th scope=\"row\"><a href=\"#lesson-%d\">%d ", lesson->number,
             lesson->number);
    markup_text(list, lesson->title);
    text_add(list, "</a></th><td>");
    markup_mark(list, pair->score.mark);
    text_add(list, " ");
    markup_text(list, mark_words[pair->score.mark].says);
    text_add(list, "</td><td class=\"n\">");
    add_points(list, &pair->score);
    text_add(list, "</td></tr>\n");
}

static void add_page(struct desk *desk, void *context, const struct student *student,
                     const struct pair *pair, const struct losses *losses) {
    struct state *state = context;
    struct text *page = &state->body;
    const struct score *score = &pair->score;
    char *why = losses_why(pair);
    (void)desk, (void)student;
    add_row(&state->list, pair);
    text_add(page, "<section class=\"lesson\" id=\"lesson-%d\">\n<div class=\"top\"><h2>%d ",
             pair->lesson->number, pair->lesson->number);
    markup_text(page, pair->lesson->title);
    text_add(page, "</h2><span>");
    markup_mark(page, score->mark);
    text_add(page, " ");
    markup_text(page, mark_words[score->mark].says);
    text_add(page, "</span><span class=\"n\">");
    add_points(page, score);
    text_add(page, "</span></div>\n<div class=\"body\">\n");
    if (*why) {
        text_add(page, "<p class=\"why%s\">", why_class(score->mark));
        markup_prose(page, why);
        text_add(page, "</p>\n");
    }
    if (pair->file) {
        text_add(page, "<p class=\"soft small\">File: <code>");
        markup_name(page, pair->file);
        text_add(page, "</code></p>\n");
    }
    if (score->mark == MARK_CORRECT || score->mark == MARK_FAULTY || score->mark == MARK_BROKEN) {
        text_add(page, "<ul class=\"checks\">\n");
        for (int check = 0; check < CHECKS; check++)
            add_check(page, score, check);
        text_add(page, "</ul>\n");
    }
    for (size_t i = 0; i < losses->refusal_count; i++)
        add_refusal(page, &losses->refusals[i]);
    for (size_t i = 0; i < losses->count; i++)
        add_loss(page, pair, &losses->items[i]);
    if (losses->left_out)
        text_add(page, "<p>… and %zu more faults of the same file.</p>\n", losses->left_out);
    text_add(page, "</div>\n</section>\n");
    free(why);
}

static void end_page(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    struct text page = {0};
    char *name = losses_text(student->name, 300), *file = markup_page_of(student->id);
    char *path = string_format("html/%s", file);
    markup_begin(&page, desk, name, false, student->unsafe);
    text_add(&page, "<header>\n<h1>");
    markup_name(&page, student->name);
    text_add(&page, "</h1>\n<p class=\"total\"><b>");
    markup_points(&page, student->points);
    text_add(&page, "</b> of ");
    markup_points(&page, student->of);
    text_add(&page, " points");
    if (student->open) {
        text_add(&page, "; ");
        markup_points(&page, student->open);
        text_add(&page, " more are not decided yet, since a person has to look");
    }
    text_add(&page, "</p>\n");
    markup_bar(&page, student->points, student->of, "part");
    text_add(&page, "</header>\n<main>\n<section>\n<h2>Lessons</h2>\n<table>\n<thead><tr><th "
                    "scope=\"col\">lesson</th><th scope=\"col\">result</th><th scope=\"col\" "
                    "class=\"n\">points</th></tr></thead>\n<tbody>\n");
    text_add_bytes(&page, state->list.data, state->list.length);
    text_add(&page, "</tbody></table>\n</section>\n");
    text_add_bytes(&page, state->body.data, state->body.length);
    text_add(&page, "</main>\n");
    markup_end(&page, desk);
    desk_write(desk, path, page.data, page.length);
    text_free(&page);
    free(path);
    free(file);
    free(name);
}

static void close_pages(struct desk *desk, void *context) {
    struct state *state = context;
    (void)desk;
    text_free(&state->body);
    text_free(&state->list);
    free(state);
}

const struct book book_html_student = {.for_student = true,
                                       .name = "html",
                                       .open = open_pages,
                                       .begin = begin_page,
                                       .pair = add_page,
                                       .end = end_page,
                                       .close = close_pages};
