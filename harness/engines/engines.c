#include "engine.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

const struct engine engines[] = {
    {"native", "the program itself, watched from outside", BUILD_PLAIN, NULL, 10, true, 1, true,
     native_prepare, native_read},
    {"tsan", "ThreadSanitizer", BUILD_TSAN, NULL, 10, true, 3, true, tsan_prepare, tsan_read},
    {"asan", "AddressSanitizer", BUILD_ASAN, NULL, 4, true, 3, true, asan_prepare, asan_read},
    {"helgrind", "Valgrind Helgrind", BUILD_PLAIN, "valgrind", 2, true, 6, false, helgrind_prepare,
     helgrind_read},
    {"explore", "the schedule explorer", BUILD_EXPLORE, NULL, 1, false, 3, false, explore_prepare,
     explore_read},
};
const size_t engine_count = sizeof engines / sizeof engines[0];

const struct engine *engine_named(const char *name) {
    for (size_t i = 0; i < engine_count; i++)
        if (strcmp(engines[i].name, name) == 0)
            return &engines[i];
    return NULL;
}

const char *engine_name(const char *name) {
    const struct engine *engine = engine_named(name);
    return engine ? engine->name : "compiler";
}

void findings_unjoined(struct findings *findings, struct fault *fault, int count) {
    if (count > findings->unjoined)
        findings->unjoined = count;
    free(fault->message);
    fault->message = string_format("%d thread%s that ended %s neither joined nor detached", count,
                                   count == 1 ? "" : "s", count == 1 ? "was" : "were");
}

char *run_path(const struct run *run, const char *name) {
    return string_format("%s/%s", run->directory, name);
}

char *run_files(const struct run *run, const char *prefix) {
    struct text all = {0};
    DIR *directory = opendir(run->directory);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        if (!string_starts(entry->d_name, prefix))
            continue;
        char *path = run_path(run, entry->d_name);
        size_t length = 0;
        char *bytes = file_read(path, &length);
        if (bytes)
            text_add_bytes(&all, bytes, length);
        free(bytes);
        free(path);
    }
    if (directory)
        closedir(directory);
    return text_take(&all);
}

void run_program(const struct run *run, struct process_spec *spec) {
    strings_add(&spec->argv, run->build->executable);
    for (size_t i = 0; i < run->program->arguments.count; i++)
        strings_add(&spec->argv, run->program->arguments.items[i]);
}

// "b9d83f50+2:…" is of seed 2, "b9d83f50:…" of seed 1 (../explorer/driver/spell.h).
unsigned schedule_seed(const char *word) {
    size_t build = strcspn(word, "+:");
    unsigned long seed = word[build] == '+' ? strtoul(word + build + 1, NULL, 10) : 1;
    return seed > 0 && seed <= UINT_MAX ? (unsigned)seed : 1;
}

unsigned run_seed(const struct run *run) {
    const struct program *program = run->program;
    if (program->exploration.driver_seed)
        return program->exploration.driver_seed;
    if (program->exploration.schedule)
        return schedule_seed(program->exploration.schedule);
    return program->seed_count ? program->seeds[run->number % program->seed_count]
                               : run->number + 1;
}

char *run_cut_short(const struct run *run, const struct process_result *result) {
    const char *title = run->engine->title;
    switch (result->end) {
    case PROCESS_TIMEOUT:
        return string_format(
            "under %s the program was still busy after %.0f s; a larger --timeout gives it "
            "more",
            title, run->seconds);
    case PROCESS_MEMORY:
        if (strcmp(process_end_word(result), "processes") == 0)
            return string_format("under %s the program started more and more processes", title);
        return string_format("under %s the program needed more than %.1f GB of memory", title,
                             (double)result->peak / 1e9);
    case PROCESS_GROWTH:
        return string_format("under %s the program's heap grew above its ceiling", title);
    case PROCESS_OUTPUT:
        return strcmp(process_end_word(result), "files") == 0
                   ? string_format("under %s the program filled the files of its sandbox", title)
                   : string_format("under %s the program printed too much", title);
    case PROCESS_STOPPED:
        return string_copy("stopped");
    case PROCESS_FAILED:
        return string_copy(result->error);
    default:
        return NULL;
    }
}

char *run_blinded(const struct run *run, const struct process_result *result) {
    const json_t *driver = json_object_get(result->report, "driver");
    return json_is_true(json_object_get(driver, "blinded"))
               ? string_format("%s was blinded: when the program was over, it did not see a fault "
                               "that was made on purpose; a person must look at what the program "
                               "does to it",
                               run->engine->title)
               : NULL;
}

char *run_report_lost(const struct run *run, const struct process_result *result) {
    char *complaint = string_format("ERROR: Can't open file: %s", run->directory);
    bool lost = result->err.data && strstr(result->err.data, complaint);
    free(complaint);
    return lost ? string_format("%s could not write its report: the program had used up its "
                                "descriptors or the disk is full",
                                run->engine->title)
                : NULL;
}

char *thread_name(int number) {
    return number == 0 ? string_copy("main") : string_format("T%d", number);
}
