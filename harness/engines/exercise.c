// What ended a program from within: the driver of an exercise (lessons/drive.h), or too many threads. The
// same under every engine that runs the program as it is.
#include "engine.h"

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

bool run_was_ended(const struct process_result *result) {
    return json_object_get(json_object_get(result->report, "driver"), "failed") != NULL ||
           json_object_get(result->report, "crowd") != NULL;
}

// Whether it is the number that only the driver could tell.
static bool is_proven(const struct run *run, const json_t *driver, const char *key,
                      enum proof_of of) {
    uint64_t number = (uint64_t)json_integer_value(json_object_get(driver, key));
    return number == proof_number(run->build->secret, run->challenge, of);
}

bool run_is_proven(const struct run *run, const struct process_result *result) {
    return run->build->driven &&
           is_proven(run, json_object_get(result->report, "driver"), "ended", PROOF_ENDED);
}

// Threads that the end of the program left behind are not the fault.
static void drop_thread_leaks(struct faults *faults) {
    size_t kept = 0;
    for (size_t i = 0; i < faults->count; i++)
        if (faults->items[i].kind == FAULT_THREAD_LEAK)
            fault_free(&faults->items[i]);
        else
            faults->items[kept++] = faults->items[i];
    faults->count = kept;
}

void observed_driver(const struct run *run, const struct process_result *result,
                     struct findings *findings) {
    const json_t *driver = json_object_get(result->report, "driver"),
                 *failed = json_object_get(driver, "failed");
    // The explorer compares the proofs of its schedules itself.
    bool driven = run->build->driven && run->build->kind != BUILD_EXPLORE;
    bool done = is_proven(run, driver, "done", PROOF_DONE);
    if (driven && !done)
        drop_thread_leaks(&findings->faults);
    if (failed) {
        const char *sentence = text(failed, "sentence");
        struct text printable = {0};
        text_add_line(&printable, sentence ? sentence : "");
        struct fault *fault = faults_add(&findings->faults, FAULT_WRONG_RESULT, run->engine->name,
                                         text_take(&printable));
        if (text(failed, "file"))
            fault_place(fault, text(failed, "file"),
                        (int)json_integer_value(json_object_get(failed, "line")),
                        text(failed, "function"), text(failed, "name"), "checks it");
    } else if (driven && result->end == PROCESS_EXITED && !findings->faults.count &&
               !run_is_proven(run, result)) {
        faults_add(&findings->faults, FAULT_WRONG_EXIT, run->engine->name,
                   string_copy(done ? exercise_leaves : exercise_ends_early));
    }
}

void observed_crowd(const struct run *run, const struct process_result *result,
                    struct findings *findings) {
    const json_t *crowd = json_object_get(result->report, "crowd");
    if (!crowd)
        return;
    drop_thread_leaks(&findings->faults);
    struct fault *fault = faults_add(
        &findings->faults, FAULT_MEMORY_GROWTH, run->engine->name,
        string_format("the program has more than %u threads at once, which are its ceiling",
                      run->program->threads));
    if (text(crowd, "file"))
        fault_place(fault, text(crowd, "file"),
                    (int)json_integer_value(json_object_get(crowd, "line")),
                    text(crowd, "function"), text(crowd, "name"), "creates one too many");
}

const char exercise_ends_early[] =
    "the program ends before its driver has examined everything; an exercise must not end it";

const char exercise_leaves[] =
    "the program ends before it has left main in the usual way; an exercise must not end it";
