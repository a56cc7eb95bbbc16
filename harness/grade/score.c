#include "score.h"

#include "../engines/engine.h"

#include <stdlib.h>
#include <string.h>

const struct mark_word mark_words[MARKS] = {
    [MARK_MISSING] = {"missing", "not handed in", "–"},
    [MARK_UNCHANGED] = {"unchanged", "not attempted: the file as it is shipped", "="},
    [MARK_CORRECT] = {"correct", "correct", "✓"},
    [MARK_FAULTY] = {"faulty", "has faults", "✗"},
    [MARK_BROKEN] = {"broken", "does not build", "✗"},
    [MARK_REFUSED] = {"refused", "refused: for a person to look at", "!"},
    [MARK_OPEN] = {"open", "not judged yet: for a person to look at", "?"},
};

const char *const state_words[STATES] = {
    [STATE_PASSED] = "passed",
    [STATE_FAILED] = "failed",
    [STATE_HIDDEN] = "not examined",
    [STATE_OPEN] = "for a person",
};

static const char *text(const json_t *json, const char *key) {
    const char *value = json_string_value(json_object_get(json, key));
    return value ? value : "";
}

static void set_all(struct score *score, enum check_state state) {
    for (int check = 0; check < CHECKS; check++)
        score->checks[check].state = state;
}

// What all the judgements found together.
struct seen {
    fault_set kinds;
    bool unknown;           // a kind that this harness does not know
    unsigned blind[CHECKS]; // engines that could not look, of those that must
};

static void see_faults(struct seen *seen, const json_t *program) {
    size_t i;
    json_t *fault;
    json_array_foreach(json_object_get(program, "faults"), i, fault) {
        enum fault_kind kind = fault_kind_named(text(fault, "kind"));
        seen->unknown = seen->unknown || kind == FAULT_KINDS;
        seen->kinds |= kind == FAULT_KINDS ? 0 : FAULT_BIT(kind);
    }
}

static void see_engines(struct seen *seen, const json_t *program) {
    const char *name;
    json_t *engine;
    json_object_foreach(json_object_get(program, "engines"), name, engine) {
        if (strcmp(text(engine, "outcome"), "unavailable") != 0)
            continue;
        char *word = string_format(" %s ", name);
        for (int check = 0; check < CHECKS; check++)
            seen->blind[check] += strstr(check_words[check].engines, word) != NULL;
        free(word);
    }
}

static struct seen see(const json_t *record) {
    struct seen seen = {0};
    size_t i;
    json_t *judgement;
    json_array_foreach(json_object_get(record, "judgements"), i, judgement) {
        const json_t *program = json_object_get(judgement, "program");
        see_faults(&seen, program);
        see_engines(&seen, program);
    }
    return seen;
}

// Of a program in which something was found. What ends a run hides what would have come later; and as such a
// program does not always come to its result, that is not shown to be right either.
static void set_faulty(struct score *score, const struct seen *seen) {
    bool builds = !(seen->kinds & check_words[CHECK_BUILDS].kinds);
    bool runs = builds && !(seen->kinds & FAULT_BIT(FAULT_THREAD_SAFETY));
    bool ends = seen->kinds & check_ends_run;
    score->mark = builds ? MARK_FAULTY : MARK_BROKEN;
    for (int check = 0; check < CHECKS; check++) {
        bool found = seen->kinds & check_words[check].kinds;
        bool hidden = check != CHECK_BUILDS && (!runs || ends);
        score->checks[check].state = found                ? STATE_FAILED
                                     : hidden             ? STATE_HIDDEN
                                     : seen->blind[check] ? STATE_OPEN
                                                          : STATE_PASSED;
    }
}

// Points for what is passed, unless something that is required is not; what nobody could look at stays open.
static void give(struct score *score, unsigned required) {
    for (int check = 0; check < CHECKS; check++) {
        enum check_state state = score->checks[check].state;
        if (required & 1U << check && (state == STATE_FAILED || state == STATE_HIDDEN))
            score->withheld |= 1U << check;
    }
    bool required_open = false;
    for (int check = 0; check < CHECKS; check++)
        required_open =
            required_open || (required & 1U << check && score->checks[check].state == STATE_OPEN);
    for (int check = 0; check < CHECKS && !score->withheld; check++) {
        struct check_score *own = &score->checks[check];
        own->open = own->state == STATE_OPEN || (own->state == STATE_PASSED && required_open);
        own->points = own->state == STATE_PASSED && !own->open ? own->of : 0;
        score->points += own->points;
        score->open += own->open ? own->of : 0;
    }
    score->person = score->person || score->open > 0;
}

static enum mark mark_of(const char *verdict) {
    static const struct {
        const char *verdict;
        enum mark mark;
    } marks[] = {{"correct", MARK_CORRECT},
                 {"faulty", MARK_FAULTY},
                 {"refused", MARK_REFUSED},
                 {"unjudged", MARK_OPEN},
                 {"unchanged", MARK_UNCHANGED}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strcmp(marks[i].verdict, verdict) == 0)
            return marks[i].mark;
    return MARKS;
}

static void set_open(struct score *score) {
    score->mark = MARK_OPEN;
    score->person = true;
    set_all(score, STATE_OPEN);
}

char *score_pair(struct score *score, const struct scheme *scheme, const struct lesson *lesson,
                 const json_t *record, bool handed_in) {
    hundredths parts[CHECKS];
    *score = (struct score){.of = scheme_points(scheme, lesson->number, parts)};
    for (int check = 0; check < CHECKS; check++)
        score->checks[check].of = parts[check];
    unsigned required = scheme_required(scheme, lesson);
    set_all(score, STATE_HIDDEN);
    if (!record && !handed_in)
        return NULL;
    score->mark = record ? mark_of(text(record, "verdict")) : MARK_OPEN;
    score->sandbox = record ? *text(record, "sandbox") : '\0';
    score->unsafe = json_is_true(json_object_get(record, "unsafe"));
    struct seen seen = see(record);
    if (score->mark == MARKS)
        return string_format("the verdict `%s` is unknown", text(record, "verdict"));
    // A verdict of another harness, or one that contradicts itself, is nobody's zero.
    if (score->mark == MARK_FAULTY && (seen.unknown || !seen.kinds))
        score->mark = MARK_OPEN;
    if (score->mark == MARK_CORRECT && (seen.unknown || seen.kinds))
        score->mark = MARK_OPEN;
    if (score->mark == MARK_CORRECT)
        set_all(score, STATE_PASSED);
    else if (score->mark == MARK_FAULTY)
        set_faulty(score, &seen);
    else if (score->mark == MARK_OPEN)
        set_open(score);
    else
        score->person = score->mark == MARK_REFUSED;
    if (score->mark != MARK_REFUSED && score->mark != MARK_UNCHANGED)
        give(score, required);
    return NULL;
}
