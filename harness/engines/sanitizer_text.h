// Reports of the sanitizers' runtimes as text, as their log files hold them.
#ifndef INTERLEAVE_SANITIZER_TEXT_H
#define INTERLEAVE_SANITIZER_TEXT_H

#include "stack.h"

struct sanitizer_stack {
    char *
        heading; // the line before the stack, such as "Previous write of size 4 at 0x… by thread T1:"
    struct stack stack;
};

struct sanitizer_report {
    char *
        tool; // "ThreadSanitizer", "AddressSanitizer", "LeakSanitizer", "UndefinedBehaviorSanitizer"
    char *title; // "heap-use-after-free on address …", "data race (pid=12)"
    struct sanitizer_stack *stacks;
    size_t stack_count;
};

struct sanitizer_reports {
    struct sanitizer_report *items;
    size_t count;
};

// `symbols`: where the tool looked up no names itself; otherwise NULL.
struct symbols;
void sanitizer_text_read(const char *text, struct symbols *symbols,
                         struct sanitizer_reports *reports);
void sanitizer_reports_free(struct sanitizer_reports *reports);
// The thread that a heading names: "T1", "main"; NULL when it names none. Owned by the caller.
char *sanitizer_thread(const char *heading);

#endif
