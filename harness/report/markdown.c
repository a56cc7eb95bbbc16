// Tables in Markdown, for README.md (scripts/docs): which lessons there are, and which tool sees what. The
// second is what a check has measured, never what is claimed: of a failed check there is no table.
#include "report.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum seen { SEEN_ALWAYS, SEEN_SOMETIMES, SEEN_NEVER, SEEN_BEYOND, SEEN_NOT_RUN };

static const struct {
    const char *word;
    const char *why; // unless somebody says it better
} seen_words[] = {
    [SEEN_ALWAYS] = {"sees it", "In every check, at a marked line."},
    [SEEN_SOMETIMES] = {"sometimes", "It depends on the schedule."},
    [SEEN_NEVER] = {"blind", ""},
    [SEEN_BEYOND] = {"beyond it", ""},
    [SEEN_NOT_RUN] = {"not run", "It was not asked."},
};

static const char of_the_compiler[] =
    "To a C compiler a thread is a call like any other: it accepts the program.";
static const char of_nothing_to_run[] = "The compiler rejects the program, so nothing runs.";

// Text as it is, but for `code`: no character of it is Markdown, and none ends the cell of a table.
static void write_text(FILE *out, const char *text) {
    bool code = false;
    for (const char *c = text; *c; c++) {
        code = code != (*c == '`');
        bool within_word = *c == '_' && c > text && isalnum((unsigned char)c[-1]);
        if (*c == '|' || (!code && strchr("\\*_<[", *c) && !within_word))
            fputc('\\', out);
        fputc(*c, out);
    }
}

static void write_lesson(FILE *out, const struct lesson *lesson) {
    char *directory = report_path(lesson->directory);
    fprintf(out, "[%d ", lesson->number);
    write_text(out, lesson->title);
    fprintf(out, "](%s/README.md)", directory);
    free(directory);
}

static void write_kinds(FILE *out, fault_set kinds) {
    const char *before = "";
    for (int kind = 0; kind < FAULT_KINDS; kind++)
        if (kinds & FAULT_BIT(kind)) {
            fprintf(out, "%s`%s`", before, fault_words[kind].name);
            before = " or ";
        }
}

// What was measured. Columns are the engines in their order, and the compiler as the last.

static const char *column_name(size_t column) {
    return column < engine_count ? engines[column].name : "compiler";
}

static const struct engine_result *result_of(const struct verdict *verdict, size_t column) {
    for (size_t i = 0; i < verdict->result_count; i++)
        if (verdict->results[i].engine == &engines[column])
            return &verdict->results[i];
    return NULL;
}

static bool found_by(const struct verdict *verdict, size_t column) {
    for (size_t i = 0; i < verdict->faults.count; i++) {
        const struct fault *fault = &verdict->faults.items[i];
        if (strcmp(fault->engine, column_name(column)) == 0 &&
            judge_expects(verdict->program, fault))
            return true;
    }
    return false;
}

static enum seen seen_by(const struct verdict *verdict, size_t column) {
    if (column == engine_count)
        return report_rejected(verdict) ? SEEN_ALWAYS : SEEN_NEVER;
    const struct engine_result *result = result_of(verdict, column);
    if (!result || report_rejected(verdict))
        return SEEN_NOT_RUN;
    if (result->outcome == OUTCOME_UNAVAILABLE)
        return SEEN_BEYOND;
    if (verdict->program->expectation.sight[column] == SIGHT_MAY)
        return SEEN_SOMETIMES;
    return found_by(verdict, column) ? SEEN_ALWAYS : SEEN_NEVER;
}

static const char *why(const struct verdict *verdict, size_t column) {
    enum seen seen = seen_by(verdict, column);
    const char *reason =
        column < engine_count ? verdict->program->expectation.reason[column] : of_the_compiler;
    if (seen == SEEN_NOT_RUN && report_rejected(verdict))
        return reason ? reason : of_nothing_to_run;
    return (seen == SEEN_NEVER || seen == SEEN_BEYOND) && reason ? reason : seen_words[seen].why;
}

static bool is_broken_twin(const struct program *program) {
    return program->lesson && string_ends(program->name, "/broken.c");
}

// One lesson: a row for each engine, and why it sees what it sees.
static void write_engines(FILE *out, const struct verdict *verdict) {
    fputs("What each tool sees of the ", out);
    write_kinds(out, verdict->program->expectation.kinds);
    fputs(" in `broken.c`:\n\n| tool | the fault | why |\n|---|---|---|\n", out);
    for (size_t column = 0; column <= engine_count; column++) {
        fprintf(out, "| %s | %s | ", column_name(column),
                seen_words[seen_by(verdict, column)].word);
        write_text(out, why(verdict, column));
        fputs(" |\n", out);
    }
}

// Several: a row for each, and the reasons below.
static void write_lessons(FILE *out, const struct report *report) {
    fputs("| lesson | fault |", out);
    for (size_t column = 0; column <= engine_count; column++)
        fprintf(out, " %s |", column_name(column));
    fputs("\n|---|---|", out);
    for (size_t column = 0; column <= engine_count; column++)
        fputs("---|", out);
    fputc('\n', out);
    for (size_t i = 0; i < report->count; i++) {
        const struct verdict *verdict = &report->verdicts[i];
        if (!is_broken_twin(verdict->program))
            continue;
        fputs("| ", out);
        write_lesson(out, verdict->program->lesson);
        fputs(" | ", out);
        write_kinds(out, verdict->program->expectation.kinds);
        fputs(" |", out);
        for (size_t column = 0; column <= engine_count; column++)
            fprintf(out, " %s |", seen_words[seen_by(verdict, column)].word);
        fputc('\n', out);
    }
}

static void write_reasons(FILE *out, const struct report *report) {
    fputs("\n<details><summary>Why a tool is blind</summary>\n\n| lesson | tool | why "
          "|\n|---|---|---|\n",
          out);
    for (size_t i = 0; i < report->count; i++) {
        const struct verdict *verdict = &report->verdicts[i];
        for (size_t column = 0; is_broken_twin(verdict->program) && column < engine_count;
             column++) {
            enum seen seen = seen_by(verdict, column);
            if (seen == SEEN_ALWAYS || seen == SEEN_SOMETIMES)
                continue;
            fprintf(out, "| %d | %s | ", verdict->program->lesson->number, column_name(column));
            write_text(out, why(verdict, column));
            fputs(" |\n", out);
        }
    }
    fprintf(out, "| all that compile | compiler | %s |\n\n</details>\n", of_the_compiler);
}

static void write_problems(FILE *out, const struct report *report) {
    fputs("There is no table: the check has failed.\n\n", out);
    for (size_t i = 0; i < report->count; i++)
        for (size_t k = 0; k < report->verdicts[i].problems.count; k++) {
            fprintf(out, "- %s: ", report->verdicts[i].program->name);
            write_text(out, report->verdicts[i].problems.items[k]);
            fputc('\n', out);
        }
}

void report_markdown(FILE *out, const struct report *report) {
    const struct verdict *twin = NULL;
    size_t twins = 0;
    bool as_expected = true;
    for (size_t i = 0; i < report->count; i++) {
        as_expected = as_expected && report->verdicts[i].as_expected;
        if (is_broken_twin(report->verdicts[i].program)) {
            twin = &report->verdicts[i];
            twins++;
        }
    }
    if (!as_expected) {
        write_problems(out, report);
    } else if (twins == 1) {
        write_engines(out, twin);
    } else {
        write_lessons(out, report);
        write_reasons(out, report);
    }
}

void list_markdown(FILE *out, const struct course *course) {
    const char *part = "";
    fputs("| part | lesson | what it is about | the broken twin has |\n|---|---|---|---|\n", out);
    for (size_t i = 0; i < course->count; i++) {
        const struct lesson *lesson = &course->lessons[i];
        fputs("| ", out);
        write_text(out, strcmp(part, lesson->part) != 0 ? lesson->part : "");
        part = lesson->part;
        fputs(" | ", out);
        write_lesson(out, lesson);
        fputs(" | ", out);
        write_text(out, lesson->summary);
        fputs(" | ", out);
        for (size_t k = 0; k < lesson->program_count; k++)
            if (is_broken_twin(&lesson->programs[k]))
                write_kinds(out, lesson->programs[k].expectation.kinds);
        fputs(" |\n", out);
    }
}
