// Commands about one exercise.
#include "command.h"

#include "../exercise.h"
#include "../report/paint.h"

static int judge_exercise(struct options *options, struct home *home, struct lesson *lesson,
                          char **problem) {
    const char *file = options->operands.count > 1 ? options->operands.items[1] : NULL;
    *problem = exercise_place(lesson, file);
    if (*problem)
        return STATUS_CANNOT;
    bool replays = options->exploration.schedule != NULL;
    if (replays) {
        options->engines[0] = engine_named("explore");
        options->engine_count = 1;
    }
    return command_judge(options, home, lesson->exercise, 1,
                         replays ? REPORT_EXPLORE : REPORT_EXERCISE, lesson);
}

int run_exercise(struct options *options, struct home *home) {
    return command_with_lesson(options, home, "exercise", judge_exercise);
}

static int show_hint(struct options *options, struct home *home, struct lesson *lesson,
                     char **problem) {
    (void)home;
    const char *text = options->operands.count > 1 ? options->operands.items[1] : "1";
    int number;
    if (!command_number(text, &number) || number > HINTS || !lesson->hints[number - 1]) {
        *problem = string_format("there is no hint %s of lesson %d; there are 1 to %d", text,
                                 lesson->number, HINTS);
        return STATUS_CANNOT;
    }
    const struct painter painter = painter_new(stdout);
    wrapped_text(&painter, lesson->hints[number - 1], 0, 0);
    if (number < HINTS)
        printf("\nThe next one: make hint-%d HINT=%d\n", lesson->number, number + 1);
    return STATUS_FINE;
}

int run_hint(struct options *options, struct home *home) {
    return command_with_lesson(options, home, "hint", show_hint);
}
