#include "gate.h"

#include "../process.h"
#include "../sandbox/sizes.h"
#include "../shown.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// It runs the compiler a few times and reads the file once itself.
enum { GATE_SECONDS = 60 };
static const uint64_t GATE_MEMORY = 3ULL << 30;
static const uint64_t GATE_BOXED_MEMORY = 4 * BOX_COMPILER_MEMORY; // it runs four compilers at once

struct look {
    const struct program *program;
    struct refusals *refusals;
    void (*opens)(void *context, char *trouble);
    void *context;
};

bool gate_applies(bool asked, const struct program *program) {
    return asked && program->exercise && !program->lesson && program->contract;
}

static char *why_it_ended(const struct process_result *result) {
    switch (result->end) {
    case PROCESS_TIMEOUT:
        return string_format("it took more than %d s", GATE_SECONDS);
    case PROCESS_MEMORY:
        return string_copy("it took too much memory");
    case PROCESS_OUTPUT:
        return string_copy("it found more than it can tell");
    case PROCESS_STOPPED:
        return string_copy("it was stopped");
    case PROCESS_FAILED:
        return string_format("%s; build it with make", result->error ? result->error : "it failed");
    default:
        break;
    }
    if (result->signal_number)
        return string_format("it was ended by signal %d (%s)", result->signal_number,
                             strsignal(result->signal_number));
    return string_format("it said nothing that is understood (status %d)", result->exit_status);
}

// Takes over what the gate says. NULL, or why that is not to be understood.
static char *read_answer(const struct look *look, const json_t *answer) {
    const json_t *list = json_object_get(answer, "refusals"), *one;
    const char *trouble = json_string_value(json_object_get(answer, "trouble"));
    if (!json_is_array(list))
        return string_copy("it said nothing that is understood");
    size_t i;
    json_array_foreach(list, i, one) {
        const char *name = NULL, *message = NULL;
        int line = 0, if_it_links = 0;
        if (json_unpack((json_t *)one, "{s:i, s:s, s:s, s:b}", "line", &line, "name", &name,
                        "message", &message, "if_it_links", &if_it_links) != 0)
            return string_copy("it said nothing that is understood");
        refusals_add(look->refusals,
                     (struct refusal){.file = string_copy(look->program->sources.items[0]),
                                      .line = line,
                                      .name = string_copy(name),
                                      .message = string_copy(message),
                                      .if_it_links = if_it_links != 0});
    }
    return string_copy(trouble);
}

static void looked(void *context, struct process_result *result) {
    struct look *look = context;
    json_t *answer =
        result->end == PROCESS_EXITED && result->exit_status == 0
            ? json_loadb(result->out.data ? result->out.data : "", result->out.length, 0, NULL)
            : NULL;
    char *why = answer ? read_answer(look, answer) : why_it_ended(result), *trouble = NULL;
    if (why)
        trouble = string_format("the gate could not look at the file: %s; a person has to", why);
    free(why);
    json_decref(answer);
    look->opens(look->context, trouble);
    free(look);
}

static void add_flags(struct strings *argv, const char *name, enum build_kind kind,
                      const struct toolchain *toolchain, const struct program *program) {
    struct strings flags = {0};
    toolchain_flags(kind, toolchain->home, program, &flags);
    for (size_t i = 0; i < flags.count; i++)
        strings_addf(argv, "%s=%s", name, flags.items[i]);
    strings_free(&flags);
}

void gate_look(const struct toolchain *toolchain, const struct program *program,
               const char *scratch, struct refusals *refusals,
               void (*opens)(void *context, char *trouble), void *context) {
    struct look *look = memory_zeroed(1, sizeof *look);
    *look = (struct look){program, refusals, opens, context};
    struct process_spec spec = {
        .seconds = GATE_SECONDS, .resident = GATE_MEMORY, .output = OUTPUT_KEPT};
    strings_add(&spec.argv, toolchain->home->gate);
    strings_addf(&spec.argv, "source=%s", program->sources.items[0]);
    strings_addf(&spec.argv, "lesson=%s", program->contract);
    strings_addf(&spec.argv, "compiler=%s", toolchain->compiler);
    add_flags(&spec.argv, "plain", BUILD_PLAIN, toolchain, program);
    add_flags(&spec.argv, "thread", BUILD_TSAN, toolchain, program);
    add_flags(&spec.argv, "address", BUILD_ASAN, toolchain, program);
    for (size_t i = 0; i < program->calls.count; i++)
        strings_addf(&spec.argv, "call=%s", program->calls.items[i]);
    if (toolchain->sandbox) {
        struct strings flags = {0};
        spec.box =
            (struct box){.sandbox = toolchain->sandbox, .scratch = scratch, .in_place = true};
        spec.resident = GATE_BOXED_MEMORY;
        toolchain_flags(BUILD_PLAIN, toolchain->home, program, &flags);
        shown_to_compiler(toolchain->home, program->sources.items[0], &flags, &spec.box.shown);
        strings_add(&spec.box.shown, toolchain->home->gate);
        strings_add(&spec.box.kept, "nothing"); // what it says goes to its standard output
        strings_free(&flags);
    }
    process_clean_environment(&spec.environment);
    process_start(toolchain->loop, &spec, looked, look);
}
