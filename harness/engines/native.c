// The program as it is: how it ends, what it prints, and whether it gets stuck.
#include "engine.h"
#include "output.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

void native_prepare(const struct run *run, struct process_spec *spec) {
    run_program(run, spec);
}

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

// The places of the threads that the keeper saw.
static void add_threads(struct fault *fault, const struct process_result *result,
                        const char *action) {
    size_t i;
    json_t *thread;
    json_array_foreach(json_object_get(result->report, "threads"), i, thread) {
        fault_place(fault, text(thread, "file"),
                    (int)json_integer_value(json_object_get(thread, "line")),
                    text(thread, "function"), text(thread, "name"), action);
    }
}

// The last line of what the program said on its standard error, such as a failed assertion.
static char *last_words(const struct process_result *result) {
    const char *data = result->err.data;
    size_t end = result->err.length;
    while (end && (data[end - 1] == '\n' || data[end - 1] == ' '))
        end--;
    size_t start = end;
    while (start && data[start - 1] != '\n')
        start--;
    struct text words = {0};
    if (end > start)
        text_add_printable(&words, data + start, end - start < 200 ? end - start : 200);
    return text_take(&words);
}

static void add_ending(const struct run *run, const struct process_result *result,
                       struct faults *faults) {
    char *words = last_words(result);
    const char *saying = *words ? ", saying: " : "";
    if (result->signal_number) {
        char *sentence =
            string_format("the program was ended by signal %d (%s)%s%s", result->signal_number,
                          strsignal(result->signal_number), saying, words);
        struct fault *fault = faults_add(faults, FAULT_CRASH, run->engine->name, sentence);
        add_threads(fault, result, "was here when the signal came");
    } else if (result->exit_status != 0) {
        char *sentence = string_format("the program ended with exit status %d%s%s",
                                       result->exit_status, saying, words);
        faults_add(faults, FAULT_WRONG_EXIT, run->engine->name, sentence);
    }
    free(words);
}

static void add_growth(const struct run *run, const struct process_result *result,
                       struct faults *faults) {
    const json_t *site = json_object_get(result->report, "allocations");
    char *sentence =
        string_format("the program held more than the %.1f MiB of heap memory that are its ceiling",
                      (double)run->program->heap_ceiling / 1048576.0);
    struct fault *fault = faults_add(faults, FAULT_MEMORY_GROWTH, run->engine->name, sentence);
    if (text(site, "file"))
        fault_place(fault, text(site, "file"),
                    (int)json_integer_value(json_object_get(site, "line")), text(site, "function"),
                    NULL, "allocates most of it");
}

static void add_kept(const struct run *run, const struct process_result *result,
                     struct faults *faults) {
    size_t i;
    json_t *kept;
    json_array_foreach(json_object_get(result->report, "kept"), i, kept) {
        const char *object = text(kept, "object"), *name = text(kept, "name");
        int line = (int)json_integer_value(json_object_get(kept, "line"));
        if (!line)
            continue;
        char *lock = object ? string_format("`%s`", object) : string_copy("a mutex");
        char *action = string_format("locks %s and ends without unlocking it", lock);
        struct fault *fault =
            faults_add(faults, FAULT_LOCK_MISUSE, run->engine->name,
                       string_format("%s locks %s at %s:%d, and ends without unlocking it.", name,
                                     lock, path_base(text(kept, "file")), line));
        fault_place(fault, text(kept, "file"), line, text(kept, "function"), name, action);
        free(action);
        free(lock);
    }
}

static char *memory_sentence(const struct process_result *result) {
    if (strcmp(process_end_word(result), "processes") == 0)
        return string_copy("the program started more and more processes and was stopped");
    return string_format("the program grew to %.1f GB of memory and was stopped",
                         (double)result->peak / 1e9);
}

char *native_read(const struct run *run, const struct process_result *result,
                  struct findings *findings) {
    struct faults *faults = &findings->faults;
    const char *name = run->engine->name;
    struct fault *fault;
    switch (result->end) {
    case PROCESS_FAILED:
    case PROCESS_STOPPED:
        return run_cut_short(run, result);
    case PROCESS_HANG:
        observed_hang(run, result, findings);
        return NULL;
    case PROCESS_TIMEOUT:
        fault = faults_add(
            faults, FAULT_TIMEOUT, name,
            string_format("the program was still busy after %.0f s; a larger --timeout gives "
                          "it more",
                          run->seconds));
        add_threads(fault, result, "was here");
        return NULL;
    case PROCESS_MEMORY:
        fault = faults_add(faults, FAULT_MEMORY_GROWTH, name, memory_sentence(result));
        add_threads(fault, result, "was here");
        return NULL;
    case PROCESS_OUTPUT:
        faults_add(faults, FAULT_OUTPUT_LIMIT, name,
                   strcmp(process_end_word(result), "files") == 0
                       ? string_copy("the program filled the files of its sandbox and was stopped")
                       : string_format("the program printed more than %zu MiB and was stopped",
                                       (size_t)OUTPUT_ALLOWED >> 20));
        return NULL;
    case PROCESS_GROWTH:
        add_growth(run, result, faults);
        return NULL;
    case PROCESS_EXITED:
        break;
    }
    add_kept(run, result, faults);
    observed_blocking(run, result, findings);
    if (run_was_ended(result))
        return NULL;
    add_ending(run, result, faults);
    char *difference = faults->count ? NULL : output_difference(run->program, &result->out);
    if (difference)
        faults_add(faults, FAULT_WRONG_OUTPUT, name, difference);
    return NULL;
}
