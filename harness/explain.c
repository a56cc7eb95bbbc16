#include "explain.h"

#include "engines/access.h"
#include "engines/capability.h"

#include <stdlib.h>
#include <string.h>

json_t *explain_json(enum fault_kind kind) {
    const struct explanation *explanation = &explanations[kind];
    return json_pack("{s:s, s:s, s:o}", "meaning", fault_words[kind].meaning, "repair",
                     explanation->repair, "lesson",
                     explanation->lesson ? json_integer(explanation->lesson) : json_null());
}

// What the facts suggest

static char *where(const struct place *place) {
    return string_format("%s:%d", path_base(place->file), place->line);
}

static char *locks_of(const struct place *place) {
    struct text words = {0};
    for (size_t i = 0; i < place->held.count; i++)
        text_add(&words, "%s%s", i ? " and " : "", place->held.items[i]);
    return text_take(&words);
}

static const char *thread_of(const struct place *place) {
    return place->thread ? place->thread : "one thread";
}

static const char *shared_lock(const struct place *a, const struct place *b) {
    for (size_t i = 0; i < a->held.count; i++)
        if (strings_has(&b->held, a->held.items[i]))
            return a->held.items[i];
    return NULL;
}

// One has a lock and the other none: it keeps apart only those who take it.
static char *one_sided(const struct place *with, const struct place *without) {
    char *locks = locks_of(with), *there = where(without);
    char *words = string_format("%s takes %s for this and %s does not: a lock keeps apart only "
                                "those who take it. If %s is what guards the variable, take it at "
                                "%s, too.",
                                thread_of(with), locks, thread_of(without), locks, there);
    free(locks);
    free(there);
    return words;
}

static char *of_race(const struct place *a, const struct place *b) {
    if (!a->held_known || !b->held_known)
        return NULL;
    if (!a->held.count && !b->held.count)
        return file_same(a->file, b->file) && a->line == b->line
                   ? string_copy("Two threads run this line at the same time, and no lock keeps "
                                 "them apart.")
                   : string_copy("No lock is held at either place.");
    if (!a->held.count || !b->held.count)
        return a->held.count ? one_sided(a, b) : one_sided(b, a);
    const char *shared = shared_lock(a, b);
    if (shared && string_ends(shared, access_shared))
        return string_format("Both hold %s, which keeps out only who writes under it. Who writes "
                             "must take it for writing.",
                             shared);
    if (shared)
        return string_format("Both hold %s. So these are two different locks of that name, one of "
                             "each object, and keep nobody apart.",
                             shared);
    char *first = locks_of(a), *second = locks_of(b);
    char *words = string_format("%s holds %s and %s holds %s: two different locks keep nobody "
                                "apart. Take the same one at both places.",
                                thread_of(a), first, thread_of(b), second);
    free(first);
    free(second);
    return words;
}

// A signal that came before the wait

static const char *text(const json_t *json, const char *key) {
    const char *value = json_string_value(json_object_get(json, key));
    return value ? value : "";
}

static bool is_step(const json_t *step, const char *does, const char *object) {
    return strcmp(text(step, "object_kind"), "condition") == 0 &&
           strcmp(text(step, "object"), object) == 0 && string_starts(text(step, "does"), does);
}

// The last step of the thread's wait for that condition; the length of the trace when it has none.
static size_t wait_in(const json_t *trace, const char *thread, const char *object) {
    for (size_t i = json_array_size(trace); i-- > 0;)
        if (is_step(json_array_get(trace, i), "waits for", object) &&
            strcmp(text(json_array_get(trace, i), "thread"), thread) == 0)
            return i;
    return json_array_size(trace);
}

static const json_t *signal_before(const json_t *trace, size_t index, const char *object) {
    while (index-- > 0) {
        const json_t *step = json_array_get(trace, index);
        if (is_step(step, "signals", object) || is_step(step, "broadcasts", object))
            return step;
    }
    return NULL;
}

static char *of_wait(const struct fault *fault, const struct place *place) {
    static const char waits[] = "waits for the condition `";
    if (!place->thread || !place->action || !string_starts(place->action, waits))
        return NULL;
    const char *name = place->action + strlen(waits);
    char *object = string_format("%.*s", (int)strcspn(name, "`"), name), *there = where(place);
    const json_t *trace = json_object_get(fault->exploration, "trace");
    size_t index = wait_in(trace, place->thread, object);
    const json_t *signal =
        index < json_array_size(trace) ? signal_before(trace, index, object) : NULL;
    char *words = NULL;
    if (signal && *text(signal, "file"))
        words = string_format(
            "On the schedule below %s %s `%s` at %s:%d before %s waits for it at %s. A condition "
            "keeps no signal: who comes later must see by a variable that it need not wait.",
            text(signal, "thread"), text(signal, "does"), object, path_base(text(signal, "file")),
            (int)json_integer_value(json_object_get(signal, "line")), place->thread, there);
    else if (index < json_array_size(trace))
        words = string_format("On the schedule below nobody signals `%s` before everybody waits.",
                              object);
    free(object);
    free(there);
    return words;
}

char *explain_here(const struct fault *fault) {
    char *words = NULL;
    for (size_t i = 0; fault->kind == FAULT_STUCK_WAIT && i < fault->place_count && !words; i++)
        words = of_wait(fault, &fault->places[i]);
    if (words)
        return words;
    if (fault->kind == FAULT_DATA_RACE && fault->place_count == 2)
        return of_race(&fault->places[0], &fault->places[1]);
    return NULL;
}

// Why an engine is silent

// What lesson.ini says of this very program.
static const char *stated_reason(const struct program *program, const struct engine *engine,
                                 enum fault_kind kind) {
    const struct expectation *expected = &program->expectation;
    size_t number = (size_t)(engine - engines);
    bool about = (expected->kinds | expected->shipped) & FAULT_BIT(kind);
    return about && expected->sight[number] == SIGHT_BLIND ? expected->reason[number] : NULL;
}

static const struct fault *note_of(const struct verdict *verdict, const char *engine,
                                   const struct fault *fault) {
    for (size_t i = 0; i < verdict->notes.count; i++) {
        const struct fault *note = &verdict->notes.items[i];
        if (strcmp(note->engine, engine) == 0 && fault_alike(note, fault))
            return note;
    }
    return NULL;
}

// The kinds of what it reports instead.
static fault_set found_by(const struct verdict *verdict, const char *engine) {
    fault_set kinds = 0;
    for (size_t i = 0; i < verdict->faults.count; i++)
        if (strcmp(verdict->faults.items[i].engine, engine) == 0)
            kinds |= FAULT_BIT(verdict->faults.items[i].kind);
    return kinds;
}

char *explain_silence(const struct verdict *verdict, const struct engine_result *result,
                      const struct fault *fault) {
    const struct engine *engine = result->engine;
    if (result->outcome == OUTCOME_UNAVAILABLE)
        return string_format("It could not look: %s.", result->reason);
    const char *blind = stated_reason(verdict->program, engine, fault->kind);
    if (!blind)
        blind = capability_blind(engine->name, fault->kind);
    if (blind)
        return string_copy(blind);
    const struct fault *note = note_of(verdict, engine->name, fault);
    if (note)
        return string_format("It reports it too, but its report was refuted: %s", note->message);
    fault_set others = found_by(verdict, engine->name);
    if (others & FAULT_BIT(fault->kind))
        return string_copy("It reports a fault of this kind at other lines.");
    if (fault->kind == FAULT_DEADLOCK && others & FAULT_BIT(FAULT_LOCK_ORDER))
        return string_copy("It reports the order of the locks that leads there; in its runs the "
                           "threads did not meet.");
    if (others) {
        char *kinds = fault_set_names(others);
        char *words = string_format("It reports a %s instead: a run that fails in one way does not "
                                    "show the other.",
                                    kinds);
        free(kinds);
        return words;
    }
    if (result->exploration)
        return string_format("It did not meet it (%s). It tries schedules, not the speed of the "
                             "machine, nor what the program reads from outside.",
                             result->reason);
    return string_format("It could have, and did not meet it (%s): it depends on the schedule, and "
                         "a run shows only one.",
                         result->reason ? result->reason : "one run");
}
