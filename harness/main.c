// interleave: which faults does this concurrent program have, and where? Only dispatches.
#include "course.h"
#include "doctor.h"
#include "exercise.h"
#include "keeper.h"
#include "options.h"
#include "report/paint.h"
#include "report/progress.h"
#include "road.h"
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATUS_FINE = 0, STATUS_FAULTS = 1, STATUS_CANNOT = 2 };

static int refuse(char *sentence) {
    struct text printable = {0};
    text_add_line(&printable, sentence);
    fprintf(stderr, "interleave: %s\n", printable.data);
    text_free(&printable);
    free(sentence);
    return STATUS_CANNOT;
}

static struct journey journey_of(const struct options *options, const struct home *home) {
    struct journey journey = {.home = home,
                              .engine_count = options->engine_count,
                              .jobs = options->jobs,
                              .keep = options->keep != NULL,
                              .fresh = options->fresh,
                              .progress = progress_show};
    memcpy(journey.engines, options->engines, sizeof options->engines);
    return journey;
}

// What the command line says goes before what the lesson says.
static void explore_as_told(struct program *program, const struct exploration *told) {
    double budget = told->budget > 0                  ? told->budget
                    : program->exploration.budget > 0 ? program->exploration.budget
                                                      : exploration_usual.budget;
    program->exploration = *told;
    program->exploration.budget = budget;
}

static void say_that_it_compiles(const struct program *program) {
    progress_clear();
    printf("%s compiles.\n\n", path_base(program->sources.items[0]));
    fflush(stdout);
}

// Judges the programs and reports; the road's end for every command.
static int judge(const struct options *options, const struct home *home, struct program *programs,
                 size_t count, enum report_about about, const struct lesson *lesson) {
    if (options->format->lessons_only && about != REPORT_CHECK)
        return refuse(string_format("--format %s is for check and list; take terminal, json or tap",
                                    options->format->name));
    struct journey journey = journey_of(options, home);
    struct verdict *verdicts = memory_zeroed(count, sizeof *verdicts);
    if (about == REPORT_EXERCISE && options->format == format_named("terminal"))
        journey.compiled = say_that_it_compiles;
    for (size_t i = 0; options->seconds > 0 && i < count; i++)
        programs[i].seconds = options->seconds;
    for (size_t i = 0; i < count; i++)
        explore_as_told(&programs[i], &options->exploration);
    int stopped_by = road_travel(&journey, programs, count, verdicts);
    progress_clear();
    int status = 128 + stopped_by;
    if (!stopped_by) {
        for (size_t i = 0; about == REPORT_EXERCISE && i < count; i++)
            exercise_explain(lesson, &verdicts[i]);
        const struct report report = {about, lesson, verdicts, count, options->keep != NULL};
        options->format->write(stdout, &report);
        status = report_status(&report);
    }
    for (size_t i = 0; i < count; i++)
        verdict_free(&verdicts[i]);
    free(verdicts);
    return status;
}

static const char no_lessons[] = "there are no lessons here; --lessons names their directory";

static bool lesson_number(const char *text, int *number) {
    char *end;
    long value = strtol(text, &end, 10);
    *number = (int)value;
    return end != text && *end == '\0' && value > 0 && value < 100;
}

static struct lesson *find_lesson(struct course *course, const char *text, char **problem) {
    int number;
    struct lesson *lesson = lesson_number(text, &number) ? course_lesson(course, number) : NULL;
    if (!lesson)
        *problem =
            string_format("there is no lesson %s; `interleave list` shows which there are", text);
    return lesson;
}

static int run_lesson(struct options *options, struct home *home) {
    struct course course;
    char *problem = NULL;
    if (options->operands.count != 1)
        return refuse(string_copy("lesson wants one number, such as `interleave lesson 2`"));
    int status = STATUS_CANNOT;
    if (course_read(&course, home->lessons, &problem)) {
        struct lesson *lesson = find_lesson(&course, options->operands.items[0], &problem);
        if (lesson)
            status = judge(options, home, lesson->programs, lesson->program_count, REPORT_LESSON,
                           lesson);
    }
    if (problem)
        status = refuse(problem);
    course_free(&course);
    return status;
}

// What is asked of an exercise: its verdict, one of its schedules again, or a hint.
static int with_exercise(struct options *options, struct home *home, const char *command,
                         int (*answer)(struct options *, struct home *, struct lesson *, char **)) {
    struct course course = {0};
    char *problem = NULL;
    int status = STATUS_CANNOT;
    struct lesson *lesson = NULL;
    if (options->operands.count < 1 || options->operands.count > 2)
        problem = string_format("%s wants the number of a lesson, such as `interleave %s 2`",
                                command, command);
    else if (course_read(&course, home->lessons, &problem))
        lesson = find_lesson(&course, options->operands.items[0], &problem);
    if (lesson)
        status = answer(options, home, lesson, &problem);
    if (problem)
        status = refuse(problem);
    course_free(&course);
    return status;
}

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
    return judge(options, home, lesson->exercise, 1, replays ? REPORT_EXPLORE : REPORT_EXERCISE,
                 lesson);
}

static int run_exercise(struct options *options, struct home *home) {
    return with_exercise(options, home, "exercise", judge_exercise);
}

static int show_hint(struct options *options, struct home *home, struct lesson *lesson,
                     char **problem) {
    (void)home;
    const char *text = options->operands.count > 1 ? options->operands.items[1] : "1";
    int number;
    if (!lesson_number(text, &number) || number > HINTS || !lesson->hints[number - 1]) {
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

static int run_hint(struct options *options, struct home *home) {
    return with_exercise(options, home, "hint", show_hint);
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
        struct lesson *lesson = operands->count ? find_lesson(course, operands->items[i], problem)
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
        *problem = string_copy(no_lessons);
    return programs;
}

static int run_check(struct options *options, struct home *home) {
    struct course course;
    char *problem = NULL;
    int status = STATUS_CANNOT;
    if (course_read(&course, home->lessons, &problem)) {
        size_t count;
        struct program *programs = chosen_programs(&course, &options->operands, &count, &problem);
        if (programs)
            status = judge(options, home, programs, count, REPORT_CHECK, NULL);
        free(programs);
    }
    if (problem)
        status = refuse(problem);
    course_free(&course);
    return status;
}

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

static char *read_program(struct program *program, const struct options *options) {
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

static int run_program_files(struct options *options, struct home *home) {
    if (!options->operands.count)
        return refuse(
            string_copy("run wants the C files of one program, such as `interleave run queue.c`"));
    struct program program;
    char *problem = read_program(&program, options);
    int status = problem ? refuse(problem) : judge(options, home, &program, 1, REPORT_RUN, NULL);
    program_free(&program);
    return status;
}

static const double EXPLORE_SECONDS = 10;

// Only the explorer looks, on all processors; `schedule`: one to be replayed, or NULL.
static int explore(struct options *options, struct home *home, const char *schedule) {
    struct program program;
    options->engines[0] = engine_named("explore");
    options->engine_count = 1;
    options->exploration.jobs = options->jobs;
    options->exploration.schedule = schedule;
    if (options->exploration.budget <= 0)
        options->exploration.budget = EXPLORE_SECONDS;
    char *problem = read_program(&program, options);
    int status =
        problem ? refuse(problem) : judge(options, home, &program, 1, REPORT_EXPLORE, NULL);
    program_free(&program);
    return status;
}

static int run_explore(struct options *options, struct home *home) {
    if (!options->operands.count)
        return refuse(string_copy(
            "explore wants the C files of one program, such as `interleave explore queue.c`"));
    return explore(options, home, NULL);
}

static int run_replay(struct options *options, struct home *home) {
    size_t count = options->operands.count;
    if (count < 2 || string_ends(options->operands.items[count - 1], ".c"))
        return refuse(string_copy("replay wants the C files of one program and, last, a schedule "
                                  "as `interleave explore` prints it"));
    char *schedule = options->operands.items[--options->operands.count];
    options->operands.items[options->operands.count] = NULL;
    int status = explore(options, home, schedule);
    free(schedule);
    return status;
}

static int run_list(struct options *options, struct home *home) {
    struct course course;
    char *problem = NULL;
    if (options->operands.count)
        return refuse(string_copy("list takes no operand; `interleave lesson N` runs a lesson"));
    if (course_read(&course, home->lessons, &problem) && course.count == 0)
        problem = string_copy(no_lessons);
    if (!problem && !options->format->list)
        problem = string_format("list has no --format %s; it knows terminal and markdown",
                                options->format->name);
    if (!problem)
        options->format->list(stdout, &course);
    course_free(&course);
    return problem ? refuse(problem) : STATUS_FINE;
}

static int run_doctor(struct options *options, struct home *home) {
    if (options->operands.count)
        return refuse(
            string_copy("doctor takes no operand; `interleave run FILE.c` judges a program"));
    struct journey journey = journey_of(options, home);
    return doctor_run(&journey);
}

static const char explore_limits[] =
    "One thread runs at a time, and at each operation that others could notice the explorer "
    "chooses "
    "who goes on. Time is virtual: a sleep takes none. A fault comes with its schedule, which "
    "`interleave replay` runs again.\n\n"
    "Data races are judged by the memory orders of C11, also those that this processor hides. But "
    "a "
    "relaxed load always returns the latest store: stale values, which weaker processors may show, "
    "are not explored yet.\n\n"
    "What the explorer does not model (fork, signal handlers, mutexes shared between processes, "
    "timers) makes it `unavailable`, with the line.\n";

static const struct command {
    const char *name, *operands, *about;
    const char *more; // for --help, or NULL
    int (*run)(struct options *options, struct home *home);
} commands[] = {
    {"lesson", "N", "Run lesson N under each engine; say what each saw.", NULL, run_lesson},
    {"exercise", "N [FILE.c]", "Judge exercise N, or FILE in its place.", NULL, run_exercise},
    {"hint", "N [1|2|3]", "Show a hint for the exercise of lesson N.", NULL, run_hint},
    {"check", "[N...]", "Check that lessons behave as lesson.ini says.", NULL, run_check},
    {"run", "FILE.c...", "Judge a C program; several files are one program.", NULL,
     run_program_files},
    {"explore", "FILE.c...", "Run a C program under every schedule that matters.", explore_limits,
     run_explore},
    {"replay", "FILE.c... SCHEDULE", "Run one schedule again, and show it.", NULL, run_replay},
    {"list", "", "List the lessons.", NULL, run_list},
    {"doctor", "", "Try every engine, and say what is missing.", NULL, run_doctor},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static int usage(FILE *out, int status) {
    fprintf(out, "Usage: interleave COMMAND [OPTION...]\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-9s%-18s %s\n", commands[i].name, commands[i].operands, commands[i].about);
    fprintf(out, "\n`interleave COMMAND --help` lists the options.\n"
                 "Exit status: 0 fine, 1 faults found, 2 cannot judge or wrong use.\n");
    return status;
}

// Descriptors 0 to 2 are always open, so that no other file gets their numbers. A closed standard output
// is replaced by one that cannot be written to: the report must not vanish unnoticed.
static void open_standard_descriptors(void) {
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_RDWR) != fd)
            _exit(STATUS_CANNOT);
}

static int run_command(const struct command *command, int argc, char **argv) {
    struct options options;
    struct home home = {0};
    char *name = string_format("interleave %s", command->name);
    argv[1] = name;
    char *about = string_format("%s%s%s", command->about, command->more ? "\v" : "",
                                command->more ? command->more : "");
    options_read(&options, argc - 1, argv + 1, command->operands, about);
    free(about);
    char *problem = home_open(&home, options.lessons, options.keep);
    int status = problem ? refuse(problem) : command->run(&options, &home);
    home_close(&home, options.keep);
    options_free(&options);
    free(name);
    return status;
}

static int dispatch(int argc, char **argv) {
    if (argc < 2)
        return usage(stderr, STATUS_CANNOT);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0)
        return usage(stdout, STATUS_FINE);
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return run_command(&commands[i], argc, argv);
    fprintf(stderr, "interleave: there is no command `%s`\n\n", argv[1]);
    return usage(stderr, STATUS_CANNOT);
}

int main(int argc, char **argv) {
    if (argc > 2 && strcmp(argv[1], "keeper") == 0)
        return keeper_run(argc - 2, argv + 2);
    open_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    process_adopt_orphans();
    int status = dispatch(argc, argv);
    bool failed = ferror(stdout);
    if (fflush(stdout) != 0 || failed)
        status = refuse(string_format("standard output: %s; what was printed is incomplete",
                                      failed ? "could not be written" : strerror(errno)));
    return status;
}
