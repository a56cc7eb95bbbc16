// Commands about the lessons as they are shipped.
#include "command.h"

#include <stdlib.h>
#include <string.h>

int run_lesson(struct options *options, struct home *home) {
    struct course course;
    char *problem = NULL;
    if (options->operands.count != 1)
        return command_refuse(
            string_copy("lesson wants one number, such as `interleave lesson 2`"));
    int status = STATUS_CANNOT;
    if (course_read(&course, home->lessons, &problem)) {
        struct lesson *lesson = command_find_lesson(&course, options->operands.items[0], &problem);
        if (lesson)
            status = command_judge(options, home, lesson->programs, lesson->program_count,
                                   REPORT_LESSON, lesson);
    }
    if (problem)
        status = command_refuse(problem);
    course_free(&course);
    return status;
}

static void add_programs(struct program **programs, size_t *count, const struct program *more,
                         size_t more_count) {
    *programs = memory_resize(*programs, *count + more_count, sizeof **programs);
    memcpy(*programs + *count, more, more_count * sizeof *more);
    *count += more_count;
}

// The programs of the lessons asked for, borrowed from the course; NULL with a problem.
static struct program *chosen_programs(struct course *course, const struct strings *operands,
                                       size_t *count, char **problem) {
    struct program *programs = NULL;
    *count = 0;
    for (size_t i = 0; i < (operands->count ? operands->count : course->count); i++) {
        struct lesson *lesson = operands->count
                                    ? command_find_lesson(course, operands->items[i], problem)
                                    : &course->lessons[i];
        if (!lesson) {
            free(programs);
            return NULL;
        }
        add_programs(&programs, count, lesson->programs, lesson->program_count);
        if (lesson->exercise) {
            add_programs(&programs, count, lesson->exercise, 1);
            add_programs(&programs, count, lesson->solution, 1);
        }
    }
    if (!programs)
        *problem = string_copy(command_no_lessons);
    return programs;
}

int run_check(struct options *options, struct home *home) {
    struct course course;
    char *problem = NULL;
    int status = STATUS_CANNOT;
    if (course_read(&course, home->lessons, &problem)) {
        size_t count;
        struct program *programs = chosen_programs(&course, &options->operands, &count, &problem);
        if (programs)
            status = command_judge(options, home, programs, count, REPORT_CHECK, NULL);
        free(programs);
    }
    if (problem)
        status = command_refuse(problem);
    course_free(&course);
    return status;
}

int run_list(struct options *options, struct home *home) {
    struct course course;
    char *problem = NULL;
    if (options->operands.count)
        return command_refuse(
            string_copy("list takes no operand; `interleave lesson N` runs a lesson"));
    if (course_read(&course, home->lessons, &problem) && course.count == 0)
        problem = string_copy(command_no_lessons);
    if (!problem && !options->format->list)
        problem = string_format("list has no --format %s; it knows terminal and markdown",
                                options->format->name);
    else if (!problem)
        options->format->list(stdout, &course);
    course_free(&course);
    return problem ? command_refuse(problem) : STATUS_FINE;
}
