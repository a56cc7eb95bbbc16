// The command that shows the trace of a schedule.
#include "command.h"

#include "../exercise.h"
#include "../report/pager.h"
#include "../report/progress.h"
#include "../report/trace_page.h"

#include <stdlib.h>
#include <string.h>

// All of it at once, so that it can be seen whether it fits on the screen.
static void show(const struct options *options, struct trace_page *page) {
    struct painter painter = painter_new(stdout);
    char *text = NULL;
    size_t length;
    int columns, lines;
    if (pager_screen(&columns, &lines)) {
        painter.width = columns;
        page->look.screen = lines > 12 ? lines - 4 : 0;
    }
    if (options->width)
        painter.width = options->width;
    page->exact = options->width > 0;
    page->look.unfold = options->unfold;
    painter.out = open_memstream(&text, &length);
    trace_page_write(&painter, page);
    fclose(painter.out);
    pager_show(text);
    free(text);
}

static int report_on(const struct options *options, const struct verdict *verdict,
                     const struct lesson *lesson, bool shipped) {
    struct report report = {REPORT_EXPLORE, lesson, verdict, 1, options->keep != NULL};
    if (options->format == format_named("terminal") && verdict->word == VERDICT_UNJUDGED)
        return command_refuse(string_copy(verdict->results[0].reason));
    if (options->format != format_named("terminal") || report_rejected(verdict)) {
        options->format->write(stdout, &report);
        return report_status(&report);
    }
    size_t fault = options->fault ? options->fault - 1 : 0;
    if (options->fault && fault >= verdict->faults.count)
        return command_refuse(string_format("--fault %u: there %s %zu fault%s", options->fault,
                                            verdict->faults.count == 1 ? "is" : "are",
                                            verdict->faults.count,
                                            verdict->faults.count == 1 ? "" : "s"));
    struct trace_page page = {.report = &report, .fault = fault, .shipped = shipped};
    show(options, &page);
    return report_status(&report);
}

// `lesson`: whose exercise it is, or NULL; `shipped`: in its own place.
static int trace(struct options *options, struct home *home, struct program *program,
                 const struct lesson *lesson, bool shipped) {
    if (options->format->lessons_only)
        return command_refuse(string_format("--format %s is for check and list; take terminal, "
                                            "json or tap",
                                            options->format->name));
    command_explorer_alone(options);
    struct journey journey = command_journey(options, home);
    struct verdict verdict = {0};
    command_explore_as_told(program, &options->exploration);
    int stopped_by = road_travel(&journey, program, 1, &verdict);
    progress_clear();
    if (!stopped_by && lesson)
        exercise_explain(lesson, &verdict);
    int status = stopped_by ? 128 + stopped_by : report_on(options, &verdict, lesson, shipped);
    verdict_free(&verdict);
    return status;
}

static int trace_exercise(struct options *options, struct home *home, struct lesson *lesson,
                          char **problem) {
    const char *file = options->operands.count > 1 ? options->operands.items[1] : NULL;
    *problem = exercise_place(lesson, file);
    return *problem ? STATUS_CANNOT : trace(options, home, lesson->exercise, lesson, !file);
}

static int trace_files(struct options *options, struct home *home) {
    struct program program;
    char *problem = command_read_program(&program, options);
    int status = problem ? command_refuse(problem) : trace(options, home, &program, NULL, false);
    program_free(&program);
    return status;
}

int run_trace(struct options *options, struct home *home) {
    if (!options->operands.count)
        return command_refuse(
            string_copy("trace wants the number of an exercise, or the C files of one "
                        "program, such as `interleave trace 2`"));
    bool files = string_ends(options->operands.items[0], ".c");
    return files ? trace_files(options, home)
                 : command_with_lesson(options, home, "trace", trace_exercise);
}
