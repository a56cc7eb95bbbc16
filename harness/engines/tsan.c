// ThreadSanitizer. Its reports come as JSON lines from linked/tsan_report.c; the text that it writes is
// kept, and read only when no such line arrived.
#include "engine.h"
#include "lock_graph.h"
#include "sanitizer_text.h"
#include "../linked/witness.h"
#include "../source.h"
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
        "history_size=4:die_after_fork=0:handle_abort=1:symbolize=0:color=never:"
        // What these are by themselves; a program's own defaults do not count then.
        "report_bugs=1:detect_deadlocks=1:report_mutex_bugs=1:report_destroy_locked=1:"
        "report_thread_leaks=1%s",
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
    const char *sentence; // of a misused lock: what the thread does with it
    const char *rule;     // and why that is wrong
} types[] = {
    {"heap-use-after-free", "heap-use-after-free", FAULT_USE_AFTER_FREE,
     "memory is used after it was freed", NULL},
    {"data-race", "data race", FAULT_DATA_RACE, "two accesses that nothing orders", NULL},
    {"thread-leak", "thread leak", FAULT_THREAD_LEAK,
     "a thread has ended and was neither joined nor detached", NULL},
    {"lock-order-inversion", "lock-order-inversion", FAULT_LOCK_ORDER,
     "locks are taken in both orders", NULL},
    {"locked-mutex-destroy", "destroy of a locked mutex", FAULT_LOCK_MISUSE, "destroys",
     "though it is held"},
    {"mutex-double-lock", "double lock of a mutex", FAULT_DOUBLE_LOCK, "locks",
     "which it holds itself"},
    {"mutex-invalid-access", "use of an invalid mutex", FAULT_LOCK_MISUSE, "uses",
     "which is not initialised yet, or not any more"},
    {"mutex-bad-unlock", "unlock of an unlocked mutex", FAULT_LOCK_MISUSE, "unlocks",
     "which it does not hold"},
    {"mutex-bad-read-lock", "read lock of a write locked mutex", FAULT_LOCK_MISUSE, "read-locks",
     "which it holds for writing"},
    {"mutex-bad-read-unlock", "read unlock of a write locked mutex", FAULT_LOCK_MISUSE,
     "releases as a reader", "which it holds for writing"},
};

static const struct tsan_type *type_of(const char *name, bool as_text) {
    for (size_t i = 0; name && i < sizeof types / sizeof types[0]; i++)
        if (string_starts(name, as_text ? types[i].text : types[i].name))
            return &types[i];
    return NULL;
}

static int number(const json_t *json, const char *key) {
    return (int)json_integer_value(json_object_get(json, key));
}

// The addresses of one report in the words of the source.
static struct symbols *symbols_of(const struct run *run, const json_t *report) {
    uint64_t anchor = (uint64_t)json_integer_value(json_object_get(report, "anchor"));
    return symbols_open(run->build->executable, WITNESS_ANCHOR, anchor);
}

// Frames are told by their return addresses.
static struct stack stack_of(struct symbols *symbols, const json_t *frames) {
    struct stack stack = {0};
    size_t i;
    json_t *frame;
    json_array_foreach(frames, i, frame) {
        stack_add_address(&stack, symbols, (uint64_t)json_integer_value(frame) - 1);
    }
    return stack;
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

static enum access_way way_of(const json_t *access, const struct stack *stack, bool freed) {
    bool atomic = number(access, "atomic") != 0;
    if (freed)
        return ACCESS_FREES;
    if (is_allocation(stack))
        return ACCESS_ALLOCATES;
    if (number(access, "write"))
        return atomic ? ACCESS_WRITES_ATOMICALLY : ACCESS_WRITES;
    return atomic ? ACCESS_READS_ATOMICALLY : ACCESS_READS;
}

// The mutex that the text calls M12, in words.
static char *mutex_words(struct symbols *symbols, const json_t *report, json_int_t id) {
    size_t i;
    json_t *mutex;
    json_array_foreach(json_object_get(report, "mutexes"), i, mutex) {
        if (json_integer_value(json_object_get(mutex, "id")) != id)
            continue;
        uint64_t address = (uint64_t)json_integer_value(json_object_get(mutex, "address"));
        struct stack created = stack_of(symbols, json_object_get(mutex, "created"));
        const struct frame *frame = stack_own(&created);
        char *name = symbols_variable(symbols, address);
        if (!name && frame)
            name = source_argument(frame->file, frame->line);
        char *words = name ? string_format("`%s`", name) : string_copy("a lock");
        stack_free(&created);
        free(name);
        return words;
    }
    return string_copy("a lock");
}

// "Previous write of size 8 at 0x55 by thread T1 (mutexes: write M0, read M1):", which only the text tells.
static void read_locks(struct symbols *symbols, const json_t *report, const json_t *json,
                       const char *heading, struct access *access) {
    char *at = string_format(
        " at 0x%llx by ", (unsigned long long)json_integer_value(json_object_get(json, "address")));
    char *address =
        string_format(" at 0x%012llx by ",
                      (unsigned long long)json_integer_value(json_object_get(json, "address")));
    access->locks_known = strstr(heading, at) || strstr(heading, address);
    free(address);
    free(at);
    const char *list = access->locks_known ? strstr(heading, " (mutexes: ") : NULL;
    while (list && (list = strpbrk(list, "M)")) && *list == 'M') {
        char *end;
        char *words = mutex_words(symbols, report, (json_int_t)strtoull(list + 1, &end, 10));
        access_holds(access, words, list - heading > 5 && strncmp(list - 5, "read ", 5) == 0);
        free(words);
        list = end;
    }
}

// Race and use after free: two accesses, the later one first. `text` is the same report as text, or NULL.
static void add_accesses(const struct run *run, const json_t *report,
                         const struct sanitizer_report *text, struct fault *fault) {
    const json_t *accesses = json_object_get(report, "accesses");
    const json_t *first = json_array_get(accesses, 0);
    struct symbols *symbols = symbols_of(run, report);
    char *name =
        symbols_variable(symbols, (uint64_t)json_integer_value(json_object_get(first, "address")));
    char *object = name ? string_format("`%s`", name) : NULL;
    struct access pair[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        const json_t *json = json_array_get(accesses, i);
        struct stack stack = stack_of(symbols, json_object_get(json, "stack"));
        pair[i].way = way_of(json, &stack, fault->kind == FAULT_USE_AFTER_FREE && i == 1);
        pair[i].thread = thread_name(number(json, "thread"));
        stack_access(&stack, &pair[i]);
        if (text && i < text->stack_count)
            read_locks(symbols, report, json, text->stacks[i].heading, &pair[i]);
        stack_free(&stack);
    }
    if (fault->kind == FAULT_USE_AFTER_FREE)
        access_late(fault, object, pair);
    else
        access_race(fault, object, pair, access_unordered);
    access_free(&pair[0]);
    access_free(&pair[1]);
    symbols_close(symbols);
    free(object);
    free(name);
}

// "T1 unlocks `gate` at a.c:9, which it does not hold."
static void add_misuse(const struct run *run, const json_t *report, const struct tsan_type *type,
                       struct fault *fault) {
    const json_t *mutex = json_array_get(json_object_get(report, "mutexes"), 0);
    struct symbols *symbols = symbols_of(run, report);
    struct stack stack = stack_of(symbols, json_array_get(json_object_get(report, "stacks"), 0));
    const struct frame *frame = stack_own(&stack);
    int self = number(report, "thread");
    char *thread = self < 0 ? NULL : thread_name(self), *where = stack_where(&stack);
    char *lock = mutex_words(symbols, report, json_integer_value(json_object_get(mutex, "id")));
    char *action = string_format("%s %s, %s", type->sentence, lock, type->rule);
    free(fault->message);
    fault->message =
        string_format("%s %s %s%s%s, %s.", thread ? thread : "a thread", type->sentence, lock,
                      frame ? " at " : "", frame ? where : "", type->rule);
    stack_place(&stack, fault, thread, action);
    symbols_close(symbols);
    stack_free(&stack);
    free(action);
    free(lock);
    free(where);
    free(thread);
}

static void add_stacks(const struct run *run, const json_t *report, const char *list,
                       struct fault *fault, const char *action) {
    struct symbols *symbols = symbols_of(run, report);
    size_t i;
    json_t *frames;
    json_array_foreach(json_object_get(report, list), i, frames) {
        struct stack stack = stack_of(symbols, frames);
        stack_place(&stack, fault, NULL, action);
        stack_free(&stack);
    }
    symbols_close(symbols);
}

// Of a thread that was left behind.
static void add_creation(const struct run *run, const json_t *report, struct fault *fault) {
    struct symbols *symbols = symbols_of(run, report);
    const json_t *thread = json_array_get(json_object_get(report, "threads"), 0);
    struct stack stack = stack_of(symbols, json_object_get(thread, "created"));
    stack_place(&stack, fault, NULL, "creates the thread");
    stack_free(&stack);
    symbols_close(symbols);
}

static void read_report(const struct run *run, const json_t *report,
                        const struct sanitizer_report *text, const json_t *graph,
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
            add_stacks(run, report, "stacks", fault, "takes a lock");
    } else if (json_array_size(json_object_get(report, "accesses")) > 1) {
        add_accesses(run, report, text, fault);
    } else if (type->kind == FAULT_THREAD_LEAK) {
        // The runtime reports all threads of one line together.
        int count = number(report, "count");
        findings_unjoined(findings, fault, count);
        add_creation(run, report, fault);
    } else if (type->rule) {
        add_misuse(run, report, type, fault);
    }
}

// The next report of a known kind as text; NULL when it is not this one.
static const struct sanitizer_report *text_of(const struct sanitizer_reports *texts, size_t *next,
                                              const json_t *report) {
    while (*next < texts->count && !type_of(texts->items[*next].title, true))
        ++*next;
    const struct sanitizer_report *text = *next < texts->count ? &texts->items[(*next)++] : NULL;
    const struct tsan_type *type =
        type_of(json_string_value(json_object_get(report, "type")), false);
    return text && type == type_of(text->title, true) ? text : NULL;
}

// What the lines of the hook tell of the tool itself.
struct lines_read {
    bool started;    // ThreadSanitizer ran at all
    bool whole;      // every line could be read
    size_t count;    // reports of the program
    uint64_t canary; // where it lies (../linked/canary.h); 0: it was not heard
    bool lost;       // reports that the program made before it are not there
};

static void read_lines(const struct run *run, const char *lines,
                       const struct sanitizer_reports *texts, const json_t *graph,
                       struct lines_read *read, struct findings *findings) {
    size_t next = 0;
    read->whole = true;
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        json_t *report = json_loadb(lines, length, 0, NULL);
        const json_t *canary = json_object_get(report, "canary");
        if (json_object_get(report, "started")) {
            read->started = true;
        } else if (canary) {
            read->canary = (uint64_t)json_integer_value(canary);
            read->lost =
                json_integer_value(json_object_get(report, "reports")) != (json_int_t)read->count;
            text_of(texts, &next, report);
        } else if (report) {
            read_report(run, report, text_of(texts, &next, report), graph, findings);
            read->count++;
        } else {
            read->whole = false;
        }
        json_decref(report);
        lines += length + (lines[length] == '\n');
    }
}

static bool is_canary(const struct sanitizer_report *report, uint64_t address) {
    char *at = string_format(" at 0x%012llx by ", (unsigned long long)address);
    bool found = address && report->stack_count && strstr(report->stacks[0].heading, at);
    free(at);
    return found;
}

// Without lines from the hook: what the text says.
static void read_text(const struct run *run, const struct sanitizer_report *report,
                      struct findings *findings) {
    const struct tsan_type *type = type_of(report->title, true);
    bool died = !type; // "SEGV on unknown address", "stack-overflow", …
    const char *on = strstr(report->title, " on "); // "SEGV on unknown address …"
    char *sentence = type && type->rule
                         ? string_format("a thread %s a lock, %s", type->sentence, type->rule)
                     : type ? string_copy(type->sentence)
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

// Why its silence says nothing; NULL when it does.
static char *silenced(const struct run *run, const struct process_result *result,
                      const struct lines_read *read) {
    char *blinded = run_blinded(run, result);
    if (blinded)
        return blinded;
    if (read->lost || !read->whole || (!read->canary && run_is_proven(run, result)))
        return string_copy("ThreadSanitizer's report is not the one that it wrote: the program has "
                           "changed the file, or the disk is full");
    return NULL;
}

static char *trouble_of(const struct run *run, const struct process_result *result,
                        const struct lines_read *read, const char *text, bool unread) {
    char *trouble = run_cut_short(run, result);
    if (trouble)
        return trouble;
    if (!read->started)
        return no_start(result);
    trouble = run_report_lost(run, result);
    if (trouble)
        return trouble;
    if (!result->signal_number && !unread)
        return silenced(run, result, read);
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
    struct symbols *symbols = symbols_of(run, result->report);
    struct sanitizer_reports reports = {0};
    sanitizer_text_read(text, symbols, &reports);
    symbols_close(symbols);
    struct lines_read read = {0};
    bool unread = false;
    read_lines(run, lines, &reports, graph, &read, findings);
    bool hooked = read.count && read.whole;
    for (size_t i = 0; i < reports.count; i++) {
        bool crash = !type_of(reports.items[i].title, true);
        if ((!hooked || crash) && !is_canary(&reports.items[i], read.canary))
            read_text(run, &reports.items[i], findings);
        unread = unread || crash;
    }
    char *trouble = findings->faults.count ? NULL : trouble_of(run, result, &read, text, unread);
    sanitizer_reports_free(&reports);
    free(lines);
    free(text);
    return trouble;
}
