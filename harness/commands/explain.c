// The long form of a verdict: of an exercise, or of any program.
#include "command.h"

#include "../exercise.h"

static int explain_exercise(struct options *options, struct home *home, struct lesson *lesson,
                            char **problem) {
    const char *file = options->operands.count > 1 ? options->operands.items[1] : NULL;
    *problem = exercise_place(lesson, file);
    if (*problem)
        return STATUS_CANNOT;
    return command_judge(options, home, lesson->exercise, 1, REPORT_EXPLAIN, lesson);
}

int run_explain(struct options *options, struct home *home) {
    if (options->exploration.schedule)
        return command_refuse(string_copy("explain judges all schedules that it can; `interleave "
                                          "exercise N --schedule` and `interleave replay` show "
                                          "one"));
    if (!options->operands.count)
        return command_refuse(string_copy("explain wants the number of an exercise or the C files "
                                          "of one program, such as `interleave explain 7` or "
                                          "`interleave explain queue.c`"));
    int number;
    bool is_exercise = command_number(options->operands.items[0], &number);
    if (is_exercise && options->operands.count > 2)
        return command_refuse(string_copy("explain wants the number of an exercise, and at most "
                                          "one file to stand in its place"));
    if (is_exercise)
        return command_with_lesson(options, home, "explain", explain_exercise);
    return command_judge_files(options, home, REPORT_EXPLAIN);
}
