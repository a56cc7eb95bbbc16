// classroom/ID.json: what a runner of GitHub Classroom's autograding hands to its reporter: base64 of one JSON
// object. The reporter's console counts the tests that pass and its server adds up their scores; so that both
// come to the same, every test is worth the same, and a check of three points is three tests.
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum {
    TESTS_MOST = 400, // with finer points than that the scores are rounded to so many equal parts
    MESSAGE = 1000,   // bytes of a test's message
};

struct part {
    char *name, *message;
    hundredths points, of;
    int line;
};

struct state {
    struct part *parts; // the checks of the student in hand that are decided
    size_t count;
};

static void *open_classroom(struct desk *desk) {
    (void)desk;
    return memory_zeroed(1, sizeof(struct state));
}

static void forget(struct state *state) {
    for (size_t i = 0; i < state->count; i++) {
        free(state->parts[i].name);
        free(state->parts[i].message);
    }
    state->count = 0;
}

static void begin_classroom(struct desk *desk, void *context, const struct student *student) {
    (void)desk, (void)student;
    forget(context);
}

static int line_of(const struct pair *pair, const struct losses *losses, int check) {
    for (size_t i = 0; i < losses->count; i++)
        if (losses->items[i].check == (enum check)check)
            return losses_line(pair, &losses->items[i]);
    return 0;
}

static void pair_classroom(struct desk *desk, void *context, const struct student *student,
                           const struct pair *pair, const struct losses *losses) {
    struct state *state = context;
    (void)desk, (void)student;
    char *why = losses_why(pair);
    for (int check = 0; check < CHECKS; check++) {
        const struct check_score *own = &pair->score.checks[check];
        if (!own->of || own->open)
            continue;
        state->parts = memory_resize(state->parts, state->count + 1, sizeof *state->parts);
        char *says = losses_words(pair, losses, (enum check)check, MESSAGE);
        state->parts[state->count++] =
            (struct part){.name = string_format("%d %s: %s", pair->lesson->number,
                                                pair->lesson->title, check_words[check].name),
                          .message = own->points == own->of ? string_copy("")
                                     : *says                ? string_copy(says)
                                     : *why                 ? string_copy(why)
                                                            : string_copy(state_words[own->state]),
                          .points = own->points,
                          .of = own->of,
                          .line = line_of(pair, losses, check)};
        free(says);
    }
    free(why);
}

static hundredths divisor(hundredths a, hundredths b) {
    while (b) {
        hundredths rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

// The largest number of points of which every part is a multiple. A check is earned or not, so that serves for
// what is earned too.
static hundredths unit_of(const struct state *state) {
    hundredths unit = 0;
    for (size_t i = 0; i < state->count; i++)
        unit = divisor(state->parts[i].of, unit);
    return unit;
}

static json_t *test_json(const struct part *part, const char *name, bool passes, double score) {
    return json_pack("{s:o, s:s, s:f, s:o, s:s, s:i}", "name", json_of_text(name), "status",
                     passes ? "pass" : "fail", "score", passes ? score : 0.0, "message",
                     json_of_text(passes ? "" : part->message), "test_code", "", "line_no",
                     part->line);
}

static void add_tests(json_t *tests, const struct part *part, hundredths unit) {
    hundredths count = part->of / unit;
    for (hundredths i = 0; i < count; i++) {
        char *name = count > 1 ? string_format("%s (%ld of %ld)", part->name, i + 1, count)
                               : string_copy(part->name);
        json_array_append_new(tests,
                              test_json(part, name, i < part->points / unit, (double)unit / POINT));
        free(name);
    }
}

// Hundredths of a point would be hundreds of tests: then so many equal parts, and a name that says it.
static void add_rounded(json_t *tests, const struct student *student) {
    hundredths passed = (student->points * TESTS_MOST + student->of / 2) / student->of;
    struct part part = {.message = "see the report"};
    for (hundredths i = 0; i < TESTS_MOST; i++) {
        char *name = string_format("all lessons, rounded (%ld of %d)", i + 1, TESTS_MOST);
        json_array_append_new(
            tests, test_json(&part, name, i < passed, (double)student->of / POINT / TESTS_MOST));
        free(name);
    }
}

static char *base64(const char *bytes, size_t length) {
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct text text = {0};
    for (size_t i = 0; i < length; i += 3) {
        size_t have = length - i < 3 ? length - i : 3;
        unsigned long three = 0;
        for (size_t k = 0; k < 3; k++)
            three = three << 8 | (k < have ? (unsigned char)bytes[i + k] : 0U);
        char four[4];
        for (size_t k = 0; k < 4; k++)
            four[k] = k <= have ? letters[three >> (18 - 6 * k) & 63] : '=';
        text_add_bytes(&text, four, sizeof four);
    }
    return text_take(&text);
}

static void end_classroom(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    json_t *tests = json_array();
    hundredths unit = unit_of(state);
    bool fine = unit && student->of / unit <= TESTS_MOST;
    for (size_t i = 0; i < state->count && fine; i++)
        add_tests(tests, &state->parts[i], unit);
    if (unit && !fine)
        add_rounded(tests, student);
    const char *status = student->points == student->of ? "pass" : "fail";
    json_t *json = json_pack(
        "{s:i, s:s, s:f, s:o, s:{s:s, s:s, s:s, s:b, s:f}}", "version", 1, "status",
        student->of ? status : "error", "max_score", (double)student->of / POINT, "tests", tests,
        "interleave", "sandbox", desk->sandbox, "harness", roll_text(desk->roll, "harness"),
        "scheme", desk->scheme, "unsafe", student->unsafe, "open", (double)student->open / POINT);
    char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(12));
    char *encoded = base64(text, strlen(text));
    char *name = string_format("classroom/%s.json", student->id);
    desk_write(desk, name, encoded, strlen(encoded));
    json_decref(json);
    free(name);
    free(encoded);
    free(text);
}

static void close_classroom(struct desk *desk, void *context) {
    struct state *state = context;
    (void)desk;
    forget(state);
    free(state->parts);
    free(state);
}

const struct book book_classroom = {.for_student = true,
                                    .name = "classroom",
                                    .open = open_classroom,
                                    .begin = begin_classroom,
                                    .pair = pair_classroom,
                                    .end = end_classroom,
                                    .close = close_classroom};
