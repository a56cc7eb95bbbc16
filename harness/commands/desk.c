// The student's desk: hints, the reference, the shipped file, the map of the course, and the watch.
#include "command.h"

#include "../desk/map.h"
#include "../desk/shipped.h"
#include "../desk/watch.h"
#include "../report/paint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static char *no_exercise(const struct lesson *lesson) {
    return lesson->exercise ? NULL : string_format("%s has no exercise", lesson->slug);
}

// Hints

static size_t count_hints(const struct lesson *lesson) {
    size_t count = 0;
    while (count < HINTS && lesson->hints[count])
        count++;
    return count;
}

// The hint to show, from 1; 0 when there is no such hint. `again`: it is the last, and was shown before.
static size_t choose_hint(const struct options *options, const struct standing *standing,
                          size_t count, bool *again) {
    int number = 0;
    *again = false;
    if (options->operands.count > 1)
        return command_number(options->operands.items[1], &number) && (size_t)number <= count
                   ? (size_t)number
                   : 0;
    *again = count && standing->hints >= count;
    return *again ? count : count ? standing->hints + 1 : 0;
}

static void write_hint(const struct lesson *lesson, size_t hint, size_t count, bool again,
                       bool kept) {
    const struct painter painter = painter_new(stdout);
    if (again)
        printf("There are no more than %zu hints. The last one again:\n\n", count);
    wrapped_text(&painter, lesson->hints[hint - 1], 0, 0);
    if (hint < count && kept)
        printf("\nThe next one: make hint-%d\n", lesson->number);
    else if (hint < count)
        printf("\nThe next one: make hint-%d HINT=%zu\n", lesson->number, hint + 1);
    else
        printf("\nThat was the last hint. The reference: make solution-%d FORCE=1\n",
               lesson->number);
}

static int show_hint(struct options *options, struct home *home, struct lesson *lesson,
                     char **problem) {
    struct progress progress;
    command_remark(progress_read(home, &progress));
    const struct standing standing = progress_of(&progress, lesson);
    size_t count = count_hints(lesson);
    bool again;
    size_t hint = choose_hint(options, &standing, count, &again);
    progress_free(&progress);
    if (!hint) {
        *problem = count ? string_format("there is no hint %s of lesson %d; there are 1 to %zu",
                                         options->operands.items[1], lesson->number, count)
                         : string_format("lesson %d has no hints", lesson->number);
        return STATUS_CANNOT;
    }
    char *sentence = progress_note_hint(home, lesson, hint);
    write_hint(lesson, hint, count, again, !sentence);
    command_remark(sentence);
    return STATUS_FINE;
}

int run_hint(struct options *options, struct home *home) {
    return command_with_lesson(options, home, "hint", show_hint);
}

// The reference

static int show_solution(struct options *options, struct home *home, struct lesson *lesson,
                         char **problem) {
    *problem = options->operands.count > 1
                   ? string_copy("solution wants one number, such as `interleave solution 2`")
                   : no_exercise(lesson);
    if (*problem)
        return STATUS_CANNOT;
    struct progress progress;
    command_remark(progress_read(home, &progress));
    bool solved = progress_of(&progress, lesson).solved_at > 0;
    progress_free(&progress);
    if (!solved && !options->force) {
        *problem = string_format("exercise %d is not solved yet; solve it, or see the reference "
                                 "all the same: make solution-%d FORCE=1",
                                 lesson->number, lesson->number);
        return STATUS_CANNOT;
    }
    const char *path = lesson->solution->sources.items[0];
    size_t length;
    char *text = file_read(path, &length);
    if (!text) {
        *problem = string_format("%s: %s", path, strerror(errno));
        return STATUS_CANNOT;
    }
    fwrite(text, 1, length, stdout);
    fflush(stdout);
    free(text);
    char *own = report_path(shipped_exercise(lesson));
    fprintf(stderr, "\nSide by side with yours: diff %s solutions/%s/exercise.c\n", own,
            lesson->slug);
    free(own);
    return STATUS_FINE;
}

int run_solution(struct options *options, struct home *home) {
    return command_with_lesson(options, home, "solution", show_solution);
}

// The shipped file

static int reset_exercise(struct options *options, struct home *home, struct lesson *lesson,
                          char **problem) {
    (void)home;
    *problem = options->operands.count > 1
                   ? string_copy("reset wants one number, such as `interleave reset 2`")
                   : no_exercise(lesson);
    if (*problem)
        return STATUS_CANNOT;
    char *kept;
    bool changed;
    *problem = shipped_reset(lesson, &kept, &changed);
    if (*problem)
        return STATUS_CANNOT;
    const struct painter painter = painter_new(stdout);
    char *path = report_path(shipped_exercise(lesson));
    char *sentence = !changed ? string_format("%s is as shipped; nothing was changed.", path)
                     : kept   ? string_format("%s is as shipped again; yours is kept as %s.", path,
                                              path_base(kept))
                              : string_format("%s is there again, as shipped.", path);
    wrapped_text(&painter, sentence, 0, 0);
    free(sentence);
    free(path);
    free(kept);
    return STATUS_FINE;
}

int run_reset(struct options *options, struct home *home) {
    return command_with_lesson(options, home, "reset", reset_exercise);
}

// The map

static char *show_map(const struct options *options, const struct home *home,
                      const struct course *course) {
    static const struct {
        const char *format;
        void (*write)(FILE *out, const struct course *course, const struct progress *progress);
    } writers[] = {{"terminal", map_terminal}, {"json", map_json}};
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++) {
        if (options->format != format_named(writers[i].format))
            continue;
        struct progress progress;
        command_remark(progress_read(home, &progress));
        writers[i].write(stdout, course, &progress);
        progress_free(&progress);
        return NULL;
    }
    return string_format("progress has no --format %s; it knows terminal and json",
                         options->format->name);
}

int run_progress(struct options *options, struct home *home) {
    struct course course;
    char *problem = NULL;
    if (options->operands.count)
        return command_refuse(string_copy("progress takes no operand; it shows all exercises"));
    if (course_read(&course, home->lessons, &problem))
        problem = course.count ? show_map(options, home, &course) : string_copy(command_no_lessons);
    course_free(&course);
    return problem ? command_refuse(problem) : STATUS_FINE;
}

// The watch

int run_watch(struct options *options, struct home *home) {
    struct course course;
    char *problem = NULL;
    int status = STATUS_CANNOT;
    if (options->operands.count > 1)
        return command_refuse(string_copy(
            "watch wants the number of an exercise to begin with, such as 2, or nothing"));
    const struct lesson *lesson = NULL;
    if (course_read(&course, home->lessons, &problem) && options->operands.count) {
        lesson = command_find_lesson(&course, options->operands.items[0], &problem);
        problem = lesson ? no_exercise(lesson) : problem;
    }
    if (!problem)
        status = watch_run(options, home, &course, lesson, &problem);
    if (problem)
        status = command_refuse(problem);
    course_free(&course);
    return status;
}
