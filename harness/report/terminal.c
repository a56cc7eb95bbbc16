// Verdicts for a person at a terminal.
#include "report.h"

#include "excerpt.h"
#include "explanation.h"
#include "paint.h"
#include "reader.h"
#include "refused.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHOWN_FAULTS = 4, // of one program
    SHOWN_PLACES = 4, // of one fault
    SHOWN_LINES = 12, // of a program's output
    NAME_WIDTH = 10,
};

static char *engines_of(const struct faults *faults) {
    struct strings names = {0};
    for (size_t i = 0; i < faults->count; i++)
        if (!strings_has(&names, faults->items[i].engine))
            strings_add(&names, faults->items[i].engine);
    return reader_joined(&names);
}

static char *kinds_of(const struct faults *faults) {
    struct strings names = {0};
    for (size_t i = 0; i < faults->count; i++)
        if (!strings_has(&names, fault_words[faults->items[i].kind].name))
            strings_add(&names, fault_words[faults->items[i].kind].name);
    return reader_joined(&names);
}

// Who did what at a place, with the line quoted below.
static void write_place(const struct painter *painter, const struct place *place, bool first,
                        bool with_line) {
    char *path = report_path(place->file);
    char *who = reader_place_says(place);
    struct text where = {0};
    text_add_line(&where, path);
    text_add(&where, ":%d", place->line);
    painted(painter, CYAN, "  %s", where.data);
    fputs(*who ? "  " : "", painter->out);
    wrapped_text(painter, who, 6, (int)where.length + 4);
    if (with_line)
        excerpt_write(painter, place->file, place->line, first ? RED : YELLOW);
    text_free(&where);
    free(who);
    free(path);
}

static void write_fault(const struct painter *painter, const struct report *report,
                        const struct verdict *verdict, size_t index) {
    const struct faults *faults = &verdict->faults;
    const struct fault *fault = &faults->items[index];
    char *engines_text = reader_seen_by(faults, index);
    painted(painter, RED, "%s", fault_words[fault->kind].name);
    painted(painter, DIM, "  (seen by %s)\n", engines_text);
    fputs("  ", painter->out);
    wrapped_text(painter, fault_words[fault->kind].meaning, 2, 2);
    if (fault->message) {
        fputs("  ", painter->out);
        wrapped_text(painter, fault->message, 2, 2);
    }
    size_t shown = 0;
    const struct place *last = NULL;
    for (size_t i = 0; i < fault->place_count && shown < SHOWN_PLACES; i++) {
        if (!reader_shows_place(fault, i))
            continue;
        bool again = last && last->line == fault->places[i].line &&
                     strcmp(last->file, fault->places[i].file) == 0;
        write_place(painter, &fault->places[i], shown == 0, !again);
        last = &fault->places[i];
        shown++;
    }
    bool driven = verdict->program->exercise;
    char *program = report_program(report, verdict->program, driven ? "exercise" : "replay");
    char *command = string_format("%s%s", program, driven ? " --schedule" : "");
    free(program);
    const struct fault *traced = reader_traced(faults, index);
    if (traced && !verdict->program->exploration.schedule)
        trace_summary(painter, traced, command);
    free(command);
    if (report->about == REPORT_EXPLORE && fault->exploration) {
        fputc('\n', painter->out);
        trace_columns(painter, json_object_get(fault->exploration, "trace"), NULL);
    }
    fputc('\n', painter->out);
    free(engines_text);
}

static void write_faults(const struct painter *painter, const struct report *report,
                         const struct verdict *verdict) {
    size_t shown = 0, left = 0;
    for (size_t i = 0; i < verdict->faults.count; i++) {
        if (!reader_is_first(&verdict->faults, i))
            continue;
        if (shown == SHOWN_FAULTS) {
            left++;
            continue;
        }
        shown++;
        write_fault(painter, report, verdict, i);
    }
    if (left)
        fprintf(painter->out, "… and %zu more; --format json lists all.\n\n", left);
}

static void write_notes(const struct painter *painter, const struct verdict *verdict) {
    size_t shown = 0;
    for (size_t i = 0; i < verdict->notes.count && shown < SHOWN_FAULTS; i++) {
        const struct fault *note = &verdict->notes.items[i];
        if (!reader_is_first(&verdict->notes, i))
            continue;
        shown++;
        painted(painter, YELLOW, "note");
        fprintf(painter->out, ", no fault: %s reports a %s", note->engine,
                fault_words[note->kind].name);
        if (note->place_count && note->places[0].file)
            fprintf(painter->out, " at %s:%d", path_base(note->places[0].file),
                    note->places[0].line);
        fputs("\n  ", painter->out);
        wrapped_text(painter, note->message ? note->message : "", 2, 2);
    }
    if (shown)
        fputc('\n', painter->out);
}

// "data-race at broken.c:12", the first of each kind that this engine found.
static char *found_by(const struct verdict *verdict, const char *engine) {
    struct text text = {0};
    fault_set said = 0;
    for (size_t i = 0; i < verdict->faults.count; i++) {
        const struct fault *fault = &verdict->faults.items[i];
        if (strcmp(fault->engine, engine) != 0 || said & FAULT_BIT(fault->kind))
            continue;
        said |= FAULT_BIT(fault->kind);
        text_add(&text, "%s%s", text.length ? ", " : "", fault_words[fault->kind].name);
        if (fault->place_count && fault->places[0].file)
            text_add(&text, " at %s:%d", path_base(fault->places[0].file), fault->places[0].line);
    }
    return text_take(&text);
}

static void write_engine(const struct painter *painter, const struct verdict *verdict,
                         size_t index) {
    const struct engine_result *result = &verdict->results[index];
    const char *name = result->engine->name;
    const struct expectation *expected = &verdict->program->expectation;
    size_t number = (size_t)(result->engine - engines);
    fprintf(painter->out, "  %-*s", NAME_WIDTH, name);
    if (result->outcome == OUTCOME_UNAVAILABLE) {
        painted(painter, YELLOW, "unavailable  ");
        bool known = expected->sight[number] == SIGHT_BEYOND && result->beyond;
        wrapped_text(painter, known ? expected->reason[number] : result->reason, NAME_WIDTH + 2,
                     NAME_WIDTH + 15);
        return;
    }
    if (result->outcome == OUTCOME_FAULTS) {
        char *found = found_by(verdict, name);
        painted(painter, RED, "faults  ");
        wrapped_text(painter, found, NAME_WIDTH + 2, NAME_WIDTH + 10);
        free(found);
        return;
    }
    painted(painter, GREEN, "clean   ");
    if (!expected->kinds) {
        wrapped_text(painter, result->reason ? result->reason : "", NAME_WIDTH + 10,
                     NAME_WIDTH + 10);
        return;
    }
    const char *reason = expected->sight[number] == SIGHT_BLIND
                             ? expected->reason[number]
                             : "nothing seen this time; it depends on the schedule";
    wrapped_text(painter, reason, NAME_WIDTH + 10, NAME_WIDTH + 10);
}

static void write_output(const struct painter *painter, const struct program *program) {
    const char *at = program->expected_output;
    fprintf(painter->out, "  It prints, as it should%s:\n",
            program->any_order ? " (the order of lines may differ)" : "");
    for (int line = 0; *at && line < SHOWN_LINES; line++) {
        size_t length = strcspn(at, "\n");
        struct text printable = {0};
        text_add_printable(&printable, at, length);
        painted(painter, DIM, "    | ");
        fprintf(painter->out, "%s\n", printable.data ? printable.data : "");
        text_free(&printable);
        at += length + (at[length] == '\n');
    }
    if (*at)
        fprintf(painter->out, "    | …\n");
}

static void write_headline(const struct painter *painter, const struct report *report,
                           const struct verdict *verdict) {
    char *path = report_path(verdict->program->name);
    struct text name = {0};
    text_add_line(&name, path);
    painted(painter, BOLD, "%s", report->about == REPORT_LESSON ? path_base(name.data) : name.data);
    text_free(&name);
    free(path);
    if (report->about == REPORT_LESSON) {
        bool correct = !verdict->program->expectation.kinds;
        if (verdict->unjudged && verdict->unjudged == verdict->problems.count)
            painted(painter, YELLOW, "  could not be judged\n");
        else if (!verdict->as_expected)
            painted(painter, RED, "  does not behave as the lesson says\n");
        else
            painted(painter, correct ? GREEN : PLAIN,
                    correct ? "  correct: no engine finds a fault\n" : "  broken on purpose\n");
        return;
    }
    static const enum paint colours[] = {GREEN, RED, YELLOW, YELLOW};
    static const char *const words[] = {"clean: no engine finds a fault", "faulty",
                                        "could not be judged", "refused: nothing of it was run"};
    painted(painter, colours[verdict->word], "  %s\n", words[verdict->word]);
}

static void write_problems(const struct painter *painter, const struct verdict *verdict) {
    for (size_t i = 0; i < verdict->problems.count; i++) {
        painted(painter, RED, "  - ");
        wrapped_text(painter, verdict->problems.items[i], 4, 4);
    }
}

// Instead of the engines, which had nothing to run.
static void write_compiler(const struct painter *painter, const struct verdict *verdict) {
    char *found = found_by(verdict, "compiler");
    fprintf(painter->out, "  %-*s", NAME_WIDTH, "compiler");
    if (found && *found) {
        painted(painter, RED, "rejects ");
        wrapped_text(painter, found, NAME_WIDTH + 2, NAME_WIDTH + 10);
    } else {
        painted(painter, YELLOW, "unavailable  ");
        wrapped_text(painter, verdict->results[0].reason, NAME_WIDTH + 2, NAME_WIDTH + 15);
    }
    free(found);
}

static void write_program(const struct painter *painter, const struct report *report,
                          const struct verdict *verdict) {
    write_headline(painter, report, verdict);
    refused_write(painter, verdict);
    bool was_run =
        verdict->word != VERDICT_REFUSED && (verdict->compiled || !verdict->program->lesson);
    if (report_rejected(verdict) || (!was_run && !verdict->refusals.count))
        write_compiler(painter, verdict);
    for (size_t i = 0; i < verdict->result_count && !report_rejected(verdict) && was_run; i++)
        write_engine(painter, verdict, i);
    if (verdict->program->lesson && (was_run || report_rejected(verdict)))
        write_problems(painter, verdict);
    if (report->about == REPORT_LESSON && verdict->as_expected && verdict->program->expected_output)
        write_output(painter, verdict->program);
    fputc('\n', painter->out);
    write_faults(painter, report, verdict);
    write_notes(painter, verdict);
    if (report->about == REPORT_EXPLORE && !verdict->faults.count)
        trace_columns(painter, json_object_get(verdict->results[0].exploration, "trace"), NULL);
}

// An ordinary error of the compiler, which no hint is about.
static bool is_no_lesson(const struct verdict *verdict) {
    for (size_t i = 0; i < verdict->faults.count; i++)
        if (verdict->faults.items[i].kind == FAULT_COMPILE_ERROR)
            return true;
    return false;
}

// Where the long form is.
static void write_explain(const struct painter *painter, const struct report *report) {
    const struct program *program = report->verdicts[0].program;
    if (!report->verdicts[0].faults.count)
        return;
    char *shipped = program->exercise ? string_format("%s/exercise.c", report->lesson->directory)
                                      : string_copy("");
    char *command = report_program(report, program, "explain");
    if (file_same(program->sources.items[0], shipped))
        fprintf(painter->out, "  make explain-%d\n", report->lesson->number);
    else
        fprintf(painter->out, "  %s\n", command);
    free(command);
    free(shipped);
}

static void write_next_of_exercise(const struct painter *painter, const struct report *report) {
    const struct lesson *lesson = report->lesson;
    int status = report_status(report);
    if (status == 0 && report->verdicts[0].result_count == engine_count) {
        painted(painter, GREEN, "Exercise %d is solved.\n", lesson->number);
        return;
    }
    if (status == 0) {
        fprintf(painter->out, "Not every engine has looked: make exercise-%d asks them all.\n",
                lesson->number);
        return;
    }
    if ((report_rejected(&report->verdicts[0]) && is_no_lesson(&report->verdicts[0])) ||
        report->verdicts[0].word == VERDICT_REFUSED)
        return; // there is nothing to see but what the compiler says
    char *directory = report_path(lesson->directory);
    painted(painter, BOLD, "Next\n");
    fprintf(painter->out, "  less %s/exercise.h\n", directory);
    if (lesson->hints[0])
        fprintf(painter->out, "  make hint-%d\n", lesson->number);
    free(directory);
    write_explain(painter, report);
}

static void write_next(const struct painter *painter, const struct report *report) {
    if (report->about == REPORT_LESSON) {
        char *directory = report_path(report->lesson->directory);
        painted(painter, BOLD, "Next\n");
        fprintf(painter->out, "  diff %s/correct.c %s/broken.c\n", directory, directory);
        fprintf(painter->out, "  less %s/README.md\n", directory);
        if (report->lesson->exercise)
            fprintf(painter->out, "  make exercise-%d\n", report->lesson->number);
        free(directory);
        return;
    }
    if (report->about == REPORT_EXERCISE) {
        write_next_of_exercise(painter, report);
        return;
    }
    bool explains = report->about == REPORT_RUN;
    if (report_status(report) != 1 || (!explains && report->kept))
        return;
    painted(painter, BOLD, "Next\n");
    if (explains)
        write_explain(painter, report);
    if (!report->kept) {
        fputs("  ", painter->out);
        wrapped_text(painter,
                     "--keep DIR keeps each tool's own report; --format json is for programs", 2,
                     2);
    }
}

// One line a program, for `check`.
static void write_check(const struct painter *painter, const struct report *report) {
    size_t met = 0;
    for (size_t i = 0; i < report->count; i++) {
        const struct verdict *verdict = &report->verdicts[i];
        met += verdict->as_expected;
        painted(painter, verdict->as_expected ? GREEN : RED, "%-5s",
                verdict->as_expected ? "ok" : "FAIL");
        fprintf(painter->out, "%-36s ", verdict->program->name);
        if (verdict->faults.count) {
            char *kinds = kinds_of(&verdict->faults), *engines_text = engines_of(&verdict->faults);
            fprintf(painter->out, "%s, seen by %s\n", kinds, engines_text);
            free(kinds);
            free(engines_text);
        } else {
            fprintf(painter->out, "%s\n", verdict_words[verdict->word]);
        }
        write_problems(painter, verdict);
    }
    fprintf(painter->out, "%zu programs, %zu as expected", report->count, met);
    if (met < report->count)
        painted(painter, RED, ", %zu not", report->count - met);
    fputc('\n', painter->out);
}

void report_terminal(FILE *out, const struct report *report) {
    struct painter painter = painter_new(out);
    if (report->about == REPORT_CHECK) {
        write_check(&painter, report);
        return;
    }
    if (report->about == REPORT_EXPLAIN) {
        explanation_write(&painter, report);
        return;
    }
    if (report->about == REPORT_LESSON) {
        painted(&painter, BOLD, "Lesson %d: %s\n", report->lesson->number, report->lesson->title);
        wrapped_text(&painter, report->lesson->summary, 0, 0);
        fputc('\n', out);
    }
    for (size_t i = 0; i < report->count; i++)
        write_program(&painter, report, &report->verdicts[i]);
    write_next(&painter, report);
}

void list_terminal(FILE *out, const struct course *course) {
    const char *part = "";
    for (size_t i = 0; i < course->count; i++) {
        const struct lesson *lesson = &course->lessons[i];
        if (strcmp(part, lesson->part) != 0)
            fprintf(out, "%s%s\n", i ? "\n" : "", lesson->part);
        part = lesson->part;
        fprintf(out, "  %2d  %-24s %s\n", lesson->number, lesson->slug + 3, lesson->title);
    }
}
