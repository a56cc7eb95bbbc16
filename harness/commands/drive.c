// The command by which a person is the scheduler.
#include "command.h"

#include "../drive/drive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// The lesson's broken program, and what it should print if it were right.
static struct program *program_of(struct lesson *lesson) {
    struct program *broken = NULL;
    const struct program *correct = NULL;
    for (size_t i = 0; i < lesson->program_count; i++) {
        const char *name = path_base(lesson->programs[i].name);
        if (strcmp(name, "broken.c") == 0)
            broken = &lesson->programs[i];
        else if (strcmp(name, "correct.c") == 0)
            correct = &lesson->programs[i];
    }
    if (broken && correct && correct->expected_output && !broken->expected_output) {
        broken->expected_length = correct->expected_length;
        broken->expected_output = memory_zeroed(correct->expected_length + 1, 1);
        memcpy(broken->expected_output, correct->expected_output, correct->expected_length);
        broken->any_order = correct->any_order;
    }
    return broken;
}

static char *goal_of(const struct lesson *lesson) {
    const struct challenge *challenge = &lesson->challenge;
    return challenge->kinds ? string_format("Lesson %d: %s", lesson->number, challenge->goal)
           : challenge->none
               ? string_format("Lesson %d: there is nothing to drive: %s", lesson->number,
                               challenge->none)
               : string_format("Lesson %d: whatever fault you can bring about.", lesson->number);
}

static int drive_lesson(struct options *options, struct home *home, struct lesson *lesson,
                        char **problem) {
    if (options->operands.count > 1) {
        *problem = string_copy("drive takes the number of a lesson, or the C files of one program");
        return STATUS_CANNOT;
    }
    char *goal = goal_of(lesson);
    char *again = string_format("%s drive %d", program_invocation_name, lesson->number);
    const struct ride ride = {.home = home,
                              .program = program_of(lesson),
                              .challenge = lesson->challenge.kinds ? &lesson->challenge : NULL,
                              .goal = goal,
                              .again = again,
                              .schedule = options->exploration.schedule,
                              .jobs = options->jobs};
    int status = drive_run(&ride, problem);
    if (*problem && lesson->challenge.none) {
        char *both = string_format("lesson %d: %.*s; %s", lesson->number,
                                   (int)strcspn(lesson->challenge.none, "."),
                                   lesson->challenge.none, *problem);
        free(*problem);
        *problem = both;
    }
    free(again);
    free(goal);
    return status;
}

static int drive_files(struct options *options, struct home *home) {
    struct program program;
    struct text again = {0};
    int status = STATUS_CANNOT;
    char *problem = command_read_program(&program, options);
    text_add(&again, "%s drive", program_invocation_name);
    report_add_files(&again, &program);
    const struct ride ride = {.home = home,
                              .program = &program,
                              .goal = "Make it fail: any fault will do.",
                              .again = again.data,
                              .schedule = options->exploration.schedule,
                              .jobs = options->jobs};
    if (!problem)
        status = drive_run(&ride, &problem);
    if (problem)
        status = command_refuse(problem);
    text_free(&again);
    program_free(&program);
    return status;
}

int run_drive(struct options *options, struct home *home) {
    if (options->operands.count && string_ends(options->operands.items[0], ".c"))
        return drive_files(options, home);
    return command_with_lesson(options, home, "drive", drive_lesson);
}
