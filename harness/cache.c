#include "cache.h"

#include "digest.h"
#include "gate/gate.h"

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_file(struct text *key, const char *path) {
    char *hash = digest_file(path);
    text_add(key, "%s %s\n", path, hash ? hash : "unreadable");
    free(hash);
}

static void add_strings(struct text *key, const char *name, const struct strings *list) {
    text_add(key, "%s", name);
    for (size_t i = 0; i < list->count; i++)
        text_add(key, " [%s]", list->items[i]);
    text_add(key, "\n");
}

// The harness, with the objects it links beside programs, and the tools. The same for all programs of a
// journey.
static const char *tools_key(const struct journey *journey) {
    static char *known;
    if (known)
        return known;
    struct text key = {0};
    add_file(&key, journey->home->executable);
    add_file(&key, journey->home->gate);
    struct strings objects = {0};
    toolchain_linked(&objects);
    for (size_t i = 0; i < objects.count; i++) {
        char *path = string_format("%s/%s", journey->home->linked, objects.items[i]);
        add_file(&key, path);
        free(path);
    }
    strings_free(&objects);
    for (const char *const *tool =
             (const char *const[]){toolchain_compiler(), "valgrind", "ld", NULL};
         *tool; tool++) {
        char *identity = toolchain_identity(*tool);
        text_add(&key, "%s: %s\n", *tool, identity ? identity : "missing");
        free(identity);
    }
    known = text_take(&key);
    return known;
}

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

// What lies in it, but not what links in it lead to.
static void add_directory(struct text *key, char *path) {
    FTS *walk = fts_open((char *const[]){path, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    for (FTSENT *entry; walk && (entry = fts_read(walk));) {
        if (entry->fts_info == FTS_F)
            add_file(key, entry->fts_path);
        else
            text_add(key, "%s %d\n", entry->fts_path, entry->fts_info);
    }
    if (walk)
        fts_close(walk);
}

// Files that arguments name belong to the program.
static void add_named_files(struct text *key, const struct strings *arguments) {
    for (size_t i = 0; i < arguments->count; i++) {
        struct stat status;
        if (stat(arguments->items[i], &status) == 0 && S_ISDIR(status.st_mode))
            add_directory(key, arguments->items[i]);
        else if (access(arguments->items[i], R_OK) == 0)
            add_file(key, arguments->items[i]);
    }
}

static char *path_of(const struct journey *journey, const struct program *program) {
    struct text key = {0};
    struct strings flags = {0};
    text_add(&key, "%s\n%s", program->name, tools_key(journey));
    for (int kind = 0; kind < BUILD_KINDS; kind++)
        toolchain_flags((enum build_kind)kind, journey->home, program, &flags);
    text_add(&key, "sandbox %s\n", sandbox_letter(journey->sandbox));
    add_strings(&key, "flags", &flags);
    add_strings(&key, "libs", &program->libs);
    add_strings(&key, "arguments", &program->arguments);
    add_strings(&key, "calls", &program->calls);
    text_add(&key, "gate %d\n", gate_applies(journey->gate, program));
    for (size_t i = 0; i < program->sources.count; i++)
        add_file(&key, program->sources.items[i]);
    add_named_files(&key, &program->libs);
    add_named_files(&key, &program->arguments);
    if (program->input)
        add_file(&key, program->input);
    const struct expectation *expected = &program->expectation;
    text_add(&key, "%d %f %llu %u %u %u %d %lu\n", program->any_order, program->seconds,
             (unsigned long long)program->heap_ceiling, program->threads, program->runs,
             program->tries, program->lesson != NULL, expected->kinds);
    const struct exploration *exploration = &program->exploration;
    text_add(&key, "%s %s %d %llu %f %llu %u\n",
             exploration->strategy ? exploration->strategy : "auto",
             exploration->schedule ? exploration->schedule : "", exploration->preemptions,
             (unsigned long long)exploration->schedules, exploration->budget,
             (unsigned long long)exploration->seed, exploration->samples);
    for (size_t i = 0; i < program->seed_count; i++)
        text_add(&key, "seed %u\n", program->seeds[i]);
    for (size_t i = 0; i < journey->engine_count; i++)
        text_add(&key, "%s %d\n", journey->engines[i]->name,
                 expected->sight[journey->engines[i] - engines]);
    if (program->expected_output)
        text_add_bytes(&key, program->expected_output, program->expected_length);
    char *name = digest_bytes(key.data, key.length);
    char *path = string_format("%s/%s.json", journey->home->cache, name);
    free(name);
    text_free(&key);
    strings_free(&flags);
    return path;
}

void cache_place(const struct journey *journey, const struct program *program,
                 struct cache_place *place) {
    clock_gettime(CLOCK_REALTIME_COARSE, &place->time); // the clock of files
    place->path = path_of(journey, program);
}

void cache_place_free(struct cache_place *place) {
    free(place->path);
    place->path = NULL;
}

// Nobody can set the time at which a file was changed.
static bool header_changed(const char *path, struct timespec since) {
    struct stat status;
    if (stat(path, &status) != 0)
        return true;
    return status.st_ctim.tv_sec != since.tv_sec ? status.st_ctim.tv_sec > since.tv_sec
                                                 : status.st_ctim.tv_nsec > since.tv_nsec;
}

static void refusals_from_json(struct refusals *refusals, const json_t *list) {
    json_t *kept;
    size_t i;
    json_array_foreach(list, i, kept) {
        const char *file = "", *name = "", *message = "";
        int line = 0;
        json_unpack(kept, "{s:s, s:i, s:s, s:s}", "file", &file, "line", &line, "name", &name,
                    "message", &message);
        refusals_add(refusals, (struct refusal){.file = string_copy(file),
                                                .line = line,
                                                .name = string_copy(name),
                                                .message = string_copy(message)});
    }
}

static json_t *refusals_to_json(const struct refusals *refusals) {
    json_t *list = json_array();
    for (size_t i = 0; i < refusals->count; i++) {
        const struct refusal *refusal = &refusals->items[i];
        json_array_append_new(list, json_pack("{s:s, s:i, s:s, s:s}", "file", refusal->file, "line",
                                              refusal->line, "name", refusal->name, "message",
                                              refusal->message));
    }
    return list;
}

static bool headers_unchanged(const json_t *headers) {
    const char *path;
    json_t *kept;
    json_object_foreach((json_t *)headers, path, kept) {
        char *hash = digest_file(path);
        bool same = hash && strcmp(hash, json_string_value(kept)) == 0;
        free(hash);
        if (!same)
            return false;
    }
    return true;
}

// Of the content of a kept verdict, so that a file that something else has changed is not believed.
static char *sum_of(const json_t *verdict) {
    char *text = verdict ? json_dumps(verdict, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    char *sum = text ? digest_bytes(text, strlen(text)) : NULL;
    free(text);
    return sum;
}

bool cache_find(const struct journey *journey, const struct cache_place *place,
                struct verdict *verdict) {
    if (journey->fresh || journey->keep)
        return false;
    json_t *json = json_load_file(place->path, 0, NULL);
    const json_t *kept_verdict = json_object_get(json, "verdict");
    json_t *results = json_object_get(kept_verdict, "results");
    char *sum = sum_of(kept_verdict);
    const char *kept_sum = json_string_value(json_object_get(json, "sum"));
    bool found = sum && kept_sum && strcmp(sum, kept_sum) == 0 &&
                 json_array_size(results) == verdict->result_count &&
                 headers_unchanged(json_object_get(kept_verdict, "headers"));
    free(sum);
    for (size_t i = 0; found && i < verdict->result_count; i++) {
        const json_t *kept = json_array_get(results, i);
        struct engine_result *result = &verdict->results[i];
        result->outcome = (enum outcome)json_integer_value(json_object_get(kept, "outcome"));
        result->reason = string_copy(json_string_value(json_object_get(kept, "reason")));
        result->seconds = json_number_value(json_object_get(kept, "seconds"));
        result->traits = (unsigned)json_integer_value(json_object_get(kept, "traits"));
        result->beyond = json_is_true(json_object_get(kept, "beyond"));
        result->exploration = json_incref(json_object_get(kept, "exploration"));
        faults_from_json(&result->faults, json_object_get(kept, "faults"), engine_name);
        faults_from_json(&result->notes, json_object_get(kept, "notes"), engine_name);
    }
    if (found)
        refusals_from_json(&verdict->refusals, json_object_get(kept_verdict, "refusals"));
    json_decref(json);
    return found;
}

// What a busy machine can cause is not kept.
static bool depends_on_load(const struct engine_result *result) {
    for (size_t i = 0; i < result->faults.count; i++)
        if (result->faults.items[i].kind == FAULT_TIMEOUT)
            return true;
    return false;
}

void cache_store(const struct journey *journey, const struct program *program,
                 const struct cache_place *place, const struct build *builds,
                 const struct verdict *verdict) {
    json_t *results = json_array(), *headers = json_object();
    bool complete = !verdict->rejected.count, refused = verdict->refusals.count > 0;
    for (size_t i = 0; i < verdict->result_count; i++) {
        const struct engine_result *result = &verdict->results[i];
        complete = complete && !depends_on_load(result) &&
                   (result->outcome != OUTCOME_UNAVAILABLE || result->beyond || refused);
        json_t *kept =
            json_pack("{s:i, s:b, s:s?, s:f, s:I, s:o, s:o}", "outcome", (int)result->outcome,
                      "beyond", (int)result->beyond, "reason", result->reason, "seconds",
                      result->seconds, "traits", (json_int_t)result->traits, "faults",
                      faults_to_json(&result->faults), "notes", faults_to_json(&result->notes));
        if (result->exploration)
            json_object_set(kept, "exploration", result->exploration);
        json_array_append_new(results, kept);
    }
    for (int kind = 0; kind < BUILD_KINDS; kind++)
        for (size_t i = 0; i < builds[kind].headers.count; i++) {
            const char *header = builds[kind].headers.items[i];
            char *hash = digest_file(header);
            // A name that JSON cannot hold could not be checked again.
            if (!hash || header_changed(header, place->time) ||
                json_object_set_new(headers, header, json_string(hash)) != 0)
                complete = false;
            free(hash);
        }
    // A file name that JSON cannot hold makes no list, and nothing is kept.
    json_t *kept_verdict = json_pack("{s:o, s:o, s:o}", "results", results, "headers", headers,
                                     "refusals", refusals_to_json(&verdict->refusals));
    char *sum = sum_of(kept_verdict);
    json_t *json = json_pack("{s:s?, s:o}", "sum", sum, "verdict", kept_verdict);
    char *text = complete && json && sum ? json_dumps(json, JSON_COMPACT) : NULL;
    free(sum);
    if (text && directory_make(journey->home->cache)) {
        char *now = path_of(journey, program);
        if (strcmp(now, place->path) == 0)
            file_write(now, text,
                       strlen(text)); // a cache that cannot be written costs time, not truth
        free(now);
    }
    free(text);
    json_decref(json);
}
