// Commands about any program: judge it, explore it, replay a schedule, see that the engines work.
#include "command.h"

#include "../doctor.h"
#include "../source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_FILE = 64 << 20 };

// NULL when the file can be read to its end.
static char *refuse_file(const char *path, const char *option) {
    struct stat status;
    if (stat(path, &status) != 0 || access(path, R_OK) != 0)
        return string_format("%s %s: %s; name a file that can be read", option, path,
                             strerror(errno));
    if (!S_ISREG(status.st_mode) || status.st_size > LARGEST_FILE)
        return string_format("%s %s: is not a regular file of at most 64 MiB", option, path);
    return NULL;
}

char *command_read_program(struct program *program, const struct options *options) {
    struct text name = {0};
    *program = (struct program){.seconds = 10};
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *file = options->operands.items[i];
        char *problem = source_refuse(file);
        if (problem) {
            text_free(&name);
            return problem;
        }
        strings_add(&program->sources, file);
        text_add(&name, "%s%s", i ? " " : "", file);
    }
    program->name = text_take(&name);
    for (size_t i = 0; i < options->cflags.count; i++)
        strings_add(&program->cflags, options->cflags.items[i]);
    for (size_t i = 0; i < options->libs.count; i++)
        strings_add(&program->libs, options->libs.items[i]);
    for (size_t i = 0; i < options->arguments.count; i++)
        strings_add(&program->arguments, options->arguments.items[i]);
    program->input = string_copy(options->input);
    char *problem = options->input ? refuse_file(options->input, "--stdin") : NULL;
    if (!problem && options->expect)
        problem = refuse_file(options->expect, "--expect");
    if (!problem && options->expect)
        program->expected_output = file_read(options->expect, &program->expected_length);
    return problem;
}

int run_program_files(struct options *options, struct home *home) {
    if (!options->operands.count)
        return command_refuse(
            string_copy("run wants the C files of one program, such as `interleave run queue.c`"));
    return command_judge_files(options, home, REPORT_RUN);
}

static const double EXPLORE_SECONDS = 10;

// `schedule`: one to be replayed, or NULL.
static int explore(struct options *options, struct home *home, const char *schedule) {
    command_explorer_alone(options);
    options->exploration.schedule = schedule;
    if (options->exploration.budget <= 0)
        options->exploration.budget = EXPLORE_SECONDS;
    return command_judge_files(options, home, REPORT_EXPLORE);
}

int run_explore(struct options *options, struct home *home) {
    if (!options->operands.count)
        return command_refuse(string_copy(
            "explore wants the C files of one program, such as `interleave explore queue.c`"));
    return explore(options, home, NULL);
}

int run_replay(struct options *options, struct home *home) {
    size_t count = options->operands.count;
    if (count < 2 || string_ends(options->operands.items[count - 1], ".c"))
        return command_refuse(
            string_copy("replay wants the C files of one program and, last, a schedule "
                        "as `interleave explore` prints it"));
    char *schedule = options->operands.items[--options->operands.count];
    options->operands.items[options->operands.count] = NULL;
    int status = explore(options, home, schedule);
    free(schedule);
    return status;
}

int run_doctor(struct options *options, struct home *home) {
    if (options->operands.count)
        return command_refuse(
            string_copy("doctor takes no operand; `interleave run FILE.c` judges a program"));
    struct journey journey = command_journey(options, home);
    return doctor_run(&journey);
}
