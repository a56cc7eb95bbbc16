#include "road.h"

#include "cache.h"
#include "gate/gate.h"
#include "trial.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t DEFAULT_HEAP = 1ULL << 30;

static void announce_compiled(struct traveller *traveller, const struct build *build) {
    const struct journey *journey = traveller->road->journey;
    if (traveller->verdict->compiled || build->faults.count || build->unavailable)
        return;
    traveller->verdict->compiled = true;
    if (journey->compiled)
        journey->compiled(traveller->program);
}

static const char *why_not_run(const struct traveller *traveller, const struct build *build) {
    const struct refusals *refusals = &traveller->verdict->refusals;
    for (size_t i = 0; i < refusals->count; i++)
        if (!refusals->items[i].if_it_links || !build->faults.count)
            return "the file is refused, so nothing of it ran";
    return build->unavailable    ? build->unavailable
           : build->faults.count ? "the program does not compile"
                                 : traveller->gate_closed;
}

// A build of this traveller has ended, or the gate has opened: its trials can begin.
static void built(void *context) {
    struct traveller *traveller = context;
    size_t count = traveller->verdict->result_count;
    for (size_t i = 0; i < count; i++) {
        struct trial *trial = &traveller->trials[i];
        struct build *build = trial->build;
        if (!build->done || trial->started)
            continue;
        announce_compiled(traveller, build);
        if (traveller->at_gate)
            continue;
        trial->started = true;
        const char *reason = why_not_run(traveller, build);
        if (reason)
            trial_skip(trial, reason);
        else
            trial_begin(trial);
    }
}

static void gate_opens(void *context, char *trouble) {
    struct traveller *traveller = context;
    traveller->gate_closed = trouble;
    traveller->at_gate = false;
    built(traveller);
    jobs_done(traveller->road->toolchain.jobs);
}

static void start_gate(void *context) {
    struct traveller *traveller = context;
    char *scratch = string_format("%s/gate", traveller->directory);
    if (directory_make(scratch)) {
        gate_look(&traveller->road->toolchain, traveller->program, scratch,
                  &traveller->verdict->refusals, gate_opens, traveller);
    } else {
        gate_opens(traveller,
                   string_format("%s: %s; make room or set TMPDIR", scratch, strerror(errno)));
    }
    free(scratch);
}

static void set_out(struct traveller *traveller) {
    const struct journey *journey = traveller->road->journey;
    bool needed[BUILD_KINDS] = {false};
    struct proof_key secret;
    bool secret_known = journey->secret ? secret_read(&secret, journey->secret)
                                        : secret_draw(&secret, sizeof secret);
    traveller->at_gate = gate_applies(traveller->road->journey->gate, traveller->program);
    if (traveller->at_gate)
        jobs_add(traveller->road->toolchain.jobs, trial_order(traveller, STAGE_GATE), start_gate,
                 traveller);
    for (size_t i = 0; i < traveller->verdict->result_count; i++)
        needed[traveller->trials[i].engine->build] = true;
    for (int kind = 0; kind < BUILD_KINDS; kind++) {
        struct build *build = &traveller->builds[kind];
        *build =
            (struct build){.kind = (enum build_kind)kind,
                           .program = traveller->program,
                           .secret = secret,
                           .first = kind == BUILD_PLAIN ? NULL : &traveller->builds[BUILD_PLAIN],
                           .directory = string_format("%s/build", traveller->directory)};
        if (!secret_known)
            build->unavailable = string_copy("no secret could be drawn for the driver: the kernel "
                                             "gives no random numbers (getrandom)");
        if (needed[kind])
            toolchain_build(
                &traveller->road->toolchain, build,
                trial_order(traveller, kind == BUILD_PLAIN ? STAGE_PLAIN_BUILD : STAGE_BUILDS),
                built, traveller);
    }
}

static char *directory_of(const struct journey *journey, const struct program *program,
                          unsigned order) {
    struct text name = {0};
    for (const char *c = program->name; *c && name.length < 60; c++)
        text_add(&name, "%c",
                 (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
                         *c == '.' || *c == '-'
                     ? *c
                     : '_');
    char *directory =
        string_format("%s/%02u-%s", journey->home->work, order + 1, name.data ? name.data : "");
    text_free(&name);
    return directory;
}

static void prepare(struct road *road, struct traveller *traveller, unsigned order) {
    const struct journey *journey = road->journey;
    struct verdict *verdict = traveller->verdict;
    *verdict =
        (struct verdict){.program = traveller->program, .result_count = journey->engine_count};
    traveller->road = road;
    traveller->order = order;
    traveller->directory = directory_of(journey, traveller->program, order);
    if (!traveller->program->exploration.jobs)
        traveller->program->exploration = exploration_usual;
    if (!traveller->program->heap_ceiling)
        traveller->program->heap_ceiling = DEFAULT_HEAP;
    for (size_t i = 0; i < journey->engine_count; i++) {
        struct trial *trial = &traveller->trials[i];
        verdict->results[i].engine = journey->engines[i];
        *trial = (struct trial){.traveller = traveller,
                                .result = &verdict->results[i],
                                .engine = journey->engines[i],
                                .build = &traveller->builds[journey->engines[i]->build]};
    }
    traveller->trials_left = journey->engine_count;
    road->trials_all += journey->engine_count;
}

// Its verdict is known.
static void pass_by(struct road *road, struct traveller *traveller) {
    traveller->verdict->compiled = true; // no other verdict is kept
    road->trials_done += road->journey->engine_count;
    if (road->journey->compiled)
        road->journey->compiled(traveller->program);
}

static void stop(uv_signal_t *handle, int signal_number) {
    struct road *road = handle->data;
    road->stopped_by = signal_number;
    jobs_cancel(road->toolchain.jobs);
    process_stop_all();
}

int road_travel(const struct journey *journey, struct program *programs, size_t count,
                struct verdict *verdicts) {
    uv_loop_t loop;
    uv_loop_init(&loop);
    struct road road = {.journey = journey};
    road.toolchain = (struct toolchain){.loop = &loop,
                                        .jobs = jobs_new(journey->jobs),
                                        .home = journey->home,
                                        .compiler = toolchain_compiler(),
                                        .sandbox = journey->sandbox,
                                        .keep = journey->keep,
                                        .objects = journey->objects};
    road.travellers = memory_zeroed(count, sizeof *road.travellers);
    uv_signal_t signals[3];
    const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (int i = 0; i < 3; i++) {
        uv_signal_init(&loop, &signals[i]);
        signals[i].data = &road;
        uv_signal_start(&signals[i], stop, numbers[i]);
        uv_unref((uv_handle_t *)&signals[i]);
    }
    for (size_t i = 0; i < count; i++) {
        road.travellers[i].program = &programs[i];
        road.travellers[i].verdict = &verdicts[i];
        prepare(&road, &road.travellers[i], (unsigned)i);
    }
    for (size_t i = 0; i < count; i++) {
        struct traveller *traveller = &road.travellers[i];
        cache_place(journey, &programs[i], &traveller->kept_at);
        if (!cache_find(journey, &traveller->kept_at, &verdicts[i]))
            set_out(traveller);
        else
            pass_by(&road, traveller);
    }
    uv_run(&loop, UV_RUN_DEFAULT);
    for (size_t i = 0; i < count; i++) {
        struct traveller *traveller = &road.travellers[i];
        if (!road.stopped_by && !journey->alone && traveller->builds[0].program)
            cache_store(journey, &programs[i], &traveller->kept_at, traveller->builds,
                        &verdicts[i]);
        cache_place_free(&traveller->kept_at);
        for (int kind = 0; kind < BUILD_KINDS; kind++)
            if (traveller->builds[kind].program)
                build_free(&traveller->builds[kind]);
        free(traveller->directory);
        free(traveller->gate_closed);
        if (!road.stopped_by)
            judge_compare(&verdicts[i]);
    }
    for (int i = 0; i < 3; i++)
        uv_close((uv_handle_t *)&signals[i], NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    jobs_free(road.toolchain.jobs);
    free(road.travellers);
    return road.stopped_by;
}
