#include "trial.h"

#include "engines/capability.h"
#include "engines/output.h"
#include "linked/witness.h"
#include "sandbox/sizes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ENOUGH_SECONDS =
        8, // of the own time of runs of one engine, after which no further run is started
    DEFAULT_TRIES = 20, // for an expected fault to show
    SLOW = 4,           // times the native time
};
static const uint64_t TOOL_MEMORY = 3ULL << 30;

unsigned trial_order(const struct traveller *traveller, enum stage stage) {
    return traveller->order * STAGES + stage;
}

static void announce(const struct trial *trial, const char *doing) {
    const struct road *road = trial->traveller->road;
    if (road->journey->progress)
        road->journey->progress(road->journey->context, trial->traveller->verdict, doing,
                                road->trials_done, road->trials_all);
}

static enum stage stage_of_run(const struct trial *trial) {
    return trial->engine->slowdown > SLOW ? STAGE_SLOW_RUNS : STAGE_RUNS;
}

// Runs

// Every second run is on one processor, with random yields: another kind of schedule.
static bool is_noisy(const struct trial *trial) {
    return trial->run % 2 == 1;
}

static char *make_witness(struct trial *trial) {
    char *path = string_format("%s/witness", trial->directory);
    bool drawn = secret_draw(&trial->challenge, sizeof trial->challenge);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    // Tools change what a heap weighs, so only the native run is held to the ceiling.
    uint64_t ceiling = trial->engine->slowdown == 1 ? trial->traveller->program->heap_ceiling : 0;
    const uint64_t settings[] = {ceiling, is_noisy(trial) ? trial->run : 0,
                                 trial->traveller->program->threads, trial->challenge};
    bool ok =
        drawn && fd >= 0 && ftruncate(fd, sizeof(struct witness)) == 0 &&
        pwrite(fd, settings, sizeof settings, offsetof(struct witness, ceiling)) == sizeof settings;
    if (fd >= 0)
        close(fd);
    if (ok)
        return path;
    free(path);
    return NULL;
}

static struct run run_of(const struct trial *trial) {
    return (struct run){.engine = trial->engine,
                        .program = trial->traveller->program,
                        .build = trial->build,
                        .directory = trial->directory,
                        .number = trial->run,
                        .seconds = trial->allowed,
                        .challenge = trial->challenge};
}

static void trial_done(struct trial *trial);
static void start_run(void *context);

static void keep_file(const struct trial *trial, const char *name, const char *bytes,
                      size_t length) {
    char *path = string_format("%s/%s", trial->directory, name);
    file_write(path, bytes, length);
    free(path);
}

static void keep_command(const struct trial *trial, const struct process_spec *spec) {
    char *command = process_command(spec);
    keep_file(trial, "run.command", command, strlen(command));
    free(command);
}

static void keep_evidence(const struct trial *trial, const struct process_result *result) {
    char *report = json_dumps(result->report, JSON_INDENT(2));
    if (result->out.data)
        keep_file(trial, "stdout.txt", result->out.data, result->out.length);
    if (result->err.data)
        keep_file(trial, "stderr.txt", result->err.data, result->err.length);
    if (report)
        keep_file(trial, "keeper.json", report, strlen(report));
    free(report);
}

static bool takes_part(const struct journey *journey, const char *engine) {
    for (size_t i = 0; i < journey->engine_count; i++)
        if (strcmp(journey->engines[i]->name, engine) == 0)
            return true;
    return false;
}

// Nobody here can refute it. Some traits show in instrumented builds only.
static bool is_firm(const struct trial *trial, const struct fault *fault) {
    unsigned traits = 0;
    for (int kind = 0; kind < BUILD_KINDS; kind++)
        traits |= trial->traveller->builds[kind].traits;
    const struct doubt *doubt = capability_doubt(fault, traits);
    return !doubt || !takes_part(trial->traveller->road->journey, doubt->by);
}

// Has the trial shown what it can? A fault that nobody can refute ends it; an expected one as well.
static bool is_decided(struct trial *trial) {
    const struct program *program = trial->traveller->program;
    bool firm = false;
    for (size_t i = 0; i < trial->result->faults.count; i++) {
        const struct fault *fault = &trial->result->faults.items[i];
        trial->seen = trial->seen || judge_expects(program, fault);
        firm = firm || is_firm(trial, fault);
    }
    return firm || trial->seen;
}

static void tell_covered(struct trial *trial) {
    if (trial->says && trial->most > 1)
        text_add(&trial->covered,
                 strchr(trial->seeds.data, ',') ? "%sseeds %s, each: %s" : "%sseed %s: %s",
                 trial->covered.length ? "; " : "", trial->seeds.data, trial->says);
    else if (trial->says)
        text_add(&trial->covered, "%s", trial->says);
    text_free(&trial->seeds);
    free(trial->says);
    trial->says = NULL;
}

// The last exploration is shown: with several seeds it is the one that failed, if any did. Of all is told
// what they covered.
static void note_exploration(struct trial *trial, const struct run *run, json_t *exploration) {
    if (!exploration)
        return;
    const char *covered = json_string_value(json_object_get(exploration, "covered"));
    if (covered && trial->says && strcmp(covered, trial->says) != 0)
        tell_covered(trial);
    if (covered) {
        text_add(&trial->seeds, "%s%u", trial->seeds.length ? ", " : "", run_seed(run));
        free(trial->says);
        trial->says = string_copy(covered);
    }
    json_decref(trial->result->exploration);
    trial->result->exploration = exploration;
}

static void run_ended(void *context, struct process_result *result) {
    struct trial *trial = context;
    struct road *road = trial->traveller->road;
    const struct run run = run_of(trial);
    struct findings findings = {0};
    char *trouble = trial->engine->read(&run, result, &findings);
    capability_settle(&findings, trial->build->traits);
    observed_crowd(&run, result, &findings);
    observed_driver(&run, result, &findings);
    if (trouble && run_was_ended(result)) {
        free(trouble);
        trouble = NULL;
    }
    if (!trouble && findings.unplaced && !findings.faults.count)
        trouble = string_format("%s reported a fault at no line of the program's own source; see "
                                "that llvm-symbolizer is installed (scripts/setup), or name the "
                                "source that the report is about",
                                trial->engine->title);
    faults_merge(&trial->result->faults, &findings.faults);
    faults_merge(&trial->result->notes, &findings.notes);
    trial->result->seconds += result->seconds;
    trial->own_time += result->own;
    trial->result->beyond = findings.beyond;
    note_exploration(trial, &run, findings.exploration);
    unlink(trial->witness);
    free(trial->witness);
    if (road->journey->keep)
        keep_evidence(trial, result);
    else
        directory_remove(trial->directory);
    free(trial->directory);
    trial->run++;
    bool enough = trial->run >= trial->most ||
                  (trial->own_time > ENOUGH_SECONDS && !trial->traveller->program->runs);
    if (trouble) {
        trial->result->reason = trouble;
        trial->result->outcome = OUTCOME_UNAVAILABLE;
        trial_done(trial);
    } else if (is_decided(trial) || enough) {
        trial->result->outcome = trial->result->faults.count ? OUTCOME_FAULTS : OUTCOME_CLEAN;
        tell_covered(trial);
        trial->result->reason = trial->covered.length ? text_take(&trial->covered)
                                                      : string_format("%u run%s", trial->run,
                                                                      trial->run == 1 ? "" : "s");
        trial_done(trial);
    } else {
        jobs_add(road->toolchain.jobs, trial_order(trial->traveller, stage_of_run(trial)),
                 start_run, trial);
    }
    jobs_done(road->toolchain.jobs);
}

static uint64_t memory_of(const struct trial *trial) {
    bool native = trial->engine->slowdown == 1;
    if (!trial->traveller->road->journey->sandbox)
        return native ? trial->traveller->program->heap_ceiling + BOX_NATIVE_MEMORY : TOOL_MEMORY;
    return native ? trial->traveller->program->heap_ceiling + BOX_NATIVE_MEMORY : BOX_TOOL_MEMORY;
}

// What the command line of the program names, it may read.
static void show_files(const struct program *program, struct strings *shown) {
    for (size_t i = 0; i < program->arguments.count; i++)
        if (access(program->arguments.items[i], F_OK) == 0)
            strings_add(shown, program->arguments.items[i]);
    if (program->input)
        strings_add(shown, program->input);
}

// As the debug information may name them.
static void name_sources(const struct build *build, struct strings *own) {
    for (size_t i = 0; i < build->program->sources.count; i++) {
        char *real = realpath(build->program->sources.items[i], NULL);
        strings_add(own, build->program->sources.items[i]);
        if (real && !strings_has(own, real))
            strings_add(own, real);
        free(real);
    }
    for (size_t i = 0; i < build->headers.count; i++)
        strings_add(own, build->headers.items[i]);
}

// A grading is about the verdict: under a tool, what has no end has none either, and each tool would wait for
// many times as long. The explorer may still say on which schedule.
static bool would_only_wait(const struct trial *trial) {
    const struct verdict *verdict = trial->traveller->verdict;
    static const fault_set endless = FAULT_BIT(FAULT_TIMEOUT) | FAULT_BIT(FAULT_OUTPUT_LIMIT);
    if (!trial->traveller->road->journey->alone || trial->engine->slowdown == 1 ||
        trial->build->kind == BUILD_EXPLORE)
        return false;
    for (size_t i = 0; i < verdict->result_count; i++)
        for (size_t k = 0; k < verdict->results[i].faults.count; k++)
            if (verdict->results[i].engine->slowdown == 1 &&
                endless & FAULT_BIT(verdict->results[i].faults.items[k].kind))
                return true;
    return false;
}

static void start_run(void *context) {
    struct trial *trial = context;
    struct traveller *traveller = trial->traveller;
    const struct program *program = traveller->program;
    const struct engine *engine = trial->engine;
    if (would_only_wait(trial)) {
        trial_skip(trial, "the program has no end: run as it is, it had to be stopped");
        jobs_done(traveller->road->toolchain.jobs);
        return;
    }
    announce(trial, engine->name);
    trial->directory =
        string_format("%s/%s/run-%u", traveller->directory, engine->name, trial->run + 1);
    trial->witness = directory_make(trial->directory) ? make_witness(trial) : NULL;
    if (!trial->witness) {
        trial->result->outcome = OUTCOME_UNAVAILABLE;
        trial->result->reason =
            string_format("%s: %s; make room or set TMPDIR", trial->directory, strerror(errno));
        free(trial->directory);
        trial_done(trial);
        jobs_done(traveller->road->toolchain.jobs);
        return;
    }
    trial->allowed = program->seconds * engine->slowdown;
    const struct run run = run_of(trial);
    struct process_spec spec = {
        .input = program->input,
        .seconds = trial->allowed,
        .resident = memory_of(trial),
        .output = OUTPUT_ALLOWED,
        .executable = trial->build->executable,
        .witness = trial->witness,
        .watch = true,
        .unwinds = engine->watches_stack,
        .alarms = trial->build->traits & USES_ALARMS,
        .one_cpu = is_noisy(trial),
        .box = {.sandbox = traveller->road->journey->sandbox,
                .scratch = trial->directory,
                .in_place = !program->exercise,
                .explores = trial->build->kind == BUILD_EXPLORE},
    };
    show_files(program, &spec.box.shown);
    name_sources(trial->build, &spec.box.own);
    process_clean_environment(&spec.environment);
    strings_addf(&spec.environment, WITNESS_VARIABLE "=%s", trial->witness);
    strings_addf(&spec.environment, "INTERLEAVE_SEED=%u", run_seed(&run)); // lessons/drive.h
    engine->prepare(&run, &spec);
    if (traveller->road->journey->keep)
        keep_command(trial, &spec);
    process_start(traveller->road->toolchain.loop, &spec, run_ended, trial);
}

// The program's end of the road

static void traveller_done(struct traveller *traveller) {
    for (size_t i = 0; i < BUILD_KINDS; i++) {
        struct build *build = &traveller->builds[i];
        if (build->faults.count && !traveller->verdict->rejected.count)
            faults_merge(&traveller->verdict->rejected, &build->faults);
    }
    if (!traveller->road->journey->keep)
        directory_remove(traveller->directory);
}

static void tell_judged(const struct trial *trial) {
    const struct journey *journey = trial->traveller->road->journey;
    const struct faults *faults = &trial->result->faults;
    if (!journey->judged || trial->build->faults.count || trial->build->unavailable)
        return;
    bool certain = false;
    for (size_t i = 0; i < faults->count; i++)
        certain = certain || is_firm(trial, &faults->items[i]);
    journey->judged(journey->context, trial->traveller->verdict, trial->result, certain);
}

static void trial_done(struct trial *trial) {
    text_free(&trial->covered);
    text_free(&trial->seeds);
    free(trial->says);
    trial->result->traits = trial->build->traits;
    trial->traveller->road->trials_done++;
    announce(trial, trial->engine->name);
    tell_judged(trial);
    if (--trial->traveller->trials_left == 0)
        traveller_done(trial->traveller);
}

static unsigned runs_of(const struct trial *trial) {
    const struct program *program = trial->traveller->program;
    size_t index = (size_t)(trial->engine - engines);
    unsigned seeds = program->exploration.schedule ? 1 : (unsigned)program->seed_count;
    if (!trial->engine->repeats)
        return seeds ? seeds : 1;
    if (program->expectation.kinds && program->expectation.sight[index] == SIGHT_MUST)
        return program->tries ? program->tries : DEFAULT_TRIES;
    unsigned runs = program->runs ? program->runs : trial->engine->runs;
    return runs > seeds ? runs : seeds;
}

void trial_begin(struct trial *trial) {
    trial->most = runs_of(trial);
    jobs_add(trial->traveller->road->toolchain.jobs,
             trial_order(trial->traveller, stage_of_run(trial)), start_run, trial);
}

void trial_skip(struct trial *trial, const char *reason) {
    trial->result->outcome = OUTCOME_UNAVAILABLE;
    trial->result->reason = string_copy(reason);
    trial_done(trial);
}
