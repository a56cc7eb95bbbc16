#include "sanitizer_text.h"

#include "../symbols.h"
#include "../text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static struct sanitizer_report *add_report(struct sanitizer_reports *reports, const char *tool,
                                           size_t length, const char *title) {
    reports->items = memory_resize(reports->items, reports->count + 1, sizeof *reports->items);
    struct sanitizer_report *report = &reports->items[reports->count++];
    *report = (struct sanitizer_report){.tool = string_format("%.*s", (int)length, tool),
                                        .title = string_copy(title)};
    return report;
}

static struct sanitizer_stack *add_stack(struct sanitizer_report *report, const char *heading) {
    report->stacks = memory_resize(report->stacks, report->stack_count + 1, sizeof *report->stacks);
    struct sanitizer_stack *stack = &report->stacks[report->stack_count++];
    *stack = (struct sanitizer_stack){.heading = string_copy(heading)};
    return stack;
}

// "file.c:12:5" or "file.c:12": the numbers after at most two colons from the right.
static bool split_place(const char *text, char **file, int *line, int *column) {
    const char *end = text + strlen(text), *colon = NULL;
    for (int i = 0; i < 2; i++) {
        const char *at = end;
        while (at > text && isdigit((unsigned char)at[-1]))
            at--;
        if (at == end || at == text || at[-1] != ':')
            break;
        *column = colon ? atoi(colon + 1) : 0;
        colon = end = at - 1;
    }
    if (!colon)
        return false;
    *file = string_format("%.*s", (int)(colon - text), text);
    *line = atoi(colon + 1);
    return true;
}

// "#0 0x4f in worker /path/file.c:12:5", "#1 worker /path/file.c:12:5 (program+0x12) (BuildId: 1f)"; from a
// tool that looks up no names "#1 <null> <null> (program+0x12)".
static void add_frame(struct stack *stack, struct symbols *symbols, const char *text) {
    text += strspn(text, "0123456789"); // the frame's number
    text += strspn(text, " ");
    if (string_starts(text, "0x")) {
        const char *in = strstr(text, " in ");
        if (!in)
            return;
        text = in + 4;
    }
    const char *space = strchr(text, ' '), *offset = strstr(text, "+0x");
    if (!space)
        return;
    static const char program[] = " <null> (tsan+"; // what toolchain.c calls it
    if (symbols && offset && string_starts(text, "<null>")) {
        if (string_starts(space, program)) // and not a library
            stack_add_address(stack, symbols,
                              symbols_at_offset(symbols, strtoull(offset + 1, NULL, 16)));
        return;
    }
    char *function = string_format("%.*s", (int)(space - text), text);
    char *place = string_copy(space + 1);
    for (const char *const *tail = (const char *const[]){" (BuildId", " (", NULL}; *tail; tail++) {
        char *found = strstr(place, *tail);
        if (found)
            *found = '\0';
    }
    char *file = NULL;
    int line = 0, column = 0;
    split_place(place, &file, &line, &column);
    stack_add(stack, function, file, line, column);
    free(file);
    free(place);
    free(function);
}

// "==12==ERROR: AddressSanitizer: title" and "WARNING: ThreadSanitizer: title (pid=12)".
static struct sanitizer_report *start_report(struct sanitizer_reports *reports, const char *line) {
    const char *runtime = strstr(line, ": runtime error: ");
    if (runtime) {
        static const char tool[] = "UndefinedBehaviorSanitizer";
        struct sanitizer_report *report = add_report(reports, tool, sizeof tool - 1, runtime + 17);
        char *place = string_format("%.*s", (int)(runtime - line), line), *file = NULL;
        int number = 0, column = 0;
        if (split_place(place, &file, &number, &column))
            stack_add(&add_stack(report, "")->stack, NULL, file, number, column);
        free(file);
        free(place);
        return report;
    }
    const char *level = strstr(line, "ERROR: ");
    level = level ? level + 7 : (level = strstr(line, "WARNING: ")) ? level + 9 : NULL;
    const char *end = level ? strstr(level, "Sanitizer: ") : NULL;
    if (!end || strcspn(level, " ") != (size_t)(end + 10 - level))
        return NULL;
    return add_report(reports, level, (size_t)(end + 9 - level), end + 11);
}

void sanitizer_text_read(const char *text, struct symbols *symbols,
                         struct sanitizer_reports *reports) {
    struct sanitizer_report *report = NULL;
    struct sanitizer_stack *stack = NULL;
    char *heading = string_copy("");
    while (*text) {
        size_t length = strcspn(text, "\n");
        char *line = string_format("%.*s", (int)length, text);
        const char *body = line + strspn(line, " ");
        struct sanitizer_report *started = start_report(reports, line);
        report = started ? started : report;
        if (body[0] == '#' && isdigit((unsigned char)body[1]) && report) {
            if (body[1] == '0' && body[2] == ' ')
                stack = NULL;
            if (!stack)
                stack = add_stack(report, heading);
            add_frame(&stack->stack, symbols, body + 1);
        } else {
            stack = NULL;
            if (*body) {
                free(heading);
                heading = string_copy(body);
            }
        }
        free(line);
        text += length + (text[length] == '\n');
    }
    free(heading);
}

void sanitizer_reports_free(struct sanitizer_reports *reports) {
    for (size_t i = 0; i < reports->count; i++) {
        struct sanitizer_report *report = &reports->items[i];
        for (size_t k = 0; k < report->stack_count; k++) {
            free(report->stacks[k].heading);
            stack_free(&report->stacks[k].stack);
        }
        free(report->stacks);
        free(report->tool);
        free(report->title);
    }
    free(reports->items);
    *reports = (struct sanitizer_reports){0};
}

char *sanitizer_thread(const char *heading) {
    if (strstr(heading, "main thread") || strstr(heading, "thread T0"))
        return string_copy("main");
    const char *thread = strstr(heading, "thread T");
    if (!thread)
        return NULL;
    return string_format("T%d", atoi(thread + 8));
}
