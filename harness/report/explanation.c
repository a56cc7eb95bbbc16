#include "explanation.h"

#include "../explain.h"
#include "excerpt.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHOWN_FAULTS = 8,
    SHOWN_SPOTS = 12,
    SHOWN_OTHERS = 4, // of one fault
    SHOWN_NOTES = 8,
    CONTEXT = 2, // lines of the source above and below
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

// The source

struct spot {
    const struct place *place;
    bool before; // it only led there
};

static bool is_known(const struct spot *spots, size_t count, const struct place *place) {
    for (size_t i = 0; i < count; i++) {
        const struct place *other = spots[i].place;
        if (other->line == place->line && file_same(other->file, place->file) &&
            strcmp(other->thread ? other->thread : "", place->thread ? place->thread : "") == 0 &&
            strcmp(other->action ? other->action : "", place->action ? place->action : "") == 0)
            return true;
    }
    return false;
}

static size_t collect(struct spot spots[SHOWN_SPOTS], const struct fault *fault) {
    size_t count = 0;
    for (size_t i = 0; i < fault->place_count + fault->before_count; i++) {
        bool before = i >= fault->place_count;
        const struct place *place =
            before ? &fault->before[i - fault->place_count] : &fault->places[i];
        if (place->file && place->line > 0 && count < SHOWN_SPOTS && !is_known(spots, count, place))
            spots[count++] = (struct spot){place, before};
    }
    return count;
}

static int by_line(const void *a, const void *b) {
    const struct spot *left = a, *right = b;
    int lines = left->place->line - right->place->line;
    return lines ? lines : left->before - right->before;
}

static void write_spot(const struct painter *painter, const struct place *place) {
    const char *thread = place->thread ? place->thread : "";
    const char *function =
        place->function && strcmp(place->function, thread) != 0 ? place->function : "";
    struct text words = {0};
    text_add(&words, "%s%s%s%s%s", thread, *thread && *function ? " in " : "", function,
             place->action && (*thread || *function) ? ": " : "",
             place->action ? place->action : "");
    painted(painter, DIM, "       | ");
    wrapped_text(painter, words.length ? words.data : "here", 11, 9);
    text_free(&words);
}

// The spots of one file, in the order of its lines, with the lines around them; each line once.
static void write_file(const struct painter *painter, const struct spot *spots, size_t count) {
    char *path = report_path(spots[0].place->file);
    struct text printable = {0};
    text_add_line(&printable, path);
    painted(painter, CYAN, "  %s\n", printable.data);
    text_free(&printable);
    free(path);
    int done = 0; // the last line that is written
    for (size_t i = 0; i < count;) {
        const char *file = spots[i].place->file;
        int line = spots[i].place->line;
        int from = line - CONTEXT > done ? line - CONTEXT : done + 1;
        if (done && from > done + 1)
            painted(painter, DIM, "       …\n");
        for (int number = from > 0 ? from : 1; number < line; number++)
            excerpt_line(painter, file, number);
        if (!excerpt_write(painter, file, line, spots[i].before ? YELLOW : RED))
            painted(painter, DIM, "%6d | (this line is not there any more)\n", line);
        while (i < count && spots[i].place->line == line)
            write_spot(painter, spots[i++].place);
        int next = i < count ? spots[i].place->line : line + CONTEXT + 1;
        for (done = line; done < line + CONTEXT && done + 1 < next; done++)
            if (!excerpt_line(painter, file, done + 1))
                break;
    }
}

static void write_source(const struct painter *painter, const struct fault *fault) {
    struct spot spots[SHOWN_SPOTS], of_file[SHOWN_SPOTS];
    size_t count = collect(spots, fault);
    bool written[SHOWN_SPOTS] = {false};
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        for (size_t k = i; k < count; k++)
            if (!written[k] && file_same(spots[i].place->file, spots[k].place->file)) {
                of_file[found++] = spots[k];
                written[k] = true;
            }
        if (!found)
            continue;
        qsort(of_file, found, sizeof of_file[0], by_line);
        fputc('\n', painter->out);
        write_file(painter, of_file, found);
    }
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

// How a program ends mostly follows from something else.
static bool is_ending(const struct fault *fault) {
    return fault->kind >= FAULT_WRONG_OUTPUT && fault->kind != FAULT_COMPILE_ERROR;
}

static size_t first_left(const struct faults *faults, size_t count, const bool *grouped,
                         bool endings) {
    size_t first = 0;
    while (first < count && (grouped[first] || is_ending(&faults->items[first]) != endings))
        first++;
    return first;
}

// Gathers those that are one to a reader with the first that is in no group yet; false when all are.
static bool next_group(const struct faults *faults, bool *grouped, struct group *group) {
    size_t count = faults->count < sizeof group->member ? faults->count : sizeof group->member;
    size_t first = first_left(faults, count, grouped, false);
    if (first == count)
        first = first_left(faults, count, grouped, true);
    if (first == count)
        return false;
    *group = (struct group){.faults = faults, .telling = &faults->items[first]};
    for (size_t i = first; i < count; i++) {
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

// "tsan, helgrind and explore"; takes the names over.
static char *joined(struct strings *names) {
    struct text words = {0};
    for (size_t i = 0; i < names->count; i++)
        text_add(&words, "%s%s",
                 i == 0                  ? ""
                 : i + 1 == names->count ? " and "
                                         : ", ",
                 names->items[i]);
    strings_free(names);
    return text_take(&words);
}

static char *reporters(const struct group *group) {
    struct strings names = {0};
    for (size_t i = 0; i < group->faults->count && i < sizeof group->member; i++)
        if (group->member[i] && !strings_has(&names, group->faults->items[i].engine))
            strings_add(&names, group->faults->items[i].engine);
    return joined(&names);
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
        char *who = joined(&names), *words = string_format("%s: %s", who, why[i]);
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
    if (is_ending(fault) && number > 1)
        paragraph(painter, "It may follow from what is told above: repair that first.");
    write_source(painter, fault);
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
        bool silent = result->outcome == OUTCOME_UNAVAILABLE;
        char *words = string_format("%s%s%s%s", silent ? "could not look: " : result->engine->title,
                                    silent || !result->reason ? "" : ": ",
                                    result->reason ? result->reason : "", "");
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
    static const enum paint colours[] = {GREEN, RED, YELLOW};
    static const char *const words[] = {"clean: there is nothing to explain", "faulty",
                                        "could not be judged"};
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
    size_t number = 0, left = 0;
    write_headline(painter, verdict);
    while (next_group(&verdict->faults, grouped, &group)) {
        if (number < SHOWN_FAULTS)
            write_group(painter, report, verdict, &group, ++number);
        else
            left++;
    }
    if (left)
        fprintf(painter->out, "\n… and %zu more; --format json lists all.\n", left);
    if (!verdict->faults.count)
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
