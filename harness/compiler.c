#include "compiler.h"

#include "diagnostics.h"
#include "sandbox/sizes.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    COMPILE_SECONDS = 60,
    STRANGERS_SECONDS = 30, // what is honest takes less than one
    SAID_MOST = 1 << 30,    // bytes of messages: a warning for each byte of a file takes a tenth
};
static const uint64_t COMPILE_MEMORY = 2ULL << 30;

static int seconds_of(const struct build *build) {
    return build->toolchain->sandbox ? STRANGERS_SECONDS : COMPILE_SECONDS;
}

static uint64_t memory_of(const struct build *build) {
    return build->toolchain->sandbox ? BOX_COMPILER_MEMORY : COMPILE_MEMORY;
}

static void could_not_run(struct build *build, const struct process_result *result,
                          const char *what) {
    if (build->unavailable)
        return;
    const char *compiler = build->toolchain->compiler;
    if (result->end == PROCESS_FAILED && result->error && strstr(result->error, strerror(ENOENT)))
        build->unavailable =
            string_format("%s is not installed; run scripts/setup, or name another clang in "
                          "INTERLEAVE_CC",
                          compiler);
    else if (result->end == PROCESS_FAILED)
        build->unavailable = string_format("%s could not be started: %s", compiler, result->error);
    else if (result->end == PROCESS_STOPPED)
        build->unavailable = string_copy("stopped");
    else if (result->end == PROCESS_OUTPUT)
        build->unavailable = string_format(
            "%s of the program was stopped: it said more than %d MiB", what, SAID_MOST >> 20);
    else
        build->unavailable =
            string_format("%s of the program was stopped: it took more than %d s or %d MiB", what,
                          seconds_of(build), (int)(memory_of(build) >> 20));
}

// In a sandbox the program is to blame for what its compilation costs, unless the machine was just busy. NULL, or
// what it took too much of (owned by the caller).
static char *excess(const struct build *build, const struct process_result *result) {
    bool files = result->signal_number == SIGXFSZ || strcmp(process_end_word(result), "files") == 0;
    if (!build->toolchain->sandbox)
        return NULL;
    if (files)
        return string_copy("more than the sandbox has room for in files");
    if (result->end == PROCESS_MEMORY)
        return string_format("more than %d MiB of memory", (int)(memory_of(build) >> 20));
    if (result->end == PROCESS_OUTPUT)
        return string_format("more than %d MiB for its messages", SAID_MOST >> 20);
    if (result->end == PROCESS_TIMEOUT && result->cpu > STRANGERS_SECONDS / 2.0)
        return string_format("more than %d s", STRANGERS_SECONDS);
    return NULL;
}

void compiler_run(struct build *build, const char *output, struct strings *argv, struct box *box,
                  process_done done, void *context) {
    // It may say much, since who has many warnings has no error; the first OUTPUT_KEPT bytes are read.
    struct process_spec spec = {.argv = *argv,
                                .seconds = seconds_of(build),
                                .resident = memory_of(build),
                                .output = SAID_MOST,
                                .box = *box};
    process_clean_environment(&spec.environment);
    if (build->toolchain->keep) {
        char *command = process_command(&spec), *path = string_format("%s.command", output);
        file_write(path, command, strlen(command));
        free(command);
        free(path);
    }
    process_start(build->toolchain->loop, &spec, done, context);
}

// What the compiler said first, to be quoted when nothing in it is understood.
static char *first_words(const struct process_result *result) {
    struct text words = {0};
    const char *said = result->err.data ? result->err.data : "";
    text_add_printable(&words, said, strcspn(said, "\n") < 200 ? strcspn(said, "\n") : 200);
    return text_take(&words);
}

void compiler_result(struct build *build, const struct process_result *result, const char *what,
                     const char *product) {
    const char *compiler = build->toolchain->compiler;
    char *took = excess(build, result);
    if (took)
        faults_add(&build->faults, FAULT_COMPILE_ERROR, "compiler",
                   string_format("%s was stopped: it took %s", what, took));
    else if (result->end != PROCESS_EXITED)
        could_not_run(build, result, what);
    free(took);
    if (took || result->end != PROCESS_EXITED)
        return;
    if (result->exit_status == 0 && access(product, F_OK) == 0)
        return;
    char *trouble = diagnostics_read(result->err.data ? result->err.data : "", &build->faults);
    char *words = first_words(result);
    if (!trouble && !build->faults.count && result->exit_status > 0 &&
        result->err_bytes > OUTPUT_KEPT)
        faults_add(&build->faults, FAULT_COMPILE_ERROR, "compiler",
                   string_format("the compiler rejects it at %s, after more than %d MiB of other "
                                 "messages",
                                 what, OUTPUT_KEPT >> 20));
    if (!build->unavailable && trouble)
        build->unavailable = string_format("%s failed at %s: %s", compiler, what, trouble);
    else if (!build->unavailable && !build->faults.count && result->signal_number)
        build->unavailable =
            string_format("%s was ended by signal %d (%s) at %s; reinstall it with scripts/setup, "
                          "or name another clang in INTERLEAVE_CC",
                          compiler, result->signal_number, strsignal(result->signal_number), what);
    else if (!build->unavailable && !build->faults.count)
        build->unavailable =
            string_format("%s made nothing at %s (status %d)%s%s; reinstall it with scripts/setup, "
                          "or name another clang in INTERLEAVE_CC",
                          compiler, what, result->exit_status, *words ? ", saying: " : "", words);
    free(words);
    free(trouble);
}
