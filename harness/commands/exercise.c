// Judging an exercise, and what is noted of it.
#include "command.h"

#include "../desk/progress_file.h"
#include "../desk/shipped.h"
#include "../digest.h"
#include "../exercise.h"
#include "../report/report.h"

#include <stdlib.h>
#include <string.h>

// A judgement of the student's own file, to be noted in the progress.
struct attempt {
    const struct options *options;
    const struct home *home;
    const struct lesson *lesson;
    char *digest; // of the file before it was judged
    char *sentence;
    bool solved;
};

// A part of the engines, or other limits than the usual, may tell what is wrong, but not that all is right.
static bool judges_wholly(const struct options *options) {
    const struct exploration *told = &options->exploration;
    struct exploration usual = exploration_usual;
    usual.budget = 0;
    return options->engine_count == engine_count && !told->strategy &&
           told->preemptions == usual.preemptions && told->schedules == usual.schedules &&
           told->budget <= 0 && told->seed == usual.seed;
}

static bool is_rejected(const struct verdict *verdict) {
    for (size_t i = 0; i < verdict->faults.count; i++)
        if (verdict->faults.items[i].kind == FAULT_COMPILE_ERROR)
            return true;
    return false;
}

// What does not compile is no attempt yet, nor is the shipped file. A file that has changed meanwhile is not known to
// be what was judged.
static void note_attempt(void *context, const struct verdict *verdict) {
    struct attempt *attempt = context;
    char *now = digest_file(shipped_exercise(attempt->lesson));
    bool same = attempt->digest && now && strcmp(attempt->digest, now) == 0;
    attempt->solved = same && verdict->word == VERDICT_CLEAN && judges_wholly(attempt->options);
    if (same && !is_rejected(verdict) && (attempt->solved || !shipped_is(attempt->lesson, now)))
        attempt->sentence =
            progress_note_attempt(attempt->home, attempt->lesson, now, attempt->solved);
    free(now);
}

// Below the report of a solved exercise: when, and what now.
static void say_solved(const struct attempt *attempt) {
    struct progress progress;
    struct course course;
    char *problem;
    free(progress_read(attempt->home, &progress));
    if (!course_read(&course, attempt->home->lessons, &problem))
        free(problem);
    struct standing standing = progress_of(&progress, attempt->lesson);
    const struct lesson *next =
        progress_next(&progress, &course, course_lesson(&course, attempt->lesson->number));
    if (standing.solved_at)
        printf("Solved at attempt %zu; `make solution-%d` shows the reference.\n",
               standing.solved_at, attempt->lesson->number);
    if (standing.solved_at && next)
        printf("Next: make exercise-%d\n", next->number);
    else if (standing.solved_at)
        printf("All exercises are solved.\n");
    progress_free(&progress);
    course_free(&course);
}

static int judge_own_file(struct options *options, struct home *home, struct lesson *lesson) {
    struct attempt attempt = {.options = options,
                              .home = home,
                              .lesson = lesson,
                              .digest = digest_file(shipped_exercise(lesson))};
    int status = command_judge_then(options, home, lesson->exercise, 1, REPORT_EXERCISE, lesson,
                                    note_attempt, &attempt);
    if (attempt.solved && !attempt.sentence && options->format == format_named("terminal"))
        say_solved(&attempt);
    command_remark(attempt.sentence);
    free(attempt.digest);
    return status;
}

static int judge_exercise(struct options *options, struct home *home, struct lesson *lesson,
                          char **problem) {
    const char *file = options->operands.count > 1 ? options->operands.items[1] : NULL;
    *problem = exercise_place(lesson, file);
    if (*problem)
        return STATUS_CANNOT;
    bool replays = options->exploration.schedule != NULL;
    if (replays)
        command_explorer_alone(options);
    if (!replays && !file)
        return judge_own_file(options, home, lesson);
    return command_judge(options, home, lesson->exercise, 1,
                         replays ? REPORT_EXPLORE : REPORT_EXERCISE, lesson);
}

int run_exercise(struct options *options, struct home *home) {
    return command_with_lesson(options, home, "exercise", judge_exercise);
}
