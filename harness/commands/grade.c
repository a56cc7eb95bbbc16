// Grading a folder of submissions.
#include "command.h"

#include "../exercise.h"
#include "../grade/books.h"
#include "../grade/conductor.h"
#include "../grade/gather.h"
#include "../grade/leftovers.h"
#include "../grade/lock.h"
#include "../grade/merge.h"
#include "../grade/output.h"
#include "../grade/shapes.h"
#include "../grade/spot.h"
#include "../grade/store.h"
#include "../grade/worklist.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// One grading, from the command line to the books.
struct desk {
    const struct options *options;
    const struct grade_options *told;
    const struct home *home;
    const char *folder;
    char *out, *private;
    struct course course;
    struct scheme scheme;
    struct terms terms;
    struct sandbox sandbox;
    struct lock lock;
};

// The pairs are judged elsewhere, so that all paths must be whole.
static void make_whole(char **path) {
    char *real = *path ? realpath(*path, NULL) : NULL;
    if (real) {
        free(*path);
        *path = real;
    }
}

// Where the worklist goes on from, or begins.

static char *add_seeds(struct terms *terms, const char *path, const char *text) {
    struct strings words = {0};
    char *problem = NULL;
    strings_add_list(&words, text);
    for (size_t i = 0; i < words.count && !problem; i++) {
        char *end;
        errno = 0;
        unsigned long seed = strtoul(words.items[i], &end, 10);
        if (errno || *end || *words.items[i] == '-' || seed < 1 || seed > UINT_MAX)
            problem = string_format("%s: `%s` is not a number from 1 to %u", path, words.items[i],
                                    UINT_MAX);
        else if (terms->seed_count == SEEDS_MOST)
            problem = string_format("%s: these are more than %d seeds together", path, SEEDS_MOST);
        else
            terms->seeds[terms->seed_count++] = (unsigned)seed;
    }
    strings_free(&words);
    return problem;
}

// Those of the command line or the usual ones, then the instructor's own.
static char *read_seeds(struct desk *desk) {
    struct terms *terms = &desk->terms;
    const struct options *options = desk->options;
    terms->seeds = memory_zeroed(SEEDS_MOST, sizeof *terms->seeds);
    terms->seed_count = options->seed_count ? options->seed_count : EXERCISE_SEEDS;
    for (size_t i = 0; i < terms->seed_count; i++)
        terms->seeds[i] = options->seed_count ? options->seeds[i] : exercise_seeds[i];
    char *path = desk->private ? string_format("%s/seeds", desk->private) : NULL;
    char *more = path ? file_read(path, NULL) : NULL, *problem = NULL;
    for (char *c = more; c && *c; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    if (more)
        problem = add_seeds(terms, path, more);
    free(more);
    free(path);
    return problem;
}

// What would silently take no part: a driver that is in no lesson's folder, a folder that is no lesson's.
static char *misplaced_driver(const struct desk *desk) {
    int fd = open(desk->private, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct strings names = {0};
    char *problem = NULL;
    if (fd >= 0)
        names = spot_names(fd, SIZE_MAX);
    for (size_t i = 0; i < names.count && !problem; i++) {
        const char *name = names.items[i];
        bool folder = spot_is_directory(fd, name);
        if (*name != '.' && (folder ? !shapes_slug(&desk->course, name) : string_ends(name, ".c")))
            problem = string_format("--private %s: `%s` is %s; drivers are "
                                    "NN-slug/*.c in it, with NN-slug as it is below %s",
                                    desk->private, name,
                                    folder ? "the folder of no exercise" : "in no lesson's folder",
                                    desk->home->lessons);
    }
    if (fd >= 0)
        close(fd);
    strings_free(&names);
    return problem;
}

static char *check_private(const struct desk *desk) {
    const char *path = desk->private;
    char *inside = path ? string_format("%s/.", path) : NULL;
    char *problem = NULL;
    if (inside && access(inside, R_OK | X_OK) != 0)
        problem = string_format("--private %s: %s; name a directory with NN-slug/*.c or seeds",
                                path, strerror(errno));
    else if (inside)
        problem = misplaced_driver(desk);
    free(inside);
    return problem;
}

static char *write_worklist(struct desk *desk) {
    struct intake intake = {.course = &desk->course, .folder = desk->folder, .out = desk->out};
    char *path = string_format("%s/unrecognised.jsonl", desk->out), *problem = NULL;
    char *temporary = string_format("%s.new", path);
    if (desk->told->lesson)
        intake.lesson = course_lesson(&desk->course, desk->told->lesson);
    if (desk->told->lesson_count)
        intake.only = desk->told->lessons;
    intake.unrecognised = fopen(temporary, "we");
    if (!intake.unrecognised)
        problem = store_problem(temporary, errno);
    else
        problem = intake_read(&intake);
    bool written = intake.unrecognised && !ferror(intake.unrecognised);
    if (intake.unrecognised && fclose(intake.unrecognised) != 0)
        written = false;
    if (!problem)
        problem = written ? store_settle(path) : store_problem(path, errno);
    if (!problem && !intake.count)
        problem = string_format("%s: no submissions are in it; %s%s%s", desk->folder, intake_shapes,
                                intake.unrecognised_count ? "; what is in it, and why it was not "
                                                            "taken, is listed in "
                                                          : "",
                                intake.unrecognised_count ? path : "");
    if (!problem)
        problem = worklist_write(desk->out, &intake, &desk->terms, sandbox_words(&desk->sandbox));
    intake_free(&intake);
    free(temporary);
    free(path);
    return problem;
}

static bool same_seeds(const struct desk *desk, const json_t *seeds) {
    bool same = json_array_size(seeds) == desk->terms.seed_count;
    for (size_t i = 0; same && i < desk->terms.seed_count; i++)
        same = json_integer_value(json_array_get(seeds, i)) == (json_int_t)desk->terms.seeds[i];
    return same;
}

// A worklist that another shard has written must be of the same grading.
static char *check_worklist(const struct desk *desk) {
    struct worklist worklist;
    char *problem = worklist_open(&worklist, desk->out);
    if (problem)
        return problem;
    char *harness = stamp_harness(desk->home);
    const char *kept = json_string_value(json_object_get(worklist.head, "harness"));
    const char *sandbox = json_string_value(json_object_get(worklist.head, "sandbox"));
    if (!kept || strcmp(kept, harness) != 0)
        problem = string_format("%s: was begun with another build of the harness or other tools; "
                                "use the same everywhere, or begin anew with --fresh",
                                desk->out);
    else if (!sandbox || strcmp(sandbox, desk->terms.sandbox) != 0)
        problem = string_format("%s: was begun with the sandbox %s, and here it is %s; verdicts "
                                "of both are not mixed",
                                desk->out, sandbox ? sandbox : "?", desk->terms.sandbox);
    else if (!same_seeds(desk, json_object_get(worklist.head, "seeds")))
        problem = string_format("%s: was begun with other seeds; take the same for all shards",
                                desk->out);
    free(harness);
    worklist_close(&worklist);
    return problem;
}

static char *prepare(struct desk *desk) {
    const struct grade_options *told = desk->told;
    bool used = output_used(desk->out), shard = told->shards > 0;
    if (shard) {
        char *problem = NULL;
        int held = lock_worklist(desk->out, &problem);
        if (!problem)
            problem = output_used(desk->out) ? check_worklist(desk) : write_worklist(desk);
        if (held >= 0)
            close(held);
        return problem;
    }
    if (desk->options->fresh)
        output_clear(desk->out);
    else if (used && !told->resume)
        return string_format("%s: holds a grading already; go on with it with --resume, begin anew "
                             "with --fresh, or name another directory with --out",
                             desk->out);
    return write_worklist(desk);
}

// Judging and telling

static const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

static int tell(const struct desk *desk, unsigned shard, unsigned shards, char **problem) {
    struct summary summary;
    *problem = gather_sum(&summary, desk->out, &desk->scheme, shard, shards);
    int status = *problem ? STATUS_CANNOT : summary_status(&summary);
    if (!*problem) {
        summary_print(&summary, stdout);
        if (summary.unrecognised)
            printf("\nNot recognised: %zu file%s, listed in %s/unrecognised.jsonl\n",
                   summary.unrecognised, plural(summary.unrecognised), desk->out);
        if (desk->told->shards)
            printf("\nVerdicts: %s/records; with all of them there, --gather writes the books\n",
                   desk->out);
        else
            printf("\nGrade books: %s/html/index.html, %s/grades.csv and more beside them\n",
                   desk->out, desk->out);
    }
    summary_free(&summary);
    return status;
}

static int write_books(const struct desk *desk, char **problem) {
    unsigned shards = lock_shards(desk->out);
    for (size_t i = 0; i < desk->told->from.count && !*problem; i++) {
        unsigned more = lock_shards(desk->told->from.items[i]);
        shards = more > shards ? more : shards;
        *problem = merge_from(desk->out, desk->told->from.items[i]);
    }
    if (!*problem)
        *problem = gather_complete(desk->out, shards);
    if (!*problem)
        *problem = books_write(desk->out, &desk->course, &desk->scheme);
    return *problem ? STATUS_CANNOT : tell(desk, 1, 1, problem);
}

static int tell_plan(const struct desk *desk, char **problem) {
    struct summary summary;
    *problem = gather_sum(&summary, desk->out, &desk->scheme, 1, 1);
    if (!*problem)
        printf("%zu submission%s of %zu student%s, in %s\n", summary.pairs, plural(summary.pairs),
               summary.students, plural(summary.students), desk->out);
    summary_free(&summary);
    return *problem ? STATUS_CANNOT : 0;
}

static int grade(struct desk *desk, char **problem) {
    const struct grade_options *told = desk->told;
    unsigned shard = told->shards ? told->shard : 1, shards = told->shards ? told->shards : 1;
    struct grading grading = {.home = desk->home,
                              .out = desk->out,
                              .private = desk->private,
                              .jobs = desk->options->jobs,
                              .shard = shard,
                              .shards = shards,
                              .keep = desk->options->keep != NULL};
    leftovers_remove(desk->home->work);
    *problem = sandbox_open(&desk->sandbox, desk->home, told->unsafe);
    desk->terms.sandbox = sandbox_letter(&desk->sandbox);
    // The pairs find their sandbox as this process did, and must not take another.
    if (!*problem && !told->unsafe)
        setenv("INTERLEAVE_SANDBOX", desk->terms.sandbox, 1);
    if (!*problem)
        *problem = prepare(desk);
    if (!*problem && told->plan)
        return tell_plan(desk, problem);
    if (!*problem)
        *problem = conductor_run(&grading);
    if (*problem)
        return STATUS_CANNOT;
    if (grading.stopped_by) {
        fprintf(stderr,
                "interleave: stopped; %zu of %zu verdicts are written, go on with --resume\n",
                grading.done, grading.all);
        return 128 + grading.stopped_by;
    }
    return told->shards ? tell(desk, shard, shards, problem) : write_books(desk, problem);
}

// An option of other commands that would silently take no part: all files are judged alike.
static const char *idle_option(const struct options *options) {
    const struct exploration *asked = &options->exploration, *usual = &exploration_usual;
    const struct {
        bool given;
        const char *name;
    } idle[] = {
        {options->engine_count != engine_count, "--engines"},
        {options->seconds > 0, "--timeout"},
        {options->format != format_named("terminal"), "--format"},
        {options->cflags.count, "--cflags"},
        {options->libs.count, "--libs"},
        {options->arguments.count, "--args"},
        {options->input, "--stdin"},
        {options->expect, "--expect"},
        {asked->strategy, "--strategy"},
        {asked->schedule, "--schedule"},
        {asked->budget > 0, "--budget"},
        {asked->schedules != usual->schedules, "--schedules"},
        {asked->preemptions != usual->preemptions, "--preemptions"},
        {asked->seed != usual->seed, "--seed"},
    };
    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++)
        if (idle[i].given)
            return idle[i].name;
    return NULL;
}

static char *check_use(const struct options *options) {
    const struct grade_options *told = &options->grade;
    const char *idle = idle_option(options);
    if (idle)
        return string_format("grade has no use for %s: every file is judged alike, by all engines "
                             "and under the schedules of --seeds; leave it away",
                             idle);
    size_t folders = options->operands.count;
    if (folders != 1 && !(told->gather && !folders))
        return string_copy("grade wants one folder, with the submissions in it: `interleave grade "
                           "class`, or `make grade SUBMISSIONS=class`");
    if (told->gather && (told->shards || options->fresh || told->resume))
        return string_copy("--gather only collects what was judged: leave --shard, --resume and "
                           "--fresh away");
    if (told->from.count && !told->gather)
        return string_copy("--from names what --gather collects: add --gather");
    if (told->plan && (told->shards || told->gather))
        return string_copy("--plan comes before the shards and the gathering: leave --shard and "
                           "--gather away");
    if (options->fresh && (told->resume || told->shards))
        return string_copy("--fresh begins anew: leave --resume and --shard away");
    return NULL;
}

int run_grade(struct options *options, struct home *home) {
    const struct grade_options *told = &options->grade;
    struct desk desk = {.options = options,
                        .told = told,
                        .home = home,
                        .folder = options->operands.count ? options->operands.items[0] : NULL,
                        .lock = {-1, -1},
                        .terms = {.home = home, .unsafe = told->unsafe}};
    desk.private = string_copy(told->private);
    int status = STATUS_CANNOT;
    char *problem = check_use(options);
    if (!problem && course_read(&desk.course, home->lessons, &problem)) {
        for (int i = 0; i < LESSONS_MOST && !problem; i++)
            if (told->lessons[i] &&
                (!course_lesson(&desk.course, i) || !course_lesson(&desk.course, i)->exercise))
                problem = string_format("--lesson %d: there is no such exercise; `interleave list` "
                                        "shows which there are",
                                        i);
    }
    desk.out = told->out ? string_copy(told->out)
                         : string_format("%.*s/grades",
                                         (int)(path_base(home->executable) - home->executable - 1),
                                         home->executable);
    // Read before anything is judged, so that a mistake in it does not wait until the end.
    if (!problem)
        problem = scheme_read(&desk.scheme, told->config, &desk.course);
    if (!problem)
        problem = check_private(&desk);
    make_whole(&desk.private);
    make_whole(&home->lessons);
    desk.terms.private = desk.private;
    if (!problem)
        problem = read_seeds(&desk);
    if (!problem)
        problem = output_open(desk.out, desk.folder);
    make_whole(&desk.out);
    if (!problem)
        problem = lock_take(&desk.lock, desk.out, told->shards ? told->shard : 1,
                            told->shards ? told->shards : 1);
    if (!problem)
        status = told->gather ? write_books(&desk, &problem) : grade(&desk, &problem);
    if (problem)
        status = command_refuse(problem);
    lock_release(&desk.lock);
    sandbox_close(&desk.sandbox);
    scheme_free(&desk.scheme);
    course_free(&desk.course);
    free(desk.terms.seeds);
    free(desk.out);
    free(desk.private);
    return status;
}
