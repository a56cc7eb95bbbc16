#include "scheme_usual.h"

#include <stdlib.h>
#include <string.h>

static const char usual_name[] = "the usual scheme";
static const struct scheme usual = {
    .lesson = 10 * POINT,
    .weights = {[CHECK_BUILDS] = 1 * POINT,
                [CHECK_RESULT] = 2 * POINT,
                [CHECK_RACE] = 3 * POINT,
                [CHECK_PROGRESS] = 2 * POINT,
                [CHECK_MEMORY] = 1 * POINT,
                [CHECK_MANNERS] = 1 * POINT},
    .required = 1U << CHECK_RESULT,
    .repair = true,
};

void scheme_set_usual(struct scheme *scheme) {
    *scheme = usual;
    scheme->source = string_copy(usual_name);
}

void scheme_free(struct scheme *scheme) {
    free(scheme->source);
    free(scheme->lessons);
    *scheme = (struct scheme){0};
}

static const struct scheme_lesson *lesson_of(const struct scheme *scheme, int number) {
    for (size_t i = 0; i < scheme->lesson_count; i++)
        if (scheme->lessons[i].number == number)
            return &scheme->lessons[i];
    return NULL;
}

// A whole in parts by their weights: each part is what is left between two rounded running sums, so that the
// parts add up whatever is rounded.
hundredths scheme_points(const struct scheme *scheme, int lesson, hundredths parts[CHECKS]) {
    const struct scheme_lesson *own = lesson_of(scheme, lesson);
    hundredths whole = own && own->points >= 0 ? own->points : scheme->lesson;
    hundredths weights[CHECKS], sum = 0, so_far = 0, given = 0;
    for (int check = 0; check < CHECKS; check++) {
        weights[check] =
            own && own->weights[check] >= 0 ? own->weights[check] : scheme->weights[check];
        sum += weights[check];
    }
    for (int check = 0; check < CHECKS; check++) {
        so_far += weights[check];
        hundredths upto = sum ? (2 * whole * so_far + sum) / (2 * sum) : 0;
        parts[check] = upto - given;
        given = upto;
    }
    return whole;
}

unsigned scheme_required(const struct scheme *scheme, const struct lesson *lesson) {
    unsigned required = scheme->required | 1U << CHECK_BUILDS;
    const struct program *exercise = scheme->repair && lesson ? lesson->exercise : NULL;
    if (exercise) // whichever of the two holds what lesson.ini says
        required |= check_set(exercise->expectation.kinds | exercise->expectation.shipped);
    return required;
}

bool scheme_counts(const struct scheme *scheme, const json_t *lesson) {
    json_int_t number = json_integer_value(json_object_get(lesson, "lesson"));
    if (scheme->chooses)
        return number > 0 && number < LESSON_NUMBERS && scheme->chosen[number];
    return json_is_true(json_object_get(lesson, "counts"));
}

char *points_words(hundredths points) {
    if (points % POINT == 0)
        return string_format("%ld", points / POINT);
    return points % 10 == 0 ? string_format("%ld.%ld", points / POINT, points % POINT / 10)
                            : string_format("%ld.%02ld", points / POINT, points % POINT);
}

static void add_required(struct text *text, const struct scheme *scheme) {
    const char *before = "";
    for (int check = 0; check < CHECKS; check++)
        if (scheme->required & 1U << check) {
            text_add(text, "%s%s", before, check_words[check].name);
            before = ", ";
        }
    if (scheme->repair)
        text_add(text, "%srepair", before);
    else if (!scheme->required)
        text_add(text, "none");
}

char *scheme_words(const struct scheme *scheme) {
    struct text text = {0};
    hundredths parts[CHECKS];
    for (int check = 0; check < CHECKS; check++)
        parts[check] = scheme->weights[check];
    char *whole = points_words(scheme->lesson);
    text_add(&text, "%s: %s points a lesson, in shares of", scheme->source, whole);
    for (int check = 0; check < CHECKS; check++) {
        char *part = points_words(parts[check]);
        text_add(&text, "%s %s %s", check ? "," : "", check_words[check].name, part);
        free(part);
    }
    text_add(&text, "; required: ");
    add_required(&text, scheme);
    const char *before = "; lessons: ";
    for (int number = 0; number < LESSON_NUMBERS; number++)
        if (scheme->chosen[number]) {
            text_add(&text, "%s%d", before, number);
            before = " ";
        }
    for (size_t i = 0; i < scheme->lesson_count; i++) {
        hundredths own[CHECKS];
        char *points = points_words(scheme_points(scheme, scheme->lessons[i].number, own));
        text_add(&text, "; lesson %d: %s points", scheme->lessons[i].number, points);
        free(points);
    }
    free(whole);
    return text_take(&text);
}

void scheme_print(FILE *out) {
    char *lesson = points_words(usual.lesson);
    struct text required = {0};
    add_required(&required, &usual);
    fprintf(out,
            "; How `interleave grade` gives points. This is the usual scheme; copy it, change what "
            "you want,\n"
            "; and name your copy with --config (`make grade … CONFIG=grading.ini`). What you "
            "leave out stays\n"
            "; as it is here. Points have at most two decimals. Nothing is judged anew when you "
            "change this.\n"
            "\n"
            "[points]\n"
            "; what each lesson is worth\n"
            "lesson = %s\n"
            "; the shares of its checks\n",
            lesson);
    for (int check = 0; check < CHECKS; check++) {
        char *weight = points_words(usual.weights[check]),
             *kinds = fault_set_names(check_words[check].kinds);
        fprintf(out, "; %s\n;   lost by: %s\n%s = %s\n", check_words[check].asks, kinds,
                check_words[check].name, weight);
        free(kinds);
        free(weight);
    }
    fprintf(
        out,
        "\n"
        "[rules]\n"
        "; What a lesson must have to earn any point at all: names of checks, `repair` (the "
        "checks that the\n"
        "; exercise fails as it is shipped), or `none`. A file that does nothing has no race "
        "either, so\n"
        "; without these rules it would earn most of the points.\n"
        "required = %s\n"
        "; Which lessons count, by their numbers; without it, those that anybody has handed in.\n"
        "; lessons = 2, 7, 10\n"
        "\n"
        "; A lesson can have its own points and shares:\n"
        "; [lesson 7]\n"
        "; points   = 20\n"
        "; progress = 6\n",
        required.data);
    text_free(&required);
    free(lesson);
}
