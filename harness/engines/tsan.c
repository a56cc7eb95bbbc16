// ThreadSanitizer. Its reports come as JSON lines from linked/tsan_report.c; the text that it writes is
// kept, and read only when no such line arrived.
#include "engine.h"
#include "lock_graph.h"
#include "sanitizer_text.h"
#include "../linked/witness.h"
#include "../symbols.h"

#include <stdlib.h>
#include <string.h>

void tsan_prepare(const struct run *run, struct process_spec *spec) {
    // The exit status stays the program's own. With bare fences, which ThreadSanitizer does not follow,
    // every atomic counts as seq_cst: fewer races are seen, but none is invented.
    const char *fences = run->build->traits & USES_FENCES ? ":force_seq_cst_atomics=1" : "";
    strings_addf(
        &spec->environment,
        "TSAN_OPTIONS=log_path=\"%s/tsan\":exitcode=0:halt_on_error=0:second_deadlock_stack=1:"
        "history_size=4:die_after_fork=0:handle_abort=1:color=never%s",
        run->directory, fences);
    strings_addf(&spec->environment, "INTERLEAVE_TSAN_REPORT=%s/reports.json", run->directory);
    spec->own_thread = true;
    spec->lock_graph = true;
    run_program(run, spec);
}

static const struct tsan_type {
    const char *name; // as the runtime's description begins
    const char *text; // as its text report has it
    enum fault_kind kind;
    const char *sentence;
} types[] = {
    {"heap-use-after-free", "heap-use-after-free", FAULT_USE_AFTER_FREE,
     "memory is used after it was freed"},
    {"data-race", "data race", FAULT_DATA_RACE, "two accesses that nothing orders"},
    {"thread-leak", "thread leak", FAULT_THREAD_LEAK,
     "a thread has ended and was neither joined nor detached"},
    {"lock-order-inversion", "lock-order-inversion", FAULT_LOCK_ORDER,
     "locks are taken in both orders"},
    {"locked-mutex-destroy", "destroy of a locked mutex", FAULT_LOCK_MISUSE,
     "a mutex is destroyed while it is held"},
    {"mutex-double-lock", "double lock of a mutex", FAULT_DOUBLE_LOCK,
     "a mutex is locked again by its holder"},
    {"mutex-invalid-access", "use of an invalid mutex", FAULT_LOCK_MISUSE,
     "a mutex is used before its initialisation or after its end"},
    {"mutex-bad-unlock", "unlock of an unlocked mutex", FAULT_LOCK_MISUSE,
     "a mutex is unlocked by a thread that does not hold it"},
    {"mutex-bad-read-lock", "read lock of a write locked mutex", FAULT_LOCK_MISUSE,
     "a lock is read-locked by its writer"},
    {"mutex-bad-read-unlock", "read unlock of a write locked mutex", FAULT_LOCK_MISUSE,
     "a write lock is released as a read lock"},
};

static const struct tsan_type *type_of(const char *name, bool as_text) {
    for (size_t i = 0; name && i < sizeof types / sizeof types[0]; i++)
        if (string_starts(name, as_text ? types[i].text : types[i].name))
            return &types[i];
    return NULL;
}

static struct stack stack_of(const json_t *frames) {
    struct stack stack = {0};
    size_t i;
    json_t *frame;
    json_array_foreach(frames, i, frame) {
        stack_add(&stack, json_string_value(json_object_get(frame, "function")),
                  json_string_value(json_object_get(frame, "file")),
                  (int)json_integer_value(json_object_get(frame, "line")));
    }
    return stack;
}

static int number(const json_t *json, const char *key) {
    return (int)json_integer_value(json_object_get(json, key));
}

// The variable that was raced on, with backquotes; "the same memory" when it has no name.
static char *accessed_name(const struct run *run, const json_t *report, const json_t *access) {
    uint64_t anchor = (uint64_t)json_integer_value(json_object_get(report, "anchor"));
    struct symbols *symbols = symbols_open(run->build->executable, WITNESS_ANCHOR, anchor);
    char *name =
        symbols_variable(symbols, (uint64_t)json_integer_value(json_object_get(access, "address")));
    symbols_close(symbols);
    char *quoted = name ? string_format("`%s`", name) : string_copy("the same memory");
    free(name);
    return quoted;
}

static const char *verb(const json_t *access) {
    bool atomic = number(access, "atomic") != 0;
    if (number(access, "write"))
        return atomic ? "written atomically" : "written";
    return atomic ? "read atomically" : "read";
}

// ThreadSanitizer takes an allocation for a write to all of the block.
static bool is_allocation(const struct stack *stack) {
    static const char *const names[] = {"malloc", "calloc", "realloc", "aligned_alloc"};
    static const char interceptor[] = "__interceptor_";
    const char *inner = stack->count ? stack->frames[0].function : NULL;
    if (inner && string_starts(inner, interceptor))
        inner += sizeof interceptor - 1;
    for (size_t i = 0; inner && i < sizeof names / sizeof names[0]; i++)
        if (strcmp(inner, names[i]) == 0)
            return true;
    return false;
}

// Race and use after free: two accesses, the later one first.
static void add_accesses(const struct run *run, const json_t *report, struct fault *fault) {
    struct text sentence = {0};
    const json_t *accesses = json_object_get(report, "accesses");
    char *name = accessed_name(run, report, json_array_get(accesses, 0));
    size_t i;
    json_t *access;
    text_add(&sentence, "%s is ", name);
    json_array_foreach(accesses, i, access) {
        struct stack stack = stack_of(json_object_get(access, "stack"));
        char *thread = thread_name(number(access, "thread")), *where = stack_where(&stack);
        bool freed = fault->kind == FAULT_USE_AFTER_FREE && i == 1;
        const char *how = freed ? "freed" : is_allocation(&stack) ? "allocated" : verb(access);
        char *action = string_format("%s %s", name, how);
        text_add(&sentence, "%s%s by %s at %s", i ? " and " : "", how, thread, where);
        stack_place(&stack, fault, thread, action);
        free(action);
        free(thread);
        free(where);
        stack_free(&stack);
    }
    text_add(&sentence, fault->kind == FAULT_USE_AFTER_FREE ? "." : "; nothing orders the two.");
    free(name);
    free(fault->message);
    fault->message = text_take(&sentence);
}

static void add_stacks(const json_t *stacks, struct fault *fault, const char *action) {
    size_t i;
    json_t *frames;
    json_array_foreach(stacks, i, frames) {
        struct stack stack = stack_of(frames);
        stack_place(&stack, fault, NULL, action);
        stack_free(&stack);
    }
}

static void read_report(const struct run *run, const json_t *report, const json_t *graph,
                        struct findings *findings) {
    const struct tsan_type *type =
        type_of(json_string_value(json_object_get(report, "type")), false);
    if (!type)
        return;
    struct fault *fault =
        faults_add(&findings->faults, type->kind, run->engine->name, string_copy(type->sentence));
    if (type->kind == FAULT_LOCK_ORDER) {
        enum lock_graph locks = lock_graph_judge(graph, fault);
        findings->locks_ordered = locks == LOCKS_ORDERED;
        if (locks != LOCKS_CYCLIC)
            add_stacks(json_object_get(report, "stacks"), fault, "takes a lock");
    } else if (json_array_size(json_object_get(report, "accesses"))) {
        add_accesses(run, report, fault);
    } else if (type->kind == FAULT_THREAD_LEAK) {
        // The runtime reports all threads of one line together.
        int count = number(report, "count");
        findings_unjoined(findings, fault, count);
        struct stack stack = stack_of(
            json_object_get(json_array_get(json_object_get(report, "threads"), 0), "created"));
        stack_place(&stack, fault, NULL, "creates the thread");
        stack_free(&stack);
    } else {
        add_stacks(json_object_get(report, "stacks"), fault, "uses the lock");
    }
}

// Reads the reports; *started says whether ThreadSanitizer ran at all. False when there is no report, or
// one that could not be read.
static bool read_lines(const struct run *run, const char *lines, const json_t *graph, bool *started,
                       struct findings *findings) {
    size_t count = 0;
    bool whole = true;
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        json_t *report = json_loadb(lines, length, 0, NULL);
        if (json_object_get(report, "started")) {
            *started = true;
        } else if (report) {
            read_report(run, report, graph, findings);
            count++;
        } else {
            whole = false;
        }
        json_decref(report);
        lines += length + (lines[length] == '\n');
    }
    return count && whole;
}

// Without lines from the hook: what the text says.
static void read_text(const struct run *run, const struct sanitizer_report *report,
                      struct findings *findings) {
    const struct tsan_type *type = type_of(report->title, true);
    bool died = !type; // "SEGV on unknown address", "stack-overflow", …
    const char *on = strstr(report->title, " on "); // "SEGV on unknown address …"
    char *sentence = type ? string_copy(type->sentence)
                          : string_format("ThreadSanitizer: %.*s",
                                          on ? (int)(on - report->title) : 80, report->title);
    struct fault *fault =
        faults_add(&findings->faults, type ? type->kind : FAULT_CRASH, run->engine->name, sentence);
    size_t most = type ? 2 : 1;
    for (size_t i = 0; i < report->stack_count && i < most; i++) {
        char *thread = sanitizer_thread(report->stacks[i].heading);
        stack_place(&report->stacks[i].stack, fault, thread, NULL);
        free(thread);
    }
    if (died && fault->place_count == 0) { // the tool's own accident, not the program's
        fault_free(fault);
        findings->faults.count--;
    }
}

// Why ThreadSanitizer did not even start. Only then is what stands on the standard error its own word,
// since the program has not run.
static char *no_start(const struct process_result *result) {
    const char *said = result->err.data ? result->err.data : "";
    // Clang 14 only complains; newer ones switch randomisation off themselves, or say that they may not.
    static const char *const too_random[] = {"unexpected memory mapping", "ADDR_NO_RANDOMIZE",
                                             "unable to disable ASLR",
                                             "memory layout is incompatible"};
    for (size_t i = 0; i < sizeof too_random / sizeof too_random[0]; i++)
        if (strstr(said, too_random[i]))
            return string_copy(
                "ThreadSanitizer cannot map its memory here: addresses are too random, and may not "
                "be fixed for one process; start the container with --security-opt "
                "seccomp=unconfined, or set vm.mmap_rnd_bits to 28 on its host "
                "(docs/where-it-runs.md)");
    if (strstr(said, "ThreadSanitizer: CHECK failed") || strstr(said, "failed to") ||
        result->signal_number)
        return string_copy(
            "ThreadSanitizer cannot map its memory here; allow overcommit and do not limit the "
            "address space (ulimit -v unlimited)");
    return string_format(
        "ThreadSanitizer did not start (status %d): %.*s; `interleave doctor` tells more",
        result->exit_status, (int)strcspn(said, "\n"), said);
}

static char *trouble_of(const struct run *run, const struct process_result *result, bool started,
                        const char *text, bool unread) {
    char *trouble = run_cut_short(run, result);
    if (trouble)
        return trouble;
    if (!started)
        return no_start(result);
    trouble = run_report_lost(run, result);
    if (trouble || (!result->signal_number && !unread))
        return trouble;
    const char *hint =
        run->build->traits & USES_TIMERS
            ? "; it does not know threads that the C library starts for a timer (SIGEV_THREAD)"
            : "";
    return string_format(
        "the program ended under ThreadSanitizer by signal %d, and ThreadSanitizer "
        "could not say where%s%.*s%s",
        result->signal_number, *text ? ": " : "", (int)strcspn(text, "\n"), text, hint);
}

char *tsan_read(const struct run *run, const struct process_result *result,
                struct findings *findings) {
    char *lines = run_files(run, "reports.json"), *text = run_files(run, "tsan.");
    const json_t *graph = json_object_get(result->report, "lock_graph");
    observed_hang(run, result, findings);
    struct sanitizer_reports reports = {0};
    sanitizer_text_read(text, &reports);
    bool started = false, unread = false;
    bool hooked = read_lines(run, lines, graph, &started, findings);
    for (size_t i = 0; i < reports.count; i++) {
        bool crash = !type_of(reports.items[i].title, true);
        if (!hooked || crash)
            read_text(run, &reports.items[i], findings);
        unread = unread || crash;
    }
    char *trouble = findings->faults.count ? NULL : trouble_of(run, result, started, text, unread);
    sanitizer_reports_free(&reports);
    free(lines);
    free(text);
    return trouble;
}
