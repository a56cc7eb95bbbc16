#include "machine.h"

#include "../engines/engine.h"
#include "../toolchain.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { SIGNALS = 3, OUTPUT_ALLOWED = 1 << 20 };
static const uint64_t SURVEY_SCHEDULES = 150;
static const double SURVEY_SECONDS = 10; // hardly ever needed: a few milliseconds for each
static const double RUN_SECONDS = 10;

struct machine {
    const struct home *home;
    struct program *program;
    unsigned jobs;
    struct build build;
    unsigned seed; // of the driver, when a schedule has told one
    char *sites;   // accesses that race, as the explorer writes them
    uv_loop_t loop;
    uv_signal_t signals[SIGNALS];
    struct jobs *waiting;
    int stopped_by;
    // Of the run that is under way:
    const struct run *run;
    struct findings *findings;
    char *trouble;
};

// The event loop lives as long as something is built or run; in between, a person is asked.

static void stop(uv_signal_t *handle, int signal_number) {
    struct machine *machine = handle->data;
    machine->stopped_by = signal_number;
    if (machine->waiting)
        jobs_cancel(machine->waiting);
    process_stop_all();
}

static void loop_open(struct machine *machine) {
    static const int numbers[SIGNALS] = {SIGINT, SIGTERM, SIGHUP};
    machine->stopped_by = 0;
    uv_loop_init(&machine->loop);
    for (int i = 0; i < SIGNALS; i++) {
        uv_signal_init(&machine->loop, &machine->signals[i]);
        machine->signals[i].data = machine;
        uv_signal_start(&machine->signals[i], stop, numbers[i]);
        uv_unref((uv_handle_t *)&machine->signals[i]);
    }
}

static void loop_close(struct machine *machine) {
    for (int i = 0; i < SIGNALS; i++)
        uv_close((uv_handle_t *)&machine->signals[i], NULL);
    uv_run(&machine->loop, UV_RUN_DEFAULT);
    uv_loop_close(&machine->loop);
}

struct machine *machine_new(const struct home *home, struct program *program, unsigned jobs) {
    struct machine *machine = memory_zeroed(1, sizeof *machine);
    machine->home = home;
    machine->program = program;
    machine->jobs = jobs;
    machine->build = (struct build){.kind = BUILD_EXPLORE,
                                    .program = program,
                                    .directory = string_format("%s/drive", home->work)};
    return machine;
}

void machine_free(struct machine *machine) {
    build_free(&machine->build);
    free(machine->sites);
    free(machine);
}

int machine_stopped_by(const struct machine *machine) {
    return machine->stopped_by;
}

// Runs

static void ended(void *context, struct process_result *result) {
    struct machine *machine = context;
    machine->trouble = machine->run->engine->read(machine->run, result, machine->findings);
}

// With the exploration that the program is given. NULL, or why nothing is known (owned by the caller).
static char *run(struct machine *machine, struct findings *findings) {
    const struct engine *engine = engine_named("explore");
    char *directory = string_format("%s/drive/run", machine->home->work), *trouble = NULL;
    const struct run one = {.engine = engine,
                            .program = machine->program,
                            .build = &machine->build,
                            .directory = directory,
                            .seconds = RUN_SECONDS};
    struct process_spec spec = {.input = machine->program->input,
                                .output = OUTPUT_ALLOWED,
                                .executable = machine->build.executable};
    if (!directory_make(directory))
        trouble = string_format("%s: %s; make room or set TMPDIR", directory, strerror(errno));
    if (!trouble) {
        process_clean_environment(&spec.environment);
        strings_addf(&spec.environment, "INTERLEAVE_SEED=%u", run_seed(&one));
        engine->prepare(&one, &spec);
        machine->run = &one;
        machine->findings = findings;
        machine->trouble = NULL;
        loop_open(machine);
        process_start(&machine->loop, &spec, ended, machine);
        uv_run(&machine->loop, UV_RUN_DEFAULT);
        loop_close(machine);
        trouble = machine->trouble;
    }
    directory_remove(directory);
    free(directory);
    return trouble;
}

static void findings_free(struct findings *findings) {
    faults_free(&findings->faults);
    faults_free(&findings->notes);
    json_decref(findings->exploration);
}

static char *survey(struct machine *machine) {
    struct findings findings = {0};
    machine->program->exploration = exploration_usual;
    machine->program->exploration.strategy = "survey";
    machine->program->exploration.schedules = SURVEY_SCHEDULES;
    machine->program->exploration.budget = SURVEY_SECONDS;
    char *trouble = run(machine, &findings);
    machine->sites = string_copy(json_string_value(json_object_get(findings.exploration, "sites")));
    if (!trouble && !machine->sites && !machine->stopped_by)
        trouble = string_copy("the explorer did not say which accesses race");
    findings_free(&findings);
    return trouble;
}

static char *settings_of(const struct machine *machine, const struct drive *drive) {
    struct text settings = {0};
    if (drive->schedule) {
        text_add(&settings, "schedule ");
        text_add_line(&settings, drive->schedule);
        text_add(&settings, "\n");
    } else {
        text_add(&settings, "sites %s\nmoves %s\n", machine->sites, drive->moves);
        if (drive->next >= 0)
            text_add(&settings, "next %d\nway %d\ntimes %u\n", drive->next,
                     drive->way == 't'   ? 1
                     : drive->way == 's' ? 2
                                         : 0,
                     drive->times);
    }
    text_add(&settings, "each %d\nto-fault %d\n", drive->each, !drive->past_faults);
    return text_take(&settings);
}

// Behind "@" in the word: what was a choice when it was made is one from here on.
static void take_sites(struct machine *machine, const char *word) {
    struct text sites = {0};
    for (const char *at = strchr(word, '@'); at && *at == '@';) {
        size_t length = strcspn(++at, "@:");
        text_add(&sites, "%s%.*s", sites.length ? "," : "", (int)length, at);
        at += length;
    }
    free(machine->sites);
    machine->sites = text_take(&sites);
}

char *machine_run(struct machine *machine, const struct drive *drive, struct position *position) {
    struct findings findings = {0};
    char *settings = settings_of(machine, drive);
    machine->program->exploration = exploration_usual;
    machine->program->exploration.strategy = "hand";
    machine->program->exploration.by_hand = settings;
    if (drive->schedule)
        machine->seed = schedule_seed(drive->schedule);
    machine->program->exploration.driver_seed = machine->seed;
    char *trouble = run(machine, &findings);
    json_t *state = json_object_get(findings.exploration, "hand");
    if (!state && !trouble && !machine->stopped_by)
        trouble = string_copy("the explorer did not say where the program stands");
    if (state && !machine->stopped_by) { // what was found counts, whatever else is wrong
        free(trouble);
        trouble = NULL;
        *position = (struct position){.state = json_incref(state), .faults = findings.faults};
        findings.faults = (struct faults){0};
        if (drive->schedule)
            take_sites(machine, drive->schedule);
    }
    machine->program->exploration.by_hand = NULL;
    findings_free(&findings);
    free(settings);
    return trouble;
}

void position_free(struct position *position) {
    json_decref(position->state);
    faults_free(&position->faults);
    *position = (struct position){0};
}

// The build

static void built(void *context) {
    (void)context;
}

static char *rejected(const struct machine *machine) {
    const struct fault *fault = &machine->build.faults.items[0];
    const struct place *place = fault->place_count ? &fault->places[0] : NULL;
    return place && place->file
               ? string_format("%s:%d: %s", place->file, place->line, fault->message)
               : string_copy(fault->message);
}

char *machine_build(struct machine *machine) {
    struct toolchain toolchain = {.loop = &machine->loop,
                                  .jobs = jobs_new(machine->jobs),
                                  .home = machine->home,
                                  .compiler = toolchain_compiler()};
    machine->waiting = toolchain.jobs;
    loop_open(machine);
    toolchain_build(&toolchain, &machine->build, 0, built, NULL);
    uv_run(&machine->loop, UV_RUN_DEFAULT);
    loop_close(machine);
    jobs_free(toolchain.jobs);
    machine->waiting = NULL;
    if (machine->stopped_by)
        return NULL;
    if (machine->build.faults.count)
        return rejected(machine);
    if (machine->build.unavailable)
        return string_copy(machine->build.unavailable);
    return survey(machine);
}
