#include "command.h"

#include "../exercise.h"
#include "../report/events.h"
#include "../report/progress.h"

#include <stdlib.h>
#include <string.h>

int command_refuse(char *sentence) {
    struct text printable = {0};
    text_add_line(&printable, sentence);
    fprintf(stderr, "interleave: %s\n", printable.data);
    text_free(&printable);
    free(sentence);
    return STATUS_CANNOT;
}

void command_remark(char *sentence) {
    if (sentence)
        command_refuse(sentence);
}

struct journey command_journey(const struct options *options, const struct home *home) {
    struct journey journey = {.home = home,
                              .engine_count = options->engine_count,
                              .jobs = options->jobs,
                              .keep = options->keep != NULL,
                              .fresh = options->fresh,
                              .objects = options->fresh || options->keep ? NULL : home->objects,
                              .gate = !options->no_gate,
                              .progress = progress_show};
    memcpy(journey.engines, options->engines, sizeof options->engines);
    return journey;
}

void command_explorer_alone(struct options *options) {
    options->engines[0] = engine_named("explore");
    options->engine_count = 1;
    options->exploration.jobs = options->jobs;
}

void command_explore_as_told(struct program *program, const struct exploration *told) {
    double budget = told->budget > 0                  ? told->budget
                    : program->exploration.budget > 0 ? program->exploration.budget
                                                      : exploration_usual.budget;
    program->exploration = *told;
    program->exploration.budget = budget;
}

static void say_that_it_compiles(const struct program *program) {
    progress_clear();
    struct text name = {0};
    text_add_line(&name, path_base(program->sources.items[0]));
    printf("%s compiles.\n\n", name.data);
    fflush(stdout);
    text_free(&name);
}

int command_judge(const struct options *options, const struct home *home, struct program *programs,
                  size_t count, enum report_about about, const struct lesson *lesson) {
    return command_judge_then(options, home, programs, count, about, lesson, NULL, NULL);
}

// A repair is judged as it will be graded.
static void take_seeds(struct program *program, const struct options *options,
                       enum report_about about) {
    bool whole = about == REPORT_EXERCISE || about == REPORT_EXPLAIN;
    program->seeds = options->seeds;
    program->seed_count = options->seed_count;
    if (!options->seed_count && whole && !options->exploration.schedule) {
        program->seeds = exercise_seeds;
        program->seed_count = EXERCISE_SEEDS;
    }
}

int command_judge_then(const struct options *options, const struct home *home,
                       struct program *programs, size_t count, enum report_about about,
                       const struct lesson *lesson,
                       void (*then)(void *context, const struct verdict *verdict), void *context) {
    if (options->format->lessons_only && about != REPORT_CHECK)
        return command_refuse(
            string_format("--format %s is for check and list; take terminal, json, tap or events",
                          options->format->name));
    struct sandbox sandbox = {0};
    char *problem = options->sandbox ? sandbox_open(&sandbox, home, false) : NULL;
    if (problem) {
        sandbox_close(&sandbox);
        return command_refuse(problem);
    }
    struct journey journey = command_journey(options, home);
    journey.sandbox = options->sandbox ? &sandbox : NULL;
    struct verdict *verdicts = memory_zeroed(count, sizeof *verdicts);
    if (about == REPORT_EXERCISE && options->format == format_named("terminal"))
        journey.compiled = say_that_it_compiles;
    if (options->format == format_named("events"))
        events_begin(&journey, about, lesson);
    for (size_t i = 0; options->seconds > 0 && i < count; i++)
        programs[i].seconds = options->seconds;
    for (size_t i = 0; i < count && programs[i].exercise; i++)
        take_seeds(&programs[i], options, about);
    for (size_t i = 0; i < count; i++)
        command_explore_as_told(&programs[i], &options->exploration);
    int stopped_by = road_travel(&journey, programs, count, verdicts);
    progress_clear();
    int status = 128 + stopped_by;
    if (!stopped_by) {
        for (size_t i = 0; i < count; i++)
            if (programs[i].exercise && about != REPORT_CHECK)
                exercise_explain(lesson, &verdicts[i]);
        const struct report report = {about, lesson, verdicts, count, options->keep != NULL};
        if (then)
            then(context, &verdicts[0]);
        options->format->write(stdout, &report);
        status = report_status(&report);
    }
    for (size_t i = 0; i < count; i++)
        verdict_free(&verdicts[i]);
    free(verdicts);
    sandbox_close(&sandbox);
    return status;
}

const char command_no_lessons[] = "there are no lessons here; --lessons names their directory";

bool command_number(const char *text, int *number) {
    char *end;
    long value = strtol(text, &end, 10);
    *number = (int)value;
    return end != text && *end == '\0' && value > 0 && value < 100;
}

struct lesson *command_find_lesson(struct course *course, const char *text, char **problem) {
    int number;
    struct lesson *lesson = command_number(text, &number) ? course_lesson(course, number) : NULL;
    for (size_t i = 0; i < course->count && !lesson; i++)
        if (strcmp(course->lessons[i].slug, text) == 0)
            lesson = &course->lessons[i];
    if (!lesson)
        *problem =
            string_format("there is no lesson %s; `interleave list` shows which there are", text);
    return lesson;
}

int command_with_lesson(struct options *options, struct home *home, const char *command,
                        int (*answer)(struct options *, struct home *, struct lesson *, char **)) {
    struct course course = {0};
    char *problem = NULL;
    int status = STATUS_CANNOT;
    struct lesson *lesson = NULL;
    if (options->operands.count < 1 || options->operands.count > 2)
        problem = string_format("%s wants the number of a lesson, such as `interleave %s 2`",
                                command, command);
    else if (course_read(&course, home->lessons, &problem))
        lesson = command_find_lesson(&course, options->operands.items[0], &problem);
    if (lesson)
        status = answer(options, home, lesson, &problem);
    if (problem)
        status = command_refuse(problem);
    course_free(&course);
    return status;
}

int command_judge_files(const struct options *options, const struct home *home,
                        enum report_about about) {
    struct program program;
    char *problem = command_read_program(&program, options);
    int status =
        problem ? command_refuse(problem) : command_judge(options, home, &program, 1, about, NULL);
    program_free(&program);
    return status;
}
