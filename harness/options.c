#include "options.h"

#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum key {
    KEY_FORMAT = 'f',
    KEY_ENGINES = 'e',
    KEY_JOBS = 'j',
    KEY_TIMEOUT = 't',
    KEY_KEEP = 'k',
    KEY_FRESH = 1000,
    KEY_LESSONS,
    KEY_CFLAGS,
    KEY_LIBS,
    KEY_ARGS,
    KEY_STDIN,
    KEY_EXPECT,
    KEY_STRATEGY,
    KEY_PREEMPTIONS,
    KEY_SCHEDULES,
    KEY_BUDGET,
    KEY_SEED,
    KEY_SCHEDULE,
    KEY_OUTPUT,
    KEY_SAMPLES,
    KEY_WIDTH,
    KEY_FAULT,
    KEY_UNFOLD,
    KEY_COLOUR,
    KEY_FORCE,
    KEY_POLL,
    KEY_SANDBOX,
    KEY_SEEDS,
    KEY_NO_GATE,
    KEY_OUT,
    KEY_RESUME,
    KEY_PLAN,
    KEY_SHARD,
    KEY_GATHER,
    KEY_FROM,
    KEY_PRIVATE,
    KEY_CONFIG,
    KEY_LESSON,
    KEY_UNSAFE,
};

enum { PREEMPTIONS_MOST = 15, SAMPLES_MOST = 24 };

static const struct argp_option table[] = {
    {"format", KEY_FORMAT, "NAME", 0,
     "How to report: terminal (default), json, tap, gcc (for editors), github (annotations), "
     "sarif, or "
     "events, a line each while it judges; check and list also markdown",
     0},
    {"engines", KEY_ENGINES, "A,B", 0, "Only these: native, tsan, asan, helgrind, explore", 0},
    {"jobs", KEY_JOBS, "N", 0, "Processes at once (default: the number of processors)", 0},
    {"timeout", KEY_TIMEOUT, "SECONDS", 0,
     "For one native run (default 10); the tools get a multiple of it", 0},
    {"keep", KEY_KEEP, "DIR", 0, "Keep the builds and each tool's own report there", 0},
    {"fresh", KEY_FRESH, NULL, 0, "Do not use verdicts of earlier runs", 0},
    {"lessons", KEY_LESSONS, "DIR", 0, "The directory of the lessons", 0},
    {"width", KEY_WIDTH, "COLUMNS", 0, "Write lines of at most so many columns", 0},
    {"color", KEY_COLOUR, "WHEN", 0, "always, never or auto (default)", 0},
    {"sandbox", KEY_SANDBOX, NULL, 0,
     "run, exercise: the file is a stranger's; compile and run it in the sandbox of the grader", 0},
    {"force", KEY_FORCE, NULL, 0, "solution: show it before the exercise is solved", 0},
    {"poll", KEY_POLL, NULL, 0,
     "watch: look at the file again and again, where the system does not tell of changes", 0},
    {"seeds", KEY_SEEDS, "N,N", 0,
     "exercise, grade: the seeds of the driver, in order; the explorer has a fixed number of "
     "schedules for each",
     0},
    {"no-gate", KEY_NO_GATE, NULL, OPTION_HIDDEN, "For tests: run what the gate would refuse", 0},
    {NULL, 0, NULL, 0, "run, explore, replay, trace, picture:", 1},
    {"cflags", KEY_CFLAGS, "WORDS", 0, "More arguments for the compiler", 1},
    {"libs", KEY_LIBS, "WORDS", 0, "Libraries to link, such as -lcurl", 1},
    {"args", KEY_ARGS, "WORDS", 0, "Arguments for the program", 1},
    {"stdin", KEY_STDIN, "FILE", 0, "Its standard input (default: empty)", 1},
    {"expect", KEY_EXPECT, "FILE", 0, "What the program must print", 1},
    {"output", KEY_OUTPUT, "FILE", 0, "picture: write there (default build/picture-N.html)", 1},
    {NULL, 0, NULL, 0, "The explorer:", 2},
    {"strategy", KEY_STRATEGY, "NAME", 0,
     "bounded, surw, pos, pct, random or auto, which takes turns (default)", 2},
    {"preemptions", KEY_PREEMPTIONS, "K", 0,
     "All schedules with at most K preemptions, if the budget allows (default 2)", 2},
    {"schedules", KEY_SCHEDULES, "N", 0, "At most N schedules (default 100000)", 2},
    {"budget", KEY_BUDGET, "SECONDS", 0,
     "For at most so long (default 10; within run, lesson and check 2)", 2},
    {"seed", KEY_SEED, "N", 0, "Of the random strategies (default 1)", 2},
    {"schedule", KEY_SCHEDULE, "SCHEDULE", 0,
     "exercise, trace, picture: only this schedule again, as replay does; drive: go on from there",
     2},
    {"fault", KEY_FAULT, "K", 0, "trace: of the fault number K (default 1)", 2},
    {"unfold", KEY_UNFOLD, NULL, 0, "trace: show every step, however many", 2},
    {"samples", KEY_SAMPLES, "N", 0,
     "With --format json: the traces of N of the schedules that were tried (at most 24) as well",
     2},
    {NULL, 0, NULL, 0, "grade:", 3},
    {"out", KEY_OUT, "DIR", 0, "Write verdicts and books there (default build/grades)", 3},
    {"resume", KEY_RESUME, NULL, 0, "Go on with the grading in that directory", 3},
    {"plan", KEY_PLAN, NULL, 0, "Only read what was handed in, before its shards are judged", 3},
    {"lesson", KEY_LESSON, "N", 0,
     "Only lesson N, also of files that do not say their lesson; several times: these", 3},
    {"private", KEY_PRIVATE, "DIR", 0,
     "More drivers, DIR/NN-slug/*.c, and more seeds, DIR/seeds, that students do not see", 3},
    {"config", KEY_CONFIG, "FILE", 0, "A grading.ini, which says what is worth how many points", 3},
    {"shard", KEY_SHARD, "I/N", 0, "Judge only the part I of N; equal files are in one part", 3},
    {"gather", KEY_GATHER, NULL, 0, "Write the books of what the shards have judged", 3},
    {"from", KEY_FROM, "DIR", 0, "gather: with what was judged into DIR, on another machine", 3},
    {"unsafe-no-sandbox", KEY_UNSAFE, NULL, 0,
     "Let submissions do what they like to this machine; is written into every result", 3},
    {0},
};

static unsigned long number_from(struct argp_state *state, const char *option, const char *text,
                                 unsigned long least, unsigned long most) {
    char *end;
    errno = 0;
    unsigned long number = strtoul(text, &end, 10);
    if (errno || *end || end == text || number < least || number > most || *text == '-')
        argp_error(state, "--%s %s: wants a number from %lu to %lu", option, text, least, most);
    return number;
}

static unsigned long number_of(struct argp_state *state, const char *option, const char *text,
                               unsigned long most) {
    return number_from(state, option, text, 1, most);
}

static void read_seeds(struct options *options, struct argp_state *state, const char *list) {
    struct strings words = {0};
    strings_add_list(&words, list);
    if (words.count < 1 || words.count > SEEDS_MOST)
        argp_error(state, "--seeds %s: wants from 1 to %d numbers, such as 1,2,3", list,
                   SEEDS_MOST);
    options->seed_count = words.count;
    for (size_t i = 0; i < words.count; i++)
        options->seeds[i] = (unsigned)number_of(state, "seeds", words.items[i], UINT_MAX);
    strings_free(&words);
}

static void read_strategy(struct options *options, struct argp_state *state, const char *name) {
    static const char *const names[] = {"bounded", "surw", "pos", "pct", "random", "auto"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            options->exploration.strategy = names[i];
    if (!options->exploration.strategy)
        argp_error(state, "--strategy %s: there are bounded, surw, pos, pct, random and auto",
                   name);
}

static void read_colour(struct options *options, struct argp_state *state, const char *name) {
    static const char *const names[] = {
        [COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0) {
            options->colour = (enum colour_when)i;
            return;
        }
    argp_error(state, "--color %s: there are always, never and auto", name);
}

static void add_lesson(struct grade_options *grade, int number) {
    bool another = grade->lesson_count++ && grade->lesson != number;
    grade->lesson = another ? 0 : number;
    grade->lessons[number] = true;
}

static void read_shard(struct options *options, struct argp_state *state, const char *value) {
    char *slash, *end = NULL;
    unsigned long shard = strtoul(value, &slash, 10);
    unsigned long shards = *slash == '/' ? strtoul(slash + 1, &end, 10) : 0;
    if (!end || *end || shard < 1 || shard > shards || shards > 100000)
        argp_error(state, "--shard %s: wants the part and how many there are, such as 1/4", value);
    options->grade.shard = (unsigned)shard;
    options->grade.shards = (unsigned)shards;
}

static void read_engines(struct options *options, struct argp_state *state, const char *words) {
    struct strings names = {0};
    strings_add_list(&names, words);
    bool chosen[ENGINES_MOST] = {false};
    for (size_t i = 0; i < names.count; i++) {
        const struct engine *engine = engine_named(names.items[i]);
        if (!engine)
            argp_error(state,
                       "--engines: there is no engine `%s`; there are native, tsan, asan, helgrind "
                       "and explore",
                       names.items[i]);
        else
            chosen[engine - engines] = true;
    }
    options->engine_count = 0;
    for (size_t i = 0; i < engine_count; i++)
        if (chosen[i])
            options->engines[options->engine_count++] = &engines[i];
    if (!options->engine_count)
        argp_error(state, "--engines names no engine");
    strings_free(&names);
}

static error_t read_option(int key, char *value, struct argp_state *state) {
    struct options *options = state->input;
    switch (key) {
    case KEY_FORMAT:
        options->format = format_named(value);
        if (!options->format) {
            char *names = format_names();
            argp_error(state, "--format %s: there are %s", value, names);
            free(names);
        }
        return 0;
    case KEY_ENGINES:
        read_engines(options, state, value);
        return 0;
    case KEY_JOBS:
        options->jobs = (unsigned)number_of(state, "jobs", value, 1024);
        return 0;
    case KEY_TIMEOUT:
        options->seconds = (double)number_of(state, "timeout", value, 86400);
        return 0;
    case KEY_KEEP:
        options->keep = value;
        return 0;
    case KEY_FRESH:
        options->fresh = true;
        return 0;
    case KEY_WIDTH:
        options->width = (int)number_from(state, "width", value, 20, 1000);
        return 0;
    case KEY_FAULT:
        options->fault = (unsigned)number_of(state, "fault", value, 1000);
        return 0;
    case KEY_UNFOLD:
        options->unfold = true;
        return 0;
    case KEY_COLOUR:
        read_colour(options, state, value);
        return 0;
    case KEY_SANDBOX:
        options->sandbox = true;
        return 0;
    case KEY_FORCE:
        options->force = true;
        return 0;
    case KEY_POLL:
        options->poll = true;
        return 0;
    case KEY_SEEDS:
        read_seeds(options, state, value);
        return 0;
    case KEY_NO_GATE:
        options->no_gate = true;
        return 0;
    case KEY_LESSONS:
        options->lessons = value;
        return 0;
    case KEY_CFLAGS:
        strings_add_words(&options->cflags, value);
        return 0;
    case KEY_LIBS:
        strings_add_words(&options->libs, value);
        return 0;
    case KEY_ARGS:
        strings_add_words(&options->arguments, value);
        return 0;
    case KEY_STDIN:
        options->input = value;
        return 0;
    case KEY_EXPECT:
        options->expect = value;
        return 0;
    case KEY_STRATEGY:
        options->exploration.strategy = NULL;
        read_strategy(options, state, value);
        return 0;
    case KEY_PREEMPTIONS:
        options->exploration.preemptions =
            (int)number_from(state, "preemptions", value, 0, PREEMPTIONS_MOST);
        return 0;
    case KEY_SCHEDULES:
        options->exploration.schedules = number_of(state, "schedules", value, 1000000000);
        return 0;
    case KEY_BUDGET:
        options->exploration.budget = (double)number_of(state, "budget", value, 86400);
        return 0;
    case KEY_SEED:
        options->exploration.seed = number_from(state, "seed", value, 0, 1UL << 40);
        return 0;
    case KEY_SCHEDULE:
        options->exploration.schedule = value;
        return 0;
    case KEY_OUTPUT:
        options->output = value;
        return 0;
    case KEY_SAMPLES:
        options->exploration.samples =
            (unsigned)number_from(state, "samples", value, 0, SAMPLES_MOST);
        return 0;
    case KEY_OUT:
        options->grade.out = value;
        return 0;
    case KEY_RESUME:
        options->grade.resume = true;
        return 0;
    case KEY_PLAN:
        options->grade.plan = true;
        return 0;
    case KEY_SHARD:
        read_shard(options, state, value);
        return 0;
    case KEY_GATHER:
        options->grade.gather = true;
        return 0;
    case KEY_FROM:
        strings_add(&options->grade.from, value);
        return 0;
    case KEY_PRIVATE:
        options->grade.private = value;
        return 0;
    case KEY_CONFIG:
        options->grade.config = value;
        return 0;
    case KEY_LESSON:
        add_lesson(&options->grade, (int)number_of(state, "lesson", value, 99));
        return 0;
    case KEY_UNSAFE:
        options->grade.unsafe = true;
        return 0;
    case ARGP_KEY_ARG:
        strings_add(&options->operands, value);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

void options_read(struct options *options, int argc, char **argv, const char *operands,
                  const char *about) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    *options = (struct options){.jobs = processors > 0 ? (unsigned)processors : 1};
    options->exploration = exploration_usual;
    options->exploration.budget = 0;
    options->format = format_named("terminal");
    for (size_t i = 0; i < engine_count; i++)
        options->engines[options->engine_count++] = &engines[i];
    const struct argp argp = {table, read_option, operands, about, NULL, NULL, NULL};
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, options);
    paint_as_told(options->width, options->colour);
}

void options_free(struct options *options) {
    strings_free(&options->operands);
    strings_free(&options->cflags);
    strings_free(&options->libs);
    strings_free(&options->arguments);
    strings_free(&options->grade.from);
}
