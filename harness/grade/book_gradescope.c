// gradescope/ID/results.json: what Gradescope's run_autograder hands over, a test for each check. What is not
// decided has no score, so that it is no zero; it is left to a person there too.
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum { OUTPUT_LONGEST = 8000 }; // bytes of a test's text

struct state {
    json_t *tests;
};

static json_t *number(hundredths points) {
    return json_real((double)points / POINT);
}

static void *open_gradescope(struct desk *desk) {
    (void)desk;
    return memory_zeroed(1, sizeof(struct state));
}

static void begin_gradescope(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    (void)desk, (void)student;
    state->tests = json_array();
}

static json_t *text_test(char *name, const char *id, const char *output) {
    json_t *test = json_pack("{s:o, s:s, s:s, s:o, s:s, s:s}", "name", json_of_text(name),
                             "name_format", "text", "number", id, "output", json_of_text(output),
                             "output_format", "text", "visibility", "visible");
    free(name);
    return test;
}

static void add_check(struct state *state, const struct pair *pair, const struct losses *losses,
                      int check) {
    const struct check_score *own = &pair->score.checks[check];
    char *id = string_format("%d.%d", pair->lesson->number, check + 1);
    char *says = losses_words(pair, losses, (enum check)check, OUTPUT_LONGEST);
    struct text output = {0};
    if (own->state == STATE_FAILED)
        text_add(&output, "%s", says);
    else
        text_add(&output, "%s: %s.", state_words[own->state], check_words[check].asks);
    if (own->state == STATE_PASSED && pair->score.withheld)
        text_add(&output, " It earns no points by itself.");
    json_t *test = text_test(string_format("%d %s: %s", pair->lesson->number, pair->lesson->title,
                                           check_words[check].name),
                             id, output.data ? output.data : "");
    json_object_set_new(test, "score", number(own->points));
    json_object_set_new(test, "max_score", number(own->of));
    json_object_set_new(test, "status",
                        json_string(own->state == STATE_PASSED ? "passed" : "failed"));
    json_array_append_new(state->tests, test);
    text_free(&output);
    free(says);
    free(id);
}

// What a lesson says besides its checks.
static void add_lesson(struct state *state, const struct pair *pair, const struct losses *losses) {
    char *why = losses_why(pair), *says = losses_words(pair, losses, CHECKS, OUTPUT_LONGEST);
    char *id = string_format("%d", pair->lesson->number);
    bool refused = pair->score.mark == MARK_REFUSED;
    char *output = string_format("%s%s%s", why, refused ? "\n" : "", refused ? says : "");
    if (*output) {
        json_t *test =
            text_test(string_format("%d %s: %s", pair->lesson->number, pair->lesson->title,
                                    mark_words[pair->score.mark].says),
                      id, output);
        json_array_append_new(state->tests, test);
    }
    free(output);
    free(id);
    free(says);
    free(why);
}

static void pair_gradescope(struct desk *desk, void *context, const struct student *student,
                            const struct pair *pair, const struct losses *losses) {
    struct state *state = context;
    (void)desk, (void)student;
    add_lesson(state, pair, losses);
    for (int check = 0; check < CHECKS; check++)
        if (pair->score.checks[check].of && !pair->score.checks[check].open)
            add_check(state, pair, losses, check);
}

static void end_gradescope(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    char *open = points_words(student->open);
    char *says = string_format(
        "%s\nHarness %s; %s%s%s%s", desk->sandbox, roll_text(desk->roll, "harness"), desk->scheme,
        student->open ? "\nNot decided yet, since a person has to look: " : "",
        student->open ? open : "", student->open ? " points." : "");
    json_t *results = json_pack("{s:o, s:o, s:s, s:s, s:s, s:o}", "score", number(student->points),
                                "output", json_of_text(says), "output_format", "text", "visibility",
                                "visible", "stdout_visibility", "hidden", "tests", state->tests);
    state->tests = NULL;
    char *text = json_dumps(results, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    char *name = string_format("gradescope/%s/results.json", student->id);
    desk_write(desk, name, text, strlen(text));
    json_decref(results);
    free(name);
    free(text);
    free(says);
    free(open);
}

static void close_gradescope(struct desk *desk, void *context) {
    struct state *state = context;
    (void)desk;
    json_decref(state->tests);
    free(state);
}

const struct book book_gradescope = {.for_student = true,
                                     .name = "gradescope",
                                     .open = open_gradescope,
                                     .begin = begin_gradescope,
                                     .pair = pair_gradescope,
                                     .end = end_gradescope,
                                     .close = close_gradescope};
