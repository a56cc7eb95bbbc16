// AddressSanitizer, with LeakSanitizer and UndefinedBehaviorSanitizer. The reports are the text that the
// runtime writes to its log file, where the program's own output cannot be taken for one.
#include "engine.h"
#include "sanitizer_text.h"

#include <stdlib.h>
#include <string.h>

void asan_prepare(const struct run *run, struct process_spec *spec) {
    strings_addf(&spec->environment,
                 "ASAN_OPTIONS=log_path=\"%s/"
                 "asan\":detect_leaks=1:leak_check_at_exit=0:detect_stack_use_after_return=1:"
                 "handle_abort=1:color=never:"
                 // What these are by themselves; a program's own defaults do not count then.
                 "halt_on_error=1:quarantine_size_mb=256:replace_str=1:replace_intrin=1",
                 run->directory);
    strings_addf(&spec->environment,
                 "UBSAN_OPTIONS=log_path=\"%s/asan\":print_stacktrace=1:color=never",
                 run->directory);
    strings_add(&spec->environment, "LSAN_OPTIONS=color=never:leak_check_at_exit=0");
    run_program(run, spec);
}

static const struct {
    const char *tool;  // NULL: AddressSanitizer
    const char *title; // within the report's title
    enum fault_kind kind;
} types[] = {
    {NULL, "heap-use-after-free", FAULT_USE_AFTER_FREE},
    {NULL, "use-after-poison", FAULT_USE_AFTER_FREE},
    {NULL, "double-free", FAULT_DOUBLE_FREE},
    {NULL, "stack-use-after", FAULT_STACK_ESCAPE},
    {NULL, "buffer-overflow", FAULT_BUFFER_OVERFLOW},
    {NULL, "buffer-underflow", FAULT_BUFFER_OVERFLOW},
    {NULL, "param-overlap", FAULT_UNDEFINED_BEHAVIOUR},
    {NULL, "attempting free on address", FAULT_UNDEFINED_BEHAVIOUR},
    {NULL, "alloc-dealloc-mismatch", FAULT_UNDEFINED_BEHAVIOUR},
    {NULL, "negative-size-param", FAULT_UNDEFINED_BEHAVIOUR},
    {NULL, "overflow", FAULT_CRASH}, // of the stack
    {NULL, "SEGV", FAULT_CRASH},
    {NULL, "BUS", FAULT_CRASH},
    {NULL, "FPE", FAULT_CRASH},
    {NULL, "ILL", FAULT_CRASH},
    {NULL, "ABRT", FAULT_CRASH},
    {"LeakSanitizer", "detected memory leaks", FAULT_LEAK},
    {"UndefinedBehaviorSanitizer", "", FAULT_UNDEFINED_BEHAVIOUR},
};

static enum fault_kind kind_of(const struct sanitizer_report *report) {
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const char *tool = types[i].tool ? types[i].tool : "AddressSanitizer";
        if (strcmp(report->tool, tool) == 0 && strstr(report->title, types[i].title))
            return types[i].kind;
    }
    return FAULT_KINDS;
}

// "Direct leak of 10 byte(s) in 1 object(s) allocated from:", a fault each.
static void add_leaks(const struct run *run, const struct sanitizer_report *report,
                      struct faults *faults) {
    for (size_t i = 0; i < report->stack_count; i++) {
        const struct sanitizer_stack *stack = &report->stacks[i];
        if (!string_starts(stack->heading, "Direct leak of "))
            continue;
        const char *in = strstr(stack->heading, " in ");
        long bytes = strtol(stack->heading + 15, NULL, 10),
             blocks = in ? strtol(in + 4, NULL, 10) : 1;
        char *where = stack_where(&stack->stack);
        struct fault *fault =
            faults_add(faults, FAULT_LEAK, run->engine->name,
                       string_format("a thread allocates %ld bytes in %ld block%s at %s, which "
                                     "nobody frees.",
                                     bytes, blocks, blocks == 1 ? "" : "s", where));
        stack_place(&stack->stack, fault, NULL, "allocates what nobody frees");
        free(where);
    }
}

// What is wrong with the one access; NULL: the tool's own word is all that is known.
static const char *const wrongs[FAULT_KINDS] = {
    [FAULT_STACK_ESCAPE] = access_of_ended,
    [FAULT_BUFFER_OVERFLOW] = "beyond the bounds of the object that it belongs to",
};

static struct access access_of(const struct sanitizer_stack *stack, const char *title) {
    bool frees = strstr(stack->heading, "freed by") || strstr(title, "double-free");
    struct access access = {.way = strstr(stack->heading, "WRITE of size")  ? ACCESS_WRITES
                                   : strstr(stack->heading, "READ of size") ? ACCESS_READS
                                   : frees                                  ? ACCESS_FREES
                                                                            : ACCESS_USES,
                            .thread = sanitizer_thread(stack->heading)};
    stack_access(&stack->stack, &access);
    return access;
}

static bool is_late(enum fault_kind kind) {
    return kind == FAULT_USE_AFTER_FREE || kind == FAULT_DOUBLE_FREE;
}

// Where the memory was freed; NULL when the report does not tell.
static const struct sanitizer_stack *freed_at(const struct sanitizer_report *report) {
    for (size_t i = 1; i < report->stack_count; i++)
        if (strstr(report->stacks[i].heading, "freed by"))
            return &report->stacks[i];
    return NULL;
}

// In the tool's own words, where they are all that is known.
static void add_words(const struct sanitizer_report *report, struct access *access,
                      struct fault *fault) {
    const char *address = strstr(report->title, " on ");
    size_t length = address ? (size_t)(address - report->title) : strcspn(report->title, "(\n");
    fault->message =
        access->file ? string_format("%s: %.*s, by %s at %s:%d", report->tool, (int)length,
                                     report->title, access->thread ? access->thread : "a thread",
                                     path_base(access->file), access->line)
                     : string_format("%s: %.*s", report->tool, (int)length, report->title);
    if (access->file)
        fault_place(fault, access->file, access->line, access->function, access->thread, "is here");
}

// Where the memory was allocated is not a place of the fault, and the frames of a stack variable neither.
static void add_report(const struct run *run, const struct sanitizer_report *report,
                       enum fault_kind kind, struct faults *faults) {
    static const struct sanitizer_stack nowhere = {.heading = ""};
    struct fault *fault = faults_add(faults, kind, run->engine->name, NULL);
    const struct sanitizer_stack *freed = is_late(kind) ? freed_at(report) : NULL;
    struct access pair[2] = {
        access_of(report->stack_count ? &report->stacks[0] : &nowhere, report->title),
        access_of(freed ? freed : &nowhere, "")};
    if (freed)
        access_late(fault, NULL, pair);
    else if (wrongs[kind])
        access_wrong(fault, NULL, &pair[0], wrongs[kind]);
    else
        add_words(report, &pair[0], fault);
    access_free(&pair[0]);
    access_free(&pair[1]);
}

static char *trouble_of(const char *text) {
    if (strstr(text, "LeakSanitizer has encountered a fatal error"))
        return string_copy(
            "the leak check could not run: LeakSanitizer must be allowed to use ptrace(2)");
    if (strstr(text, "Shadow memory range interleaves") || strstr(text, "failed to allocate"))
        return string_copy(
            "AddressSanitizer cannot map its memory here; allow overcommit and do not limit "
            "the address space (ulimit -v unlimited)");
    return NULL;
}

char *asan_read(const struct run *run, const struct process_result *result,
                struct findings *findings) {
    char *text = run_files(run, "asan.");
    struct sanitizer_reports reports = {0};
    sanitizer_text_read(text, NULL, &reports);
    observed_hang(run, result, findings);
    for (size_t i = 0; i < reports.count; i++) {
        enum fault_kind kind = kind_of(&reports.items[i]);
        if (kind == FAULT_LEAK)
            add_leaks(run, &reports.items[i], &findings->faults);
        else if (kind != FAULT_KINDS)
            add_report(run, &reports.items[i], kind, &findings->faults);
    }
    char *trouble = trouble_of(text);
    if (!trouble && !findings->faults.count)
        trouble = run_cut_short(run, result);
    if (!trouble && !findings->faults.count)
        trouble = run_report_lost(run, result);
    if (!trouble && !findings->faults.count)
        trouble = run_blinded(run, result);
    if (!trouble && !findings->faults.count && (reports.count || result->signal_number))
        trouble = string_format(
            "AddressSanitizer ended the program without a fault that could be read "
            "(signal %d): %s",
            result->signal_number, reports.count ? reports.items[0].title : "no report");
    sanitizer_reports_free(&reports);
    free(text);
    return trouble;
}
