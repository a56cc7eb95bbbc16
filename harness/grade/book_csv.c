// grades.csv: a row for each student, for spreadsheets and the import of a learning platform (RFC 4180).
#include "book.h"

#include <stdlib.h>
#include <string.h>

static const char name[] = "grades.csv";

// A spreadsheet takes such a cell for a formula.
static bool is_formula(const char *cell) {
    return *cell && strchr("=+-@\t\r", *cell);
}

static void cell(FILE *out, const char *before, const char *words) {
    fprintf(out, "%s\"%s", before, is_formula(words) ? "'" : "");
    for (; *words; words++)
        fprintf(out, *words == '"' ? "\"\"" : "%c", *words);
    fputc('"', out);
}

static void number(FILE *out, hundredths points) {
    char *words = points_words(points);
    fprintf(out, ",%s", words);
    free(words);
}

static void *open_csv(struct desk *desk) {
    FILE *out = desk_open(desk, name);
    if (!out)
        return NULL;
    fputs("id,name", out);
    for (size_t i = 0; i < desk->roll->lesson_count; i++)
        fprintf(out, ",%s", desk->roll->lessons[i]->slug);
    fputs(",total,of,open,percent,notes,sandbox,harness,scheme\r\n", out);
    return out;
}

static void add_note(struct text *notes, const struct student *student, enum mark mark,
                     const char *says) {
    const char *before = notes->length ? "; " : "";
    bool any = false;
    for (size_t i = 0; i < student->count; i++) {
        const struct score *score = &student->pairs[i].score;
        bool open = mark == MARK_OPEN && score->open;
        if (score->mark != mark && !open)
            continue;
        if (any)
            text_add(notes, " %d", student->pairs[i].lesson->number);
        else
            text_add(notes, "%s%s: %d", before, says, student->pairs[i].lesson->number);
        any = true;
    }
}

static char *notes_of(const struct student *student) {
    struct text notes = {0};
    add_note(&notes, student, MARK_OPEN, "for a person");
    add_note(&notes, student, MARK_REFUSED, "refused, for a person");
    add_note(&notes, student, MARK_BROKEN, "does not build");
    add_note(&notes, student, MARK_UNCHANGED, "not attempted");
    add_note(&notes, student, MARK_MISSING, "not handed in");
    if (student->unsafe)
        text_add(&notes, "%sUNSAFE: run without a sandbox", notes.length ? "; " : "");
    return text_take(&notes);
}

static void end_csv(struct desk *desk, void *state, const struct student *student) {
    FILE *out = state;
    if (!out)
        return;
    cell(out, "", student->id);
    cell(out, ",", student->name);
    for (size_t i = 0; i < student->count; i++) {
        const struct score *score = &student->pairs[i].score;
        if (score->open)
            fputc(',', out); // empty: neither points nor a zero
        else
            number(out, score->points);
    }
    number(out, student->points);
    number(out, student->of);
    number(out, student->open);
    if (student->of)
        fprintf(out, ",%.1f", 100.0 * (double)student->points / (double)student->of);
    else
        fputc(',', out);
    char *notes = notes_of(student);
    const char *run = *student->sandboxes ? student->sandboxes : roll_text(desk->roll, "sandbox");
    cell(out, ",", notes);
    cell(out, ",", run);
    cell(out, ",", roll_text(desk->roll, "harness"));
    cell(out, ",", desk->scheme);
    fputs("\r\n", out);
    free(notes);
}

static void close_csv(struct desk *desk, void *state) {
    desk_close(desk, state, name);
}

const struct book book_csv = {.name = name, .open = open_csv, .end = end_csv, .close = close_csv};
