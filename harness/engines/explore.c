// The schedule explorer. Its runtime is linked into the program (../explorer/) and drives it through many
// schedules by itself; what it found lies in one file of JSON objects, one a line
// (../explorer/driver/summary.h).
#include "engine.h"
#include "exploration.h"
#include "../digest.h"

#include <stdlib.h>
#include <string.h>

enum {
    SCHEDULES_PER_SECOND = 250, // of the budget, when seeds are given
    PROCESSOR_TIMES = 20,       // the budget, then, in seconds of the processor
    PROOFS_MOST = 1 << 26,
};
enum { MARGIN_SECONDS = 30 }; // for the last schedules, and for shrinking what was found

static void add_number(struct text *settings, const char *name, uint64_t number) {
    text_add(settings, "%s %llu\n", name, (unsigned long long)number);
}

static void add_digests(struct text *all, const struct strings *files) {
    for (size_t i = 0; i < files->count; i++) {
        char *digest = digest_file(files->items[i]);
        text_add(all, "%s\n", digest ? digest : "");
        free(digest);
    }
}

// A directory to include from: what is found there counts, by its content, and not where it lies.
static bool names_directory(const char *flag) {
    return string_starts(flag, "-I");
}

// What a schedule depends on: the content of the source and of the runtime, but not where they lie; nor
// the secret, which is in no source.
static char *identity_of(const struct run *run) {
    struct text all = {0};
    add_digests(&all, &run->program->sources);
    add_digests(&all, &run->build->headers);
    add_digests(&all, &run->build->runtime);
    for (size_t i = 0; i < run->program->cflags.count; i++)
        if (!names_directory(run->program->cflags.items[i]))
            text_add(&all, "%s\n", run->program->cflags.items[i]);
    char *digest = digest_bytes(all.data, all.length);
    digest[8] = '\0';
    text_free(&all);
    return digest;
}

// With seeds given, what is explored must not depend on how fast or busy the machine is: so many
// schedules for each seed, and seconds only so that a program that takes very long for each ends at all.
static bool is_fixed(const struct program *program) {
    return program->seed_count && !program->exploration.schedule && !program->exploration.by_hand;
}

static uint64_t schedules_of(const struct program *program) {
    const struct exploration *how = &program->exploration;
    uint64_t fixed = (uint64_t)(how->budget * SCHEDULES_PER_SECOND);
    bool usual = how->schedules == exploration_usual.schedules;
    return is_fixed(program) && usual && fixed < how->schedules ? fixed : how->schedules;
}

static double seconds_of(const struct program *program) {
    return program->exploration.budget * (is_fixed(program) ? PROCESSOR_TIMES : 1);
}

// The lines that ../explorer/driver/settings.c reads.
static char *settings_of(const struct run *run, const char *expected) {
    const struct program *program = run->program;
    const struct exploration *how = &program->exploration;
    struct text settings = {0};
    text_add(&settings, "report %s/report\n", run->directory);
    text_add(&settings, "strategy %s\n",
             how->schedule   ? "replay"
             : how->strategy ? how->strategy
                             : "auto");
    if (how->schedule)
        text_add(&settings, "schedule %s\n", how->schedule);
    if (program->expected_output)
        text_add(&settings, "expected %s\nany-order %d\n", expected, program->any_order);
    char *identity = identity_of(run);
    text_add(&settings, "build %s\nseconds %f\n", identity, seconds_of(program));
    free(identity);
    add_number(&settings, "processor", is_fixed(program));
    add_number(&settings, "preemptions", (uint64_t)how->preemptions);
    add_number(&settings, "schedules", schedules_of(program));
    add_number(&settings, "driver-seed", run_seed(run));
    add_number(&settings, "seed", is_fixed(program) ? run_seed(run) : how->seed);
    add_number(&settings, "jobs", how->jobs);
    add_number(&settings, "samples", how->samples);
    add_number(&settings, "heap", program->heap_ceiling);
    add_number(&settings, "threads", program->threads);
    if (how->by_hand)
        text_add(&settings, "%s", how->by_hand);
    return text_take(&settings);
}

void explore_prepare(const struct run *run, struct process_spec *spec) {
    char *expected = run_path(run, "expected"), *path = run_path(run, "settings"),
         *settings = settings_of(run, expected);
    if (run->program->expected_output)
        file_write(expected, run->program->expected_output, run->program->expected_length);
    file_write(path, settings, strlen(settings));
    strings_addf(&spec->environment, "INTERLEAVE_EXPLORE=%s", path);
    spec->seconds = 2 * seconds_of(run->program) + MARGIN_SECONDS;
    spec->watch = false; // it knows who waits for whom
    run_program(run, spec);
    free(expected);
    free(settings);
    free(path);
}

static char *died(const struct run *run, const struct process_result *result) {
    char *trouble = run_cut_short(run, result);
    if (trouble)
        return trouble;
    if (result->signal_number)
        return string_format("the explorer was ended by signal %d (%s) before it could report; the "
                             "program may have written over its memory",
                             result->signal_number, strsignal(result->signal_number));
    if (result->out.data && string_starts(result->out.data, "explored "))
        return string_copy("the explorer's report is not the one that it wrote: the program has "
                           "changed the file");
    return string_format("the program left with status %d before its main function began, so the "
                         "explorer could not report",
                         result->exit_status);
}

// The file is the one that the explorer wrote, as it said last on its standard output, which the program
// under test does not have.
static bool is_authentic(const struct process_result *result, const char *report, size_t length) {
    const struct proof_key nobody = {{0, 0}};
    char *said =
        string_format("explored %016llx\n", (unsigned long long)proof_hash(nobody, report, length));
    bool same = result->out.data && string_ends(result->out.data, said);
    free(said);
    return same && result->end == PROCESS_EXITED && result->exit_status == 0;
}

// The sum of the proofs of each worker is what it must be.
static bool are_proven(const struct run *run, const json_t *proofs) {
    size_t i;
    json_t *of;
    json_array_foreach(proofs, i, of) {
        uint64_t worker = (uint64_t)json_integer_value(json_array_get(of, 0)),
                 count = (uint64_t)json_integer_value(json_array_get(of, 1)), sum = 0;
        const char *told = json_string_value(json_array_get(of, 2));
        for (uint64_t k = 0; k < count && count <= PROOFS_MOST; k++)
            sum += proof_number(run->build->secret, worker << 40 | k, PROOF_DONE);
        if (count > PROOFS_MOST || !told || strtoull(told, NULL, 16) != sum)
            return false;
    }
    return true;
}

static void look_at_proofs(const struct run *run, struct findings *findings) {
    if (run->build->driven && !findings->faults.count &&
        !are_proven(run, json_object_get(findings->exploration, "proofs")))
        faults_add(&findings->faults, FAULT_WRONG_EXIT, run->engine->name,
                   string_copy(exercise_ends_early));
    if (findings->exploration)
        json_object_del(findings->exploration, "proofs"); // of no use to anybody else
}

char *explore_read(const struct run *run, const struct process_result *result,
                   struct findings *findings) {
    char *path = run_path(run, "report");
    size_t length = 0;
    char *report = file_read(path, &length), *trouble = NULL;
    free(path);
    bool complete = report && is_authentic(result, report, length) &&
                    exploration_read(run, report, findings, &trouble);
    if (!complete && !trouble)
        trouble = died(run, result);
    look_at_proofs(run, findings);
    free(report);
    if (findings->faults.count) { // what was found counts, though more could not be looked at
        free(trouble);
        return NULL;
    }
    return trouble;
}
