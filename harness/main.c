// interleave: which faults does this concurrent program have, and where? Only dispatches.
#include "commands/command.h"
#include "grade/pair.h"
#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char explore_limits[] =
    "One thread runs at a time, and at each operation that others could notice the explorer "
    "chooses who goes on. Time is virtual: a sleep takes none. A fault comes with its "
    "schedule, which `interleave replay` runs again.\n\n"
    "Data races are judged by the memory orders of C11, also those that this processor "
    "hides. But a relaxed load always returns the latest store: stale values, which weaker "
    "processors may show, are not explored yet.\n\n"
    "What the explorer does not model (fork, signal handlers, mutexes shared between "
    "processes, timers) makes it `unavailable`, with the line.\n";

static const char picture_more[] =
    "N is the number of an exercise; N FILE.c judges FILE in its place. The page is one "
    "file that needs nothing else, usually build/picture-N.html. It shows the schedules "
    "that failed and some of those that were tried; with --schedule, only that one.\n";
static const char drive_more[] =
    "Shows what every thread is about to do, and asks which one does it, until the program "
    "fails. The explorer runs it, so time is virtual, and the schedule can be run again. "
    "`?` at the prompt tells what else can be typed. --schedule begins where a saved "
    "schedule ends.\n\n"
    "Exit status: 0 when the fault came or you have had enough, 2 when the program cannot "
    "be driven.\n";
static const char explain_more[] =
    "`explain N FILE.c` judges FILE in the place of exercise N. Each fault is told once, "
    "whoever reports it: the lines around it with what each thread does there, what it "
    "means, how such faults are usually repaired, which lesson teaches it, how often it "
    "happens, and why some tools do not see it.\n";
static const char flags_more[] =
    "Each line is an entry of a compile_commands.json: of each C file of the lessons, their "
    "exercises and solutions, as they are compiled for a plain run; or of the files named, "
    "with --cflags. `make` writes them to build/compile_commands.json, where clangd looks.\n";
static const char grade_more[] =
    "Finds STUDENT/NN-slug/exercise.c, STUDENT/NN-slug.c, a repository of each student with "
    "lessons/NN-slug/exercise.c, downloads of Canvas and Moodle, and, with --lesson, STUDENT.c. "
    "Of several files of one student for one lesson the one that differs from the shipped file is "
    "judged, then the last that was handed in, then the one changed last; the books name the "
    "others.\n\n"
    "Each verdict is on disk before the next: whatever stops it, --resume goes on. Nothing is "
    "written into DIR.\n\n"
    "Exit status: 0 every submission is correct, 1 some are not, 2 something could not be "
    "judged.\n";

static const char books_more[] =
    "OUT is the output directory of `interleave grade`. The points are given anew, by grading.ini "
    "or else by the usual scheme; nothing is judged again. The new books take the place of the old "
    "ones all at once.\n";

static const struct command {
    const char *name, *operands, *about;
    const char *more; // for --help, or NULL
    int (*run)(struct options *options, struct home *home);
} commands[] = {
    {"lesson", "N", "Run lesson N under each engine; say what each saw.", NULL, run_lesson},
    {"exercise", "N [FILE.c]", "Judge exercise N, or FILE in its place.", NULL, run_exercise},
    {"explain", "N|FILE.c...", "Explain the faults of exercise N, or of a program.", explain_more,
     run_explain},
    {"watch", "[N]", "Judge the exercise at hand whenever it is saved.", NULL, run_watch},
    {"progress", "", "The map of the course: what is solved.", NULL, run_progress},
    {"hint", "N [1|2|3]", "Show the next hint for the exercise of lesson N.", NULL, run_hint},
    {"solution", "N", "Show the reference, once N is solved.", NULL, run_solution},
    {"reset", "N", "Restore exercise N as shipped; keep yours.", NULL, run_reset},
    {"check", "[N...]", "Check that lessons behave as lesson.ini says.", NULL, run_check},
    {"run", "FILE.c...", "Judge a C program; several files are one program.", NULL,
     run_program_files},
    {"explore", "FILE.c...", "Run a C program under every schedule that matters.", explore_limits,
     run_explore},
    {"replay", "FILE.c... SCHEDULE", "Run one schedule again, and show it.", NULL, run_replay},
    {"picture", "N|FILE.c...", "Draw schedules, as a page for a browser.", picture_more,
     run_picture},
    {"drive", "N|FILE.c...", "Be the scheduler: say which thread moves next.", drive_more,
     run_drive},
    {"trace", "N|FILE.c...", "Show a failing schedule, one column per thread.", NULL, run_trace},
    {"grade", "DIR", "Grade a folder of submissions.", grade_more, run_grade},
    {"books", "OUT [grading.ini]", "Write the grade books of OUT again.", books_more, run_books},
    {"scheme", "", "Print the usual grading.ini, to be changed.", NULL, run_scheme},
    {"list", "", "List the lessons.", NULL, run_list},
    {"doctor", "", "Try every engine, and say what is missing.", NULL, run_doctor},
    {"flags", "[FILE.c...]", "Print how files are compiled, for editors.", flags_more, run_flags},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static int usage(FILE *out, int status) {
    fprintf(out, "Usage: interleave COMMAND [OPTION...]\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-9s%-18s %s\n", commands[i].name, commands[i].operands, commands[i].about);
    fprintf(out, "\n`interleave COMMAND --help` lists the options.\n"
                 "Exit status: 0 fine, 1 faults found or refused, 2 cannot judge or wrong use.\n");
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
    int status = problem ? command_refuse(problem) : command->run(&options, &home);
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
    if (argc > 2 && strcmp(argv[1], "grade-pair") == 0)
        return pair_run(argc - 2, argv + 2);
    int status = dispatch(argc, argv);
    bool failed = ferror(stdout);
    if (fflush(stdout) != 0 || failed)
        status = command_refuse(string_format("standard output: %s; what was printed is incomplete",
                                              failed ? "could not be written" : strerror(errno)));
    return status;
}
