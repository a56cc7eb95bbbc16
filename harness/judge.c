#include "judge.h"

#include "engines/access.h"
#include "engines/capability.h"

#include <stdlib.h>
#include <string.h>

const char *const outcome_words[] = {"clean", "faults", "unavailable"};
const char *const verdict_words[] = {"clean", "faulty", "unjudged", "refused"};

bool judge_expects(const struct program *program, const struct fault *fault) {
    const struct expectation *expected = &program->expectation;
    if (!(expected->kinds & FAULT_BIT(fault->kind)))
        return false;
    if (program->exercise) // a mark would give the answer away
        return true;
    for (size_t i = 0; i < fault->place_count; i++)
        for (size_t k = 0; k < expected->marker_count; k++)
            if (expected->markers[k].line == fault->places[i].line &&
                file_same(expected->markers[k].file, fault->places[i].file))
                return true;
    return fault->place_count == 0 && fault->kind >= FAULT_WRONG_OUTPUT; // these have no line
}

static const struct engine_result *result_of(const struct verdict *verdict, const char *engine) {
    for (size_t i = 0; i < verdict->result_count; i++)
        if (strcmp(verdict->results[i].engine->name, engine) == 0)
            return &verdict->results[i];
    return NULL;
}

// Only all schedules up to some bound say that something cannot happen.
static bool is_thorough(const struct engine_result *result) {
    enum { ENOUGH_BOUNDS = 3 }; // 0, 1 and 2 preemptions
    return json_is_true(json_object_get(result->exploration, "exhaustive")) ||
           json_integer_value(json_object_get(result->exploration, "bounds_done")) >= ENOUGH_BOUNDS;
}

// Has that engine looked, and seen nothing of the kind at these lines?
static bool refutes(const struct verdict *verdict, const char *engine, const struct fault *fault) {
    const struct engine_result *result = result_of(verdict, engine);
    if (!result || result->outcome == OUTCOME_UNAVAILABLE)
        return false;
    if (result->exploration)
        return result->outcome == OUTCOME_CLEAN && is_thorough(result);
    for (size_t i = 0; i < result->faults.count; i++)
        if (result->faults.items[i].kind == fault->kind &&
            fault_share_line(&result->faults.items[i], fault))
            return false;
    return true;
}

static unsigned traits_of(const struct verdict *verdict) {
    unsigned traits = 0;
    for (size_t i = 0; i < verdict->result_count; i++)
        traits |= verdict->results[i].traits;
    return traits;
}

// A race on a frame that its function has left says nothing more than that the frame was left.
static bool is_on_left_frame(const struct verdict *verdict, const struct fault *fault) {
    const struct engine_result *asan = result_of(verdict, "asan");
    for (size_t i = 0; fault->kind == FAULT_DATA_RACE && asan && i < asan->faults.count; i++)
        if (asan->faults.items[i].kind == FAULT_STACK_ESCAPE &&
            fault_share_line(&asan->faults.items[i], fault))
            return true;
    return false;
}

// Why the fault is only a note; NULL when it is not.
static const char *reason_to_doubt(const struct verdict *verdict, const struct fault *fault) {
    const struct doubt *doubt = capability_doubt(fault, traits_of(verdict));
    if (doubt && refutes(verdict, doubt->by, fault))
        return doubt->reason;
    if (is_on_left_frame(verdict, fault))
        return "the memory belongs to a function that has ended; see the stack-escape";
    return NULL;
}

// Of what is refuted the report must not say more than that its engine knows of no order.
static char *doubted(const struct fault *fault, const char *reason) {
    const char *claim = fault->message ? strstr(fault->message, access_unordered) : NULL;
    if (!claim)
        return string_format("%s (%s)", fault->message, reason);
    return string_format("%.*snothing that %s knows orders the two%s (%s)",
                         (int)(claim - fault->message), fault->message, fault->engine,
                         claim + strlen(access_unordered), reason);
}

static void doubt(struct verdict *verdict, struct engine_result *result) {
    size_t kept = 0;
    struct faults *faults = &result->faults;
    for (size_t i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->items[i];
        const char *reason = reason_to_doubt(verdict, fault);
        if (!reason) {
            faults->items[kept++] = *fault;
            continue;
        }
        struct fault *note =
            faults_add(&result->notes, fault->kind, fault->engine, doubted(fault, reason));
        note->places = fault->places;
        note->place_count = fault->place_count;
        note->before = fault->before;
        note->before_count = fault->before_count;
        note->exploration = fault->exploration;
        free(fault->message);
    }
    faults->count = kept;
    if (result->outcome == OUTCOME_FAULTS && kept == 0)
        result->outcome = OUTCOME_CLEAN;
}

static void move_up(struct faults *to, struct faults *from) {
    for (size_t i = 0; i < from->count; i++) {
        to->items = memory_resize(to->items, to->count + 1, sizeof *to->items);
        to->items[to->count++] = from->items[i];
    }
    free(from->items);
    *from = (struct faults){0};
}

static const char compiler[] = "compiler";

static char *marked_lines(const struct expectation *expected) {
    struct text lines = {0};
    for (size_t i = 0; i < expected->marker_count; i++) {
        text_add(&lines, "%s%s:%d", i ? " or " : "", path_base(expected->markers[i].file),
                 expected->markers[i].line);
    }
    return text_take(&lines);
}

static char *places_of(const struct fault *fault) {
    struct text text = {0};
    for (size_t i = 0; i < fault->place_count; i++) {
        const char *file = fault->places[i].file ? fault->places[i].file : "?";
        text_add(&text, "%s%s:%d", i ? ", " : " at ", path_base(file), fault->places[i].line);
    }
    return text_take(&text);
}

// Whether `fault` is one that is expected; a problem when not.
static bool accept_fault(struct verdict *verdict, const char *name, const struct fault *fault) {
    if (judge_expects(verdict->program, fault))
        return true;
    char *places = places_of(fault);
    strings_addf(&verdict->problems, "%s found a %s%s that is not expected: %s", name,
                 fault_words[fault->kind].name, places, fault->message);
    free(places);
    return false;
}

// A problem that neither a fault nor an engine's reason tells of.
static void add_unmet(struct verdict *verdict, char *sentence) {
    strings_add(&verdict->problems, sentence);
    strings_add(&verdict->unmet, sentence);
    free(sentence);
}

static void miss(struct verdict *verdict, const char *name) {
    const struct expectation *expected = &verdict->program->expectation;
    char *kinds = fault_set_names(expected->kinds), *lines = marked_lines(expected);
    add_unmet(verdict, string_format("%s must find a %s%s%s (%s), and did not", name, kinds,
                                     *lines ? " at " : "", lines, expected->kinds_from));
    free(kinds);
    free(lines);
}

static void compare_result(struct verdict *verdict, const struct engine_result *result) {
    const struct expectation *expected = &verdict->program->expectation;
    const char *name = result->engine->name;
    size_t index = (size_t)(result->engine - engines);
    bool seen = false, beyond = expected->sight[index] == SIGHT_BEYOND;
    if (result->outcome == OUTCOME_UNAVAILABLE) {
        if (beyond && result->beyond)
            return;
        strings_addf(&verdict->problems, "%s could not judge: %s", name, result->reason);
        verdict->unjudged++;
        return;
    }
    for (size_t i = 0; i < result->faults.count; i++) {
        if (accept_fault(verdict, name, &result->faults.items[i]))
            seen = true;
    }
    if (beyond)
        add_unmet(verdict, string_format(
                               "%s can judge the program, which lesson.ini says is beyond it: take "
                               "beyond.%s out, and say what it sees",
                               name, name));
    if (expected->sight[index] == SIGHT_MUST && !seen)
        miss(verdict, name);
    if (expected->sight[index] == SIGHT_BLIND && seen) {
        char *kinds = fault_set_names(expected->kinds);
        add_unmet(verdict,
                  string_format(
                      "%s finds the %s that %s says it is blind to: move it to may-see or must-see",
                      name, kinds, expected->kinds_from));
        free(kinds);
    }
}

// What the compiler could not look at, nobody has judged.
static bool is_unread(const struct verdict *verdict) {
    return !verdict->compiled && !verdict->rejected.count && verdict->result_count;
}

// Where no engine must see the fault, the compiler must (by an annotation), or one that may see it.
static void compare_unseen(struct verdict *verdict) {
    const struct expectation *expected = &verdict->program->expectation;
    for (size_t i = 0; i < engine_count; i++)
        if (expected->sight[i] == SIGHT_MUST)
            return;
    for (size_t i = 0; i < verdict->rejected.count; i++)
        if (judge_expects(verdict->program, &verdict->rejected.items[i]))
            return;
    for (size_t i = 0; i < verdict->result_count; i++)
        for (size_t k = 0; k < verdict->results[i].faults.count; k++)
            if (judge_expects(verdict->program, &verdict->results[i].faults.items[k]))
                return;
    char *kinds = fault_set_names(expected->kinds), *lines = marked_lines(expected);
    add_unmet(verdict, string_format("neither the compiler nor an engine found a %s at %s (%s)",
                                     kinds, lines, expected->kinds_from));
    free(kinds);
    free(lines);
}

static void compare_expectation(struct verdict *verdict) {
    bool must_reject = verdict->program->expectation.compiler, seen = false;
    for (size_t i = 0; i < verdict->rejected.count; i++)
        if (accept_fault(verdict, compiler, &verdict->rejected.items[i]))
            seen = true;
    if (is_unread(verdict)) {
        strings_addf(&verdict->problems, "%s could not judge: %s", compiler,
                     verdict->results[0].reason);
        verdict->unjudged++;
    } else if (must_reject && !seen) {
        miss(verdict, compiler);
    } else if (!must_reject && !verdict->rejected.count) {
        for (size_t i = 0; i < verdict->result_count; i++)
            compare_result(verdict, &verdict->results[i]);
    }
    if (verdict->program->expectation.kinds && !must_reject)
        compare_unseen(verdict);
    verdict->as_expected = verdict->problems.count == 0;
}

void refusals_add(struct refusals *refusals, struct refusal refusal) {
    refusals->items = memory_resize(refusals->items, refusals->count + 1, sizeof *refusals->items);
    refusals->items[refusals->count++] = refusal;
}

static void refusal_free(struct refusal *refusal) {
    free(refusal->file);
    free(refusal->name);
    free(refusal->message);
}

static void refusals_free(struct refusals *refusals) {
    for (size_t i = 0; i < refusals->count; i++)
        refusal_free(&refusals->items[i]);
    free(refusals->items);
    *refusals = (struct refusals){0};
}

// Of a file that is both refused and rejected one thing is said: what is refused, unless it is the linker
// that says what is missing.
static void settle_refusals(struct verdict *verdict) {
    struct refusals *refusals = &verdict->refusals;
    size_t kept = 0;
    for (size_t i = 0; i < refusals->count; i++)
        if (refusals->items[i].if_it_links && verdict->rejected.count)
            refusal_free(&refusals->items[i]);
        else
            refusals->items[kept++] = refusals->items[i];
    refusals->count = kept;
    if (kept)
        faults_free(&verdict->rejected);
}

void judge_compare(struct verdict *verdict) {
    bool unavailable = false;
    settle_refusals(verdict);
    for (size_t i = 0; i < verdict->result_count; i++) {
        doubt(verdict, &verdict->results[i]);
        // What one engine does not model, the others have judged.
        unavailable = unavailable || (verdict->results[i].outcome == OUTCOME_UNAVAILABLE &&
                                      !(verdict->results[i].beyond && verdict->result_count > 1));
    }
    if (verdict->program->lesson)
        compare_expectation(verdict);
    move_up(&verdict->faults, &verdict->rejected);
    for (size_t i = 0; i < verdict->result_count; i++) {
        move_up(&verdict->faults, &verdict->results[i].faults);
        move_up(&verdict->notes, &verdict->results[i].notes);
    }
    verdict->word = verdict->refusals.count ? VERDICT_REFUSED
                    : verdict->faults.count ? VERDICT_FAULTY
                    : unavailable           ? VERDICT_UNJUDGED
                                            : VERDICT_CLEAN;
}

void verdict_free(struct verdict *verdict) {
    for (size_t i = 0; i < verdict->result_count; i++) {
        free(verdict->results[i].reason);
        faults_free(&verdict->results[i].faults);
        faults_free(&verdict->results[i].notes);
        json_decref(verdict->results[i].exploration);
    }
    refusals_free(&verdict->refusals);
    faults_free(&verdict->rejected);
    faults_free(&verdict->faults);
    faults_free(&verdict->notes);
    strings_free(&verdict->problems);
    strings_free(&verdict->unmet);
}
