#include "remark.h"

#include "../source.h"
#include "reader.h"

#include <stdlib.h>
#include <string.h>

const char remark_unjudged[] = "unjudged", remark_unmet[] = "expectation",
           remark_refused[] = "refused";

static const struct {
    enum remark_level level;
    const char *rule;   // NULL: the kind of the fault
    const char *before; // the message
    const char *by;     // whom it comes from, or NULL: the message says so
} abouts[REMARK_ABOUTS] = {
    [REMARK_FAULT] = {REMARK_ERROR, NULL, "", "seen by"},
    [REMARK_EXPECTED] = {REMARK_NOTE, NULL, "broken on purpose: ", "seen by"},
    [REMARK_REFUTED] = {REMARK_NOTE, NULL, "no fault: ", "reported by"},
    [REMARK_REFUSED] = {REMARK_ERROR, remark_refused, "", NULL},
    [REMARK_UNJUDGED] = {REMARK_WARNING, remark_unjudged, "", NULL},
    [REMARK_BEYOND] = {REMARK_NOTE, remark_unjudged, "", NULL},
    [REMARK_UNMET] = {REMARK_ERROR, remark_unmet, "", NULL},
};

int remark_column(const char *file, int line) {
    char *text = file && line > 0 ? source_line(file, line) : NULL;
    int column = text && text[source_indent(text)] ? (int)source_indent(text) + 1 : 1;
    free(text);
    return column;
}

// Takes the message and the names of engines over.
static struct remark *add(struct remarks *remarks, enum remark_about about, char *message,
                          char *names, const char *file, int line) {
    remarks->items = memory_resize(remarks->items, remarks->count + 1, sizeof *remarks->items);
    struct remark *remark = &remarks->items[remarks->count++];
    struct text words = {0};
    text_add(&words, "%s", abouts[about].before);
    text_add_line(&words, message);
    if (abouts[about].by)
        text_add(&words, " (%s %s)", abouts[about].by, names);
    free(message);
    *remark = (struct remark){.about = about,
                              .level = abouts[about].level,
                              .rule = abouts[about].rule,
                              .engines = names,
                              .message = text_take(&words),
                              .file = report_path(file),
                              .line = line,
                              .column = remark_column(file, line)};
    return remark;
}

static const struct place *first_place(const struct fault *fault) {
    for (size_t i = 0; i < fault->place_count; i++)
        if (fault->places[i].file)
            return &fault->places[i];
    return NULL;
}

static bool is_expected(const struct verdict *verdict, const struct fault *fault) {
    return verdict->program->lesson && judge_expects(verdict->program, fault);
}

// What is expected and what is not are told apart even when the reader would take them for one.
static bool is_told(const struct verdict *verdict, const struct faults *faults, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (fault_alike(&faults->items[i], &faults->items[index]) &&
            is_expected(verdict, &faults->items[i]) == is_expected(verdict, &faults->items[index]))
            return true;
    return false;
}

static void add_faults(struct remarks *remarks, const struct verdict *verdict,
                       const struct faults *faults, bool refuted) {
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->items[i];
        if (is_told(verdict, faults, i))
            continue;
        const struct place *place = first_place(fault);
        const char *says = fault->message ? fault->message : fault_words[fault->kind].meaning;
        struct remark *remark =
            add(remarks,
                refuted                       ? REMARK_REFUTED
                : is_expected(verdict, fault) ? REMARK_EXPECTED
                                              : REMARK_FAULT,
                string_copy(says), reader_seen_by(faults, i),
                place ? place->file : verdict->program->sources.items[0], place ? place->line : 0);
        remark->rule = fault_words[fault->kind].name;
        remark->fault = fault;
        remark->traced = reader_traced(faults, i);
    }
}

static void add_refused(struct remarks *remarks, const struct verdict *verdict) {
    for (size_t i = 0; i < verdict->refusals.count; i++) {
        const struct refusal *refusal = &verdict->refusals.items[i];
        add(remarks, REMARK_REFUSED, string_copy(refusal->message), string_copy(""), refusal->file,
            refusal->line);
    }
}

static bool is_beyond(const struct verdict *verdict, const struct engine_result *result) {
    if (!verdict->program->lesson)
        return result->beyond && verdict->result_count > 1;
    return result->beyond &&
           verdict->program->expectation.sight[result->engine - engines] == SIGHT_BEYOND;
}

static bool same_reason(const struct engine_result *a, const struct engine_result *b) {
    return a->outcome == OUTCOME_UNAVAILABLE && b->outcome == OUTCOME_UNAVAILABLE && a->reason &&
           b->reason && strcmp(a->reason, b->reason) == 0;
}

static void add_unjudged(struct remarks *remarks, const struct verdict *verdict) {
    const struct engine_result *results = verdict->results;
    for (size_t i = 0; i < verdict->result_count; i++) {
        bool told = results[i].outcome != OUTCOME_UNAVAILABLE;
        for (size_t k = 0; k < i && !told; k++)
            told = same_reason(&results[k], &results[i]);
        if (told)
            continue;
        struct strings names = {0};
        strings_add(&names, results[i].engine->name);
        for (size_t k = i + 1; k < verdict->result_count; k++)
            if (same_reason(&results[k], &results[i]))
                strings_add(&names, results[k].engine->name);
        char *engines_text = reader_joined(&names);
        add(remarks, is_beyond(verdict, &results[i]) ? REMARK_BEYOND : REMARK_UNJUDGED,
            string_format("%s could not judge: %s", engines_text, results[i].reason), engines_text,
            verdict->program->sources.items[0], 0);
    }
}

// At the line of lesson.ini that the program's faults stand on.
static void add_unmet(struct remarks *remarks, const struct verdict *verdict) {
    if (!verdict->unmet.count)
        return;
    char *manifest = string_format("%s/lesson.ini", verdict->program->lesson->directory);
    const char *from = verdict->program->expectation.kinds_from;
    const char *colon = from ? strrchr(from, ':') : NULL;
    for (size_t i = 0; i < verdict->unmet.count; i++)
        add(remarks, REMARK_UNMET,
            string_format("%s: %s", verdict->program->name, verdict->unmet.items[i]),
            string_copy(""), manifest, colon ? atoi(colon + 1) : 0);
    free(manifest);
}

void remarks_read(struct remarks *remarks, const struct report *report) {
    *remarks = (struct remarks){0};
    for (size_t i = 0; i < report->count; i++) {
        const struct verdict *verdict = &report->verdicts[i];
        add_faults(remarks, verdict, &verdict->faults, false);
        add_refused(remarks, verdict);
        if (!report_rejected(verdict) && !verdict->refusals.count)
            add_unjudged(remarks, verdict);
        add_unmet(remarks, verdict);
        add_faults(remarks, verdict, &verdict->notes, true);
    }
}

void remarks_free(struct remarks *remarks) {
    for (size_t i = 0; i < remarks->count; i++) {
        free(remarks->items[i].engines);
        free(remarks->items[i].message);
        free(remarks->items[i].file);
    }
    free(remarks->items);
    *remarks = (struct remarks){0};
}

bool remark_other_place(const struct remark *remark, size_t index, char **file, char **says) {
    const struct place *place = &remark->fault->places[index];
    if (place == first_place(remark->fault) || !reader_shows_place(remark->fault, index))
        return false;
    char *words = reader_place_says(place);
    struct text line = {0};
    text_add_line(&line, *words ? words : "takes part");
    free(words);
    *file = report_path(place->file);
    *says = text_take(&line);
    return true;
}
