#include "trace_page.h"

#include "width.h"

#include <stdlib.h>
#include <string.h>

static const struct verdict *verdict_of(const struct trace_page *page) {
    return &page->report->verdicts[0];
}

static const struct program *program_of(const struct trace_page *page) {
    return verdict_of(page)->program;
}

static const struct fault *fault_of(const struct trace_page *page) {
    const struct faults *faults = &verdict_of(page)->faults;
    return page->fault < faults->count ? &faults->items[page->fault] : NULL;
}

static const json_t *trace_of(const struct trace_page *page) {
    const struct fault *fault = fault_of(page);
    return json_object_get(fault ? fault->exploration : verdict_of(page)->results[0].exploration,
                           "trace");
}

// A schedule that was asked for need not have failed.
static const char *schedule_of(const struct trace_page *page) {
    const struct fault *fault = fault_of(page);
    const char *failing =
        fault ? json_string_value(json_object_get(fault->exploration, "schedule")) : NULL;
    return failing ? failing : program_of(page)->exploration.schedule;
}

static void write_title(const struct painter *painter, const struct trace_page *page) {
    const struct lesson *lesson = page->report->lesson;
    struct text title = {0};
    if (lesson)
        text_add(&title, "Exercise %d: ", lesson->number);
    for (size_t i = 0; i < (lesson ? 1 : program_of(page)->sources.count); i++) {
        char *path = report_path(program_of(page)->sources.items[i]);
        text_add(&title, "%s", i ? " " : "");
        text_add_line(&title, path);
        free(path);
    }
    if (width_of(title.data, title.length) <= painter->width)
        painted(painter, BOLD, "%s\n", title.data);
    else
        wrapped_text(painter, title.data, 2, 0);
    text_free(&title);
    fputc('\n', painter->out);
}

static void write_trace(const struct painter *painter, const struct trace_page *page) {
    const json_t *trace = trace_of(page);
    trace_columns(painter, trace, &page->look);
    if (json_array_size(trace)) {
        fputc('\n', painter->out);
        wrapped_text(painter,
                     "In the margin: ! takes part in the fault, > is a choice of the scheduler. In "
                     "the columns: | can go on, : waits.",
                     2, 0);
        fputc('\n', painter->out);
    } else if (fault_of(page)) {
        wrapped_text(painter, "Nothing that another thread could notice comes before the fault.", 2,
                     0);
        fputc('\n', painter->out);
    }
}

static void write_fault(const struct painter *painter, const struct trace_page *page) {
    const struct fault *fault = fault_of(page);
    size_t count = verdict_of(page)->faults.count;
    painted(painter, RED, "%s\n", fault_words[fault->kind].name);
    fputs("  ", painter->out);
    wrapped_text(painter, fault->message ? fault->message : fault_words[fault->kind].meaning, 2, 2);
    if (!program_of(page)->exploration.schedule)
        trace_found(painter, fault);
    if (count > 1) {
        size_t other = page->fault + 1 < count ? page->fault + 2 : 1;
        char *words = string_format("This is fault %zu of %zu; --fault %zu shows another.",
                                    page->fault + 1, count, other);
        fputs("  ", painter->out);
        wrapped_text(painter, words, 2, 2);
        free(words);
    }
}

static void write_no_fault(const struct painter *painter, const struct trace_page *page) {
    const char *covered = verdict_of(page)->results[0].reason;
    painted(painter, GREEN, "no fault\n");
    fputs("  ", painter->out);
    wrapped_text(painter, covered ? covered : "", 2, 2);
    if (!program_of(page)->exploration.schedule) {
        fputs("  ", painter->out);
        wrapped_text(painter, "--schedule shows one schedule, whatever comes of it.", 2, 2);
    }
}

// Where a line is too narrow the command goes on in the next one. The shell joins them again: what is quoted
// is closed before the break and opened behind it.
static void write_command(const struct painter *painter, const struct trace_page *page,
                          const char *command) {
    enum { INDENT = 2, BREAK = 2 };
    int room = page->exact ? painter->width - INDENT : (int)strlen(command);
    bool quoted = false;
    fprintf(painter->out, "%*s", INDENT, "");
    for (const char *at = command; *at;) {
        size_t take = width_fit(at, room);
        if (at[take])
            take = width_fit(at, room - BREAK);
        fprintf(painter->out, "%.*s", (int)take, at);
        for (size_t i = 0; i < take; i++)
            quoted ^= at[i] == '\'';
        at += take;
        if (*at)
            fprintf(painter->out, "%s\\\n%s", quoted ? "'" : "", quoted ? "'" : "");
        room = painter->width - quoted;
    }
    fputc('\n', painter->out);
}

static void write_again(const struct painter *painter, const struct trace_page *page) {
    const struct lesson *lesson = page->report->lesson;
    const char *schedule = schedule_of(page);
    if (!schedule)
        return;
    char *replay = report_program(page->report, program_of(page), lesson ? "exercise" : "replay"),
         *again = string_format("%s%s '%s'", replay, lesson ? " --schedule" : "", schedule),
         *picture = page->shipped ? string_format("make picture-%d", lesson->number)
                                  : report_program(page->report, program_of(page), "picture"),
         *shown = fault_of(page) && !program_of(page)->exploration.schedule
                      ? string_copy(picture)
                      : string_format(page->shipped ? "%s SCHEDULE='%s'" : "%s --schedule '%s'",
                                      picture, schedule);
    fputc('\n', painter->out);
    painted(painter, BOLD, "Again\n");
    write_command(painter, page, again);
    if (page->shipped) {
        char *make = string_format("make replay-%d SCHEDULE='%s'", lesson->number, schedule);
        write_command(painter, page, make);
        free(make);
    }
    write_command(painter, page, shown);
    free(shown);
    free(picture);
    free(again);
    free(replay);
}

void trace_page_write(const struct painter *painter, const struct trace_page *page) {
    write_title(painter, page);
    write_trace(painter, page);
    if (fault_of(page))
        write_fault(painter, page);
    else
        write_no_fault(painter, page);
    write_again(painter, page);
}
