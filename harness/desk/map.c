#include "map.h"

#include "shipped.h"

#include "../digest.h"
#include "../report/paint.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE_WIDTH = 32, INDENT = 11 };

// The student's file is another than the one that was solved.
static bool has_changed(const struct lesson *lesson, const struct standing *standing) {
    char *now = digest_file(shipped_exercise(lesson));
    bool changed = !now || strcmp(now, standing->digest) != 0;
    free(now);
    return changed;
}

static const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

static char *words_for(const struct lesson *lesson, const struct standing *standing) {
    struct text words = {0};
    if (standing->solved_at)
        text_add(&words, "solved at attempt %zu%s", standing->solved_at,
                 has_changed(lesson, standing) ? ", changed since" : "");
    else if (standing->attempts)
        text_add(&words, "%zu attempt%s", standing->attempts, plural(standing->attempts));
    if (standing->hints)
        text_add(&words, "%s%zu hint%s", words.length ? ", " : "", standing->hints,
                 plural(standing->hints));
    return text_take(&words);
}

// Signs, not colours alone: [x] is solved, > is next.
static void write_row(const struct painter *painter, const struct lesson *lesson,
                      const struct standing *standing, bool next) {
    char *words = words_for(lesson, standing);
    fputs(next ? "> " : "  ", painter->out);
    painted(painter, standing->solved_at ? GREEN : PLAIN, "%s",
            standing->solved_at ? "[x]" : "[ ]");
    char *line = painter->width < 70 || !*words
                     ? string_format("%s%s%s", lesson->title, *words ? ": " : "", words)
                     : NULL;
    fprintf(painter->out, " %2d  ", lesson->number);
    if (line)
        wrapped_text(painter, line, INDENT - 1, INDENT - 1);
    else {
        fprintf(painter->out, "%-*s ", TITLE_WIDTH, lesson->title);
        wrapped_text(painter, words, INDENT - 1, INDENT + TITLE_WIDTH);
    }
    free(line);
    free(words);
}

static size_t count_exercises(const struct course *course, const struct progress *progress,
                              size_t *solved) {
    size_t all = 0;
    *solved = 0;
    for (size_t i = 0; i < course->count; i++) {
        all += course->lessons[i].exercise != NULL;
        *solved +=
            course->lessons[i].exercise && progress_of(progress, &course->lessons[i]).solved_at > 0;
    }
    return all;
}

void map_terminal(FILE *out, const struct course *course, const struct progress *progress) {
    const struct painter painter = painter_new(out);
    const struct lesson *next = progress_next(progress, course, NULL);
    const char *part = "";
    for (size_t i = 0; i < course->count; i++) {
        const struct lesson *lesson = &course->lessons[i];
        const struct standing standing = progress_of(progress, lesson);
        if (!lesson->exercise)
            continue;
        if (strcmp(part, lesson->part) != 0)
            painted(&painter, BOLD, "%s%s\n", *part ? "\n" : "", lesson->part);
        part = lesson->part;
        write_row(&painter, lesson, &standing, lesson == next);
    }
    size_t solved, all = count_exercises(course, progress, &solved);
    char *sum =
        next ? string_format("%zu of %zu solved. Next: make exercise-%d", solved, all, next->number)
             : string_format("%zu of %zu solved: that is all.", solved, all);
    fputc('\n', out);
    wrapped_text(&painter, sum, 0, 0);
    free(sum);
}

static json_t *lesson_json(const struct lesson *lesson, const struct standing *standing) {
    json_t *json =
        json_pack("{s:i, s:o, s:o, s:o, s:b, s:b, s:I, s:I}", "number", lesson->number, "slug",
                  json_of_text(lesson->slug), "title", json_of_text(lesson->title), "part",
                  json_of_text(lesson->part), "solved", standing->solved_at > 0, "changed_since",
                  standing->solved_at && has_changed(lesson, standing), "attempts",
                  (json_int_t)standing->attempts, "hints", (json_int_t)standing->hints);
    json_object_set_new(json, "solved_at_attempt",
                        standing->solved_at ? json_integer((json_int_t)standing->solved_at)
                                            : json_null());
    return json;
}

void map_json(FILE *out, const struct course *course, const struct progress *progress) {
    json_t *lessons = json_array();
    for (size_t i = 0; i < course->count; i++) {
        const struct standing standing = progress_of(progress, &course->lessons[i]);
        if (course->lessons[i].exercise)
            json_array_append_new(lessons, lesson_json(&course->lessons[i], &standing));
    }
    const struct lesson *next = progress_next(progress, course, NULL);
    size_t solved, all = count_exercises(course, progress, &solved);
    json_t *json = json_pack("{s:I, s:I, s:o, s:o}", "solved", (json_int_t)solved, "exercises",
                             (json_int_t)all, "next",
                             next ? json_integer(next->number) : json_null(), "lessons", lessons);
    json_dumpf(json, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(json);
}
