#include "explanation.h"

#include "../explain.h"
#include "reader.h"
#include "refused.h"
#include "spots.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHOWN_FAULTS = 8,
    SHOWN_OTHERS = 4, // of one fault
    SHOWN_NOTES = 8,
    NAME_WIDTH = 10,
};

static void heading(const struct painter *painter, const char *words) {
    fputc('\n', painter->out);
    painted(painter, BOLD, "%s\n", words);
}

static void paragraph(const struct painter *painter, const char *words) {
    fputs("  ", painter->out);
    wrapped_text(painter, words, 2, 2);
}

// "  tsan      what it says"
static void row(const struct painter *painter, const char *name, const char *words) {
    fprintf(painter->out, "  %-*s", NAME_WIDTH, name);
    wrapped_text(painter, words, NAME_WIDTH + 2, NAME_WIDTH + 2);
}

// One fault, and all reports of it

struct group {
    const struct faults *faults;
    bool member[256];
    const struct fault *telling;
};

// What tells most: the explorer knows the schedule and what each thread holds.
static bool tells_more(const struct fault *a, const struct fault *b) {
    if ((a->exploration != NULL) != (b->exploration != NULL))
        return a->exploration != NULL;
    return a->place_count && b->place_count && a->places[0].held_known && !b->places[0].held_known;
}

enum rank { CAUSES, ORDERS, ENDINGS, RANKS };

// An order of locks is told after the deadlock that it led to, and how a program ends after all that it may
// follow from.
static enum rank rank_of(const struct fault *fault) {
    if (fault->kind == FAULT_LOCK_ORDER)
        return ORDERS;
    return fault->kind >= FAULT_WRONG_OUTPUT && fault->kind != FAULT_COMPILE_ERROR ? ENDINGS
                                                                                   : CAUSES;
}

static size_t first_left(const struct faults *faults, size_t count, const bool *grouped) {
    for (int rank = CAUSES; rank < RANKS; rank++)
        for (size_t i = 0; i < count; i++)
            if (!grouped[i] && rank_of(&faults->items[i]) == (enum rank)rank)
                return i;
    return count;
}

// Gathers those that are one to a reader with the first that is in no group yet; false when all are.
static bool next_group(const struct faults *faults, bool *grouped, struct group *group) {
    size_t count = faults->count < sizeof group->member ? faults->count : sizeof group->member;
    size_t first = first_left(faults, count, grouped);
    if (first == count)
        return false;
    *group = (struct group){.faults = faults, .telling = &faults->items[first]};
    for (size_t i = 0; i < count; i++) {
        if (grouped[i] || !fault_alike(&faults->items[first], &faults->items[i]))
            continue;
        grouped[i] = group->member[i] = true;
        if (tells_more(&faults->items[i], group->telling))
            group->telling = &faults->items[i];
    }
    return true;
}

static bool is_reported_by(const struct group *group, const char *engine) {
    for (size_t i = 0; i < group->faults->count && i < sizeof group->member; i++)
        if (group->member[i] && strcmp(group->faults->items[i].engine, engine) == 0)
            return true;
    return false;
}

static char *reporters(const struct group *group) {
    struct strings names = {0};
    for (size_t i = 0; i < group->faults->count && i < sizeof group->member; i++)
        if (group->member[i] && !strings_has(&names, group->faults->items[i].engine))
            strings_add(&names, group->faults->items[i].engine);
    return reader_joined(&names);
}

static bool is_said(const struct fault *const *said, size_t count, const struct fault *fault) {
    for (size_t i = 0; i < count; i++)
        if (fault_same(said[i], fault))
            return true;
    return false;
}

// At some of these lines, but not the same pair of them. Who tells most is asked first.
static void write_others(const struct painter *painter, const struct group *group) {
    const struct fault *said[sizeof group->member] = {group->telling};
    size_t count = 1, total = group->faults->count;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < total && i < sizeof group->member; i++) {
            const struct fault *fault = &group->faults->items[i];
            if (group->member[i] && fault->place_count && (fault->exploration != NULL) == !pass &&
                !is_said(said, count, fault))
                said[count++] = fault;
        }
    if (count > 1)
        heading(painter, "At the same lines");
    for (size_t i = 1; i < count && i <= SHOWN_OTHERS; i++)
        paragraph(painter, said[i]->message ? said[i]->message : "");
    if (count > SHOWN_OTHERS + 1)
        fprintf(painter->out, "  … and %zu more; --format json lists all.\n",
                count - SHOWN_OTHERS - 1);
}

static void write_frequency(const struct painter *painter, const struct report *report,
                            const struct verdict *verdict, const struct fault *fault) {
    if (!fault->exploration)
        return;
    bool driven = verdict->program->exercise;
    char *program = report_program(report, verdict->program, driven ? "exercise" : "replay");
    char *command = string_format("%s%s", program, driven ? " --schedule" : "");
    heading(painter, "How often it happens");
    trace_summary(painter, fault, command);
    free(command);
    free(program);
}

// Those that are silent for the same reason are told of together.
static void write_silence(const struct painter *painter, const struct verdict *verdict,
                          const struct group *group) {
    size_t count = report_rejected(verdict) ? 0 : verdict->result_count;
    char *why[ENGINES_MOST] = {NULL};
    bool silent = false;
    for (size_t i = 0; i < count; i++)
        if (!is_reported_by(group, verdict->results[i].engine->name))
            why[i] = explain_silence(verdict, &verdict->results[i], group->telling);
    for (size_t i = 0; i < count; i++) {
        struct strings names = {0};
        for (size_t k = i; why[i] && k < count; k++) {
            if (!why[k] || strcmp(why[i], why[k]) != 0)
                continue;
            strings_add(&names, verdict->results[k].engine->name);
            if (k > i) {
                free(why[k]);
                why[k] = NULL;
            }
        }
        if (!names.count)
            continue;
        if (!silent)
            heading(painter, "Where the tools disagree");
        silent = true;
        char *who = reader_joined(&names), *words = string_format("%s: %s", who, why[i]);
        fputs("  ", painter->out);
        wrapped_text(painter, words, 4, 2);
        free(words);
        free(who);
        free(why[i]);
        why[i] = NULL;
    }
}

static bool has_deadlock(const struct verdict *verdict, const struct fault *order) {
    for (size_t i = 0; i < verdict->faults.count; i++)
        if (verdict->faults.items[i].kind == FAULT_DEADLOCK &&
            fault_share_line(&verdict->faults.items[i], order))
            return true;
    return false;
}

static void write_group(const struct painter *painter, const struct report *report,
                        const struct verdict *verdict, const struct group *group, size_t number) {
    const struct fault *fault = group->telling;
    const struct explanation *explanation = &explanations[fault->kind];
    char *names = reporters(group), *here = explain_here(fault);
    fputc('\n', painter->out);
    painted(painter, RED, "%zu. %s", number, fault_words[fault->kind].name);
    painted(painter, DIM, "  (reported by %s)\n", names);
    paragraph(painter, fault->message ? fault->message : fault_words[fault->kind].meaning);
    if (fault->kind == FAULT_LOCK_ORDER && has_deadlock(verdict, fault)) {
        paragraph(painter, "This is the order of the locks that leads to the deadlock above: the "
                           "same mistake, seen in runs in which it did no harm.");
        free(here);
        free(names);
        return;
    }
    if (rank_of(fault) == ENDINGS && number > 1)
        paragraph(painter, "It may follow from what is told above: repair that first.");
    spots_write(painter, fault);
    write_others(painter, group);
    heading(painter, "What it means");
    paragraph(painter, fault_words[fault->kind].meaning);
    if (here) {
        heading(painter, "Here");
        paragraph(painter, here);
    }
    heading(painter, "How it is usually repaired");
    paragraph(painter, explanation->repair);
    write_frequency(painter, report, verdict, fault);
    write_silence(painter, verdict, group);
    if (explanation->lesson) {
        heading(painter, "Which lesson teaches it");
        fprintf(painter->out, "  make lesson-%d\n", explanation->lesson);
    }
    free(here);
    free(names);
}

static void write_notes(const struct painter *painter, const struct verdict *verdict) {
    struct strings said = {0};
    for (size_t i = 0; i < verdict->notes.count && said.count < SHOWN_NOTES; i++) {
        const struct fault *note = &verdict->notes.items[i];
        if (!note->message || strings_has(&said, note->message))
            continue;
        if (!said.count)
            heading(painter, "What a tool reports, and is no fault");
        strings_add(&said, note->message);
        row(painter, note->engine, note->message);
    }
    strings_free(&said);
}

// Without faults

static const json_t *explored(const struct verdict *verdict) {
    for (size_t i = 0; i < verdict->result_count; i++)
        if (verdict->results[i].exploration && verdict->results[i].outcome != OUTCOME_UNAVAILABLE)
            return verdict->results[i].exploration;
    return NULL;
}

static void write_covered(const struct painter *painter, const struct verdict *verdict) {
    heading(painter, "What was looked at");
    for (size_t i = 0; i < verdict->result_count; i++) {
        const struct engine_result *result = &verdict->results[i];
        const char *reason = result->reason ? result->reason : "";
        char *words = result->outcome == OUTCOME_UNAVAILABLE
                          ? string_format("could not look: %s", reason)
                          : string_format("%s: %s", result->engine->title, reason);
        row(painter, result->engine->name, words);
        free(words);
    }
    const json_t *exploration = explored(verdict);
    heading(painter, "What that says");
    if (verdict->word == VERDICT_UNJUDGED)
        paragraph(painter, "Nothing yet: who could not look may be the one that would have seen "
                           "something.");
    else if (json_is_true(json_object_get(exploration, "exhaustive")))
        paragraph(painter, "The explorer has tried every order in which these threads can run, for "
                           "this input: none fails.");
    else
        paragraph(painter, "No run and no schedule that was tried fails. That is no proof: there "
                           "are others. `interleave explore --budget 60` looks for longer.");
}

static void write_headline(const struct painter *painter, const struct verdict *verdict) {
    static const enum paint colours[] = {GREEN, RED, YELLOW, YELLOW};
    static const char *const words[] = {"clean: there is nothing to explain", "faulty",
                                        "could not be judged", "refused: nothing of it was run"};
    char *path = report_path(verdict->program->name);
    struct text name = {0};
    text_add_line(&name, path);
    painted(painter, BOLD, "%s", name.data);
    painted(painter, colours[verdict->word], "  %s\n", words[verdict->word]);
    text_free(&name);
    free(path);
}

static void write_verdict(const struct painter *painter, const struct report *report,
                          const struct verdict *verdict) {
    bool grouped[sizeof((struct group *)NULL)->member] = {false};
    struct group group;
    size_t number = 0, most = sizeof group.member;
    size_t left = verdict->faults.count > most ? verdict->faults.count - most : 0;
    write_headline(painter, verdict);
    while (next_group(&verdict->faults, grouped, &group)) {
        if (number < SHOWN_FAULTS)
            write_group(painter, report, verdict, &group, ++number);
        else
            left++;
    }
    if (left)
        fprintf(painter->out, "\n… and %zu more; --format json lists all.\n", left);
    refused_write(painter, verdict);
    if (!verdict->faults.count && !verdict->refusals.count)
        write_covered(painter, verdict);
    write_notes(painter, verdict);
    if (verdict->word == VERDICT_CLEAN && verdict->program->exercise) {
        fputc('\n', painter->out);
        painted(painter, GREEN, "Exercise %d is solved.\n", report->lesson->number);
    }
}

void explanation_write(const struct painter *painter, const struct report *report) {
    for (size_t i = 0; i < report->count; i++)
        write_verdict(painter, report, &report->verdicts[i]);
}
