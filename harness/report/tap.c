// Verdicts as TAP version 13: a test for each program.
#include "report.h"

#include <stdlib.h>
#include <string.h>

// Everything on one line, and nothing that TAP would take for a directive.
static void write_text(FILE *out, const char *text) {
    struct text printable = {0};
    text_add_printable(&printable, text, strlen(text));
    for (const char *c = printable.data ? printable.data : ""; *c; c++) {
        if (*c == '#')
            fputc('\\', out);
        fputc(*c == '\n' || *c == '\t' ? ' ' : *c, out);
    }
    text_free(&printable);
}

static void write_comment(FILE *out, const char *start, const char *text) {
    fprintf(out, "# %s", start);
    write_text(out, text);
    fputc('\n', out);
}

static void write_refusal(FILE *out, const struct refusal *refusal) {
    char *start = string_format("refused at %s:%d: ", path_base(refusal->file), refusal->line);
    struct text printable = {0};
    text_add_line(&printable, start);
    write_comment(out, printable.data, refusal->message);
    text_free(&printable);
    free(start);
}

static bool passes(const struct verdict *verdict) {
    return verdict->program->lesson ? verdict->as_expected : verdict->word == VERDICT_CLEAN;
}

void report_tap(FILE *out, const struct report *report) {
    fprintf(out, "TAP version 13\n1..%zu\n", report->count);
    for (size_t i = 0; i < report->count; i++) {
        const struct verdict *verdict = &report->verdicts[i];
        fprintf(out, "%s %zu - ", passes(verdict) ? "ok" : "not ok", i + 1);
        write_text(out, verdict->program->name);
        fputc('\n', out);
        if (verdict->program->lesson) {
            for (size_t k = 0; k < verdict->problems.count; k++)
                write_comment(out, "", verdict->problems.items[k]);
            continue;
        }
        for (size_t k = 0; k < verdict->faults.count; k++) {
            char *start = string_format("%s: ", fault_words[verdict->faults.items[k].kind].name);
            write_comment(out, start, verdict->faults.items[k].message);
            free(start);
        }
        for (size_t k = 0; k < verdict->refusals.count; k++)
            write_refusal(out, &verdict->refusals.items[k]);
        for (size_t k = 0; k < verdict->result_count && !verdict->refusals.count; k++)
            if (verdict->results[k].outcome == OUTCOME_UNAVAILABLE) {
                char *start = string_format("%s unavailable: ", verdict->results[k].engine->name);
                write_comment(out, start, verdict->results[k].reason);
                free(start);
            }
    }
}
