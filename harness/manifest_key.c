#include "manifest_key.h"

#include "engines/engine.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef char *(*key_reader)(const struct manifest_line *at, struct program *program,
                            const char *value);

static char *read_kinds(const struct manifest_line *at, struct program *program,
                        const char *value) {
    char *unknown = NULL;
    if (!fault_set_parse(value, &program->expectation.kinds, &unknown)) {
        char *sentence =
            string_format("`%s` is not a kind of fault; CONTRIBUTING.md lists them", unknown);
        free(unknown);
        return sentence;
    }
    free(program->expectation.kinds_from);
    program->expectation.kinds_from = string_format("%s:%d", at->path, at->line);
    return program->expectation.kinds ? NULL : string_copy("names no kind of fault");
}

static const char by_compiler[] = "compiler";

static char *set_sight(struct program *program, const char *value, enum sight sight) {
    struct strings names = {0};
    char *sentence = NULL;
    strings_add_list(&names, value);
    for (size_t i = 0; i < names.count && !sentence; i++) {
        const struct engine *engine = engine_named(names.items[i]);
        if (!engine)
            sentence = string_format("`%s` is not an engine; `interleave doctor` lists them",
                                     names.items[i]);
        else if (program->expectation.sight[engine - engines] != SIGHT_UNSTATED)
            sentence = string_format("says twice what %s sees", names.items[i]);
        else
            program->expectation.sight[engine - engines] = sight;
    }
    strings_free(&names);
    return sentence;
}

static char *read_must(const struct manifest_line *at, struct program *program, const char *value) {
    (void)at;
    program->expectation.compiler = strcmp(value, by_compiler) == 0;
    return program->expectation.compiler ? NULL : set_sight(program, value, SIGHT_MUST);
}

static char *read_may(const struct manifest_line *at, struct program *program, const char *value) {
    (void)at;
    return set_sight(program, value, SIGHT_MAY);
}

static char *read_output(const struct manifest_line *at, struct program *program,
                         const char *value) {
    char *path = string_format("%s/%s", at->lesson->directory, value);
    program->expected_output = file_read(path, &program->expected_length);
    char *sentence =
        program->expected_output
            ? NULL
            : string_format("%s: %s; write what the program prints into it", path, strerror(errno));
    free(path);
    return sentence;
}

static char *read_order(const struct manifest_line *at, struct program *program,
                        const char *value) {
    (void)at;
    program->any_order = strcmp(value, "any") == 0;
    return program->any_order || strcmp(value, "exact") == 0
               ? NULL
               : string_copy("order is `exact` or `any`");
}

static char *read_memory(const struct manifest_line *at, struct program *program,
                         const char *value) {
    (void)at;
    char *end;
    unsigned long long number = strtoull(value, &end, 10);
    unsigned shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
    bool ok = end != value && number > 0 && number < 1 << 20 && strlen(end) == (shift ? 1u : 0u);
    program->heap_ceiling = (uint64_t)number << shift;
    return ok ? NULL : string_copy("memory is a number of bytes with K, M or G, such as 32M");
}

static char *read_count(const char *value, unsigned *count) {
    char *end;
    unsigned long number = strtoul(value, &end, 10);
    *count = (unsigned)number;
    return *end || end == value || number == 0 || number > 1000
               ? string_copy("wants a number from 1 to 1000")
               : NULL;
}

static char *read_threads(const struct manifest_line *at, struct program *program,
                          const char *value) {
    (void)at;
    return read_count(value, &program->threads);
}

static char *read_runs(const struct manifest_line *at, struct program *program, const char *value) {
    (void)at;
    return read_count(value, &program->runs);
}

static char *read_tries(const struct manifest_line *at, struct program *program,
                        const char *value) {
    (void)at;
    return read_count(value, &program->tries);
}

static char *read_seconds(const struct manifest_line *at, struct program *program,
                          const char *value) {
    (void)at;
    unsigned count = 0;
    char *sentence = read_count(value, &count);
    program->seconds = count;
    return sentence;
}

static char *read_budget(const struct manifest_line *at, struct program *program,
                         const char *value) {
    (void)at;
    unsigned count = 0;
    char *sentence = read_count(value, &count);
    program->exploration.budget = count;
    return sentence;
}

// Further files of the program, given relative to the lesson. Their paths are made real, so that reports
// name them without the way round by the lesson's directory.
static char *read_sources(const struct manifest_line *at, struct program *program,
                          const char *value) {
    struct strings names = {0};
    char *sentence = NULL;
    strings_add_words(&names, value);
    for (size_t i = 0; i < names.count && !sentence; i++) {
        char *path = string_format("%s/%s", at->lesson->directory, names.items[i]);
        char real[PATH_MAX];
        if (!string_ends(path, ".c"))
            sentence = string_format("%s is no C file; sources are linked with the program", path);
        else if (!realpath(path, real) || access(real, R_OK) != 0)
            sentence = string_format("%s: %s; sources are relative to the lesson's directory", path,
                                     strerror(errno));
        else
            strings_add(&program->sources, real);
        free(path);
    }
    strings_free(&names);
    return sentence;
}

// A word that names a file or a directory of the lesson stands for its path.
static char *read_arguments(const struct manifest_line *at, struct program *program,
                            const char *value) {
    struct strings words = {0};
    strings_add_words(&words, value);
    for (size_t i = 0; i < words.count; i++) {
        char *path = string_format("%s/%s", at->lesson->directory, words.items[i]);
        strings_add(&program->arguments, access(path, F_OK) == 0 ? path : words.items[i]);
        free(path);
    }
    strings_free(&words);
    return NULL;
}

static char *read_cflags(const struct manifest_line *at, struct program *program,
                         const char *value) {
    (void)at;
    strings_add_words(&program->cflags, value);
    return NULL;
}

static char *read_calls(const struct manifest_line *at, struct program *program,
                        const char *value) {
    (void)at;
    strings_add_list(&program->calls, value);
    return NULL;
}

static char *read_libs(const struct manifest_line *at, struct program *program, const char *value) {
    (void)at;
    strings_add_words(&program->libs, value);
    return NULL;
}

static const struct {
    const char *name;
    key_reader read;
} program_keys[] = {
    {"fault", read_kinds},     {"must-see", read_must},       {"may-see", read_may},
    {"output", read_output},   {"order", read_order},         {"memory", read_memory},
    {"runs", read_runs},       {"tries", read_tries},         {"seconds", read_seconds},
    {"budget", read_budget},   {"cflags", read_cflags},       {"libs", read_libs},
    {"sources", read_sources}, {"arguments", read_arguments}, {"threads", read_threads},
    {"calls", read_calls},
};

void manifest_continue(char **text, const char *more) {
    char *whole = *text ? string_format("%s %s", *text, more) : string_copy(more);
    free(*text);
    *text = whole;
}

// Why an engine cannot see the fault, or cannot judge the program.
static char *read_reason(struct program *program, const char *name, const char *value,
                         enum sight sight) {
    const struct engine *engine = engine_named(name);
    if (!*value)
        return string_copy("says no reason; a student wants to know why the tool sees nothing");
    struct expectation *expected = &program->expectation;
    char **reason = engine ? &expected->reason[engine - engines] : NULL;
    bool goes_on = reason && *reason && expected->sight[engine - engines] == sight;
    char *sentence = goes_on ? NULL : set_sight(program, name, sight);
    if (reason && !sentence)
        manifest_continue(reason, value);
    return sentence;
}

char *manifest_key(const struct manifest_line *at, struct program *program, const char *key,
                   const char *value) {
    if (string_starts(key, "blind."))
        return read_reason(program, strchr(key, '.') + 1, value, SIGHT_BLIND);
    if (string_starts(key, "beyond."))
        return read_reason(program, strchr(key, '.') + 1, value, SIGHT_BEYOND);
    for (size_t i = 0; i < sizeof program_keys / sizeof program_keys[0]; i++)
        if (strcmp(key, program_keys[i].name) == 0)
            return program_keys[i].read(at, program, value);
    struct text known = {0};
    for (size_t i = 0; i < sizeof program_keys / sizeof program_keys[0]; i++)
        text_add(&known, "%s, ", program_keys[i].name);
    char *sentence =
        string_format("unknown key `%s`; known are %sblind.ENGINE, beyond.ENGINE", key, known.data);
    text_free(&known);
    return sentence;
}

static const struct {
    enum fault_kind kind;
    const char *why;
} undrivable[] = {
    {FAULT_COMPILE_ERROR, "the compiler sees it"},
    {FAULT_THREAD_SAFETY, "the compiler sees it"},
    {FAULT_LOCK_ORDER, "the explorer brings about the deadlock itself; say `deadlock`"},
};

static char *read_wanted(struct challenge *challenge, const char *value) {
    char *unknown = NULL;
    if (!fault_set_parse(value, &challenge->kinds, &unknown)) {
        char *sentence =
            string_format("`%s` is not a kind of fault; CONTRIBUTING.md lists them", unknown);
        free(unknown);
        return sentence;
    }
    for (size_t i = 0; i < sizeof undrivable / sizeof undrivable[0]; i++)
        if (challenge->kinds & FAULT_BIT(undrivable[i].kind))
            return string_format("no schedule brings about `%s`: %s",
                                 fault_words[undrivable[i].kind].name, undrivable[i].why);
    return challenge->kinds ? NULL : string_copy("names no kind of fault");
}

char *manifest_drive_key(struct lesson *lesson, int line, const char *key, const char *value) {
    struct challenge *challenge = &lesson->challenge;
    challenge->line = challenge->line ? challenge->line : line;
    const struct {
        const char *name;
        char **target;
    } texts[] = {{"goal", &challenge->goal}, {"in", &challenge->in}, {"none", &challenge->none}};
    if (!*value || strcmp(value, "TODO") == 0)
        return string_format("`%s` is still to be filled in", key);
    if (strcmp(key, "fault") == 0)
        return read_wanted(challenge, value);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strcmp(key, texts[i].name) == 0) {
            manifest_continue(texts[i].target, value);
            return NULL;
        }
    return string_format("unknown key `%s`; known are goal, fault, in, none", key);
}
