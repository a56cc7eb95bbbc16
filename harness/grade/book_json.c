// grades.json: everything, for programs; docs/grades.schema.json describes it. It is written as it is
// gathered, so it may be larger than memory.
#include "book.h"

#include <stdlib.h>
#include <string.h>

static const char name[] = "grades.json";

struct state {
    FILE *out;
    struct text pairs; // of the student in hand
};

static json_t *number(hundredths points) {
    return points % POINT ? json_real((double)points / POINT) : json_integer(points / POINT);
}

// Points are numbers that a person would write: 2.35 is not 2.3500000000000001.
enum { DUMP = JSON_COMPACT | JSON_REAL_PRECISION(12) };

static char *dumped(json_t *json) {
    char *text = json_dumps(json, DUMP);
    json_decref(json);
    return text;
}

static json_t *scheme_json(const struct roll *roll) {
    json_t *lessons = json_array();
    for (size_t i = 0; i < roll->lesson_count; i++) {
        hundredths parts[CHECKS],
            whole = scheme_points(roll->scheme, roll->lessons[i]->number, parts);
        unsigned required = scheme_required(roll->scheme, roll->lessons[i]);
        json_t *checks = json_object(), *needs = json_array();
        for (int check = 0; check < CHECKS; check++) {
            json_object_set_new(checks, check_words[check].name, number(parts[check]));
            if (required & 1U << check)
                json_array_append_new(needs, json_string(check_words[check].name));
        }
        json_array_append_new(
            lessons, json_pack("{s:i, s:s, s:s, s:o, s:o, s:o}", "lesson", roll->lessons[i]->number,
                               "slug", roll->lessons[i]->slug, "title", roll->lessons[i]->title,
                               "points", number(whole), "checks", checks, "required", needs));
    }
    return lessons;
}

static void *open_json(struct desk *desk) {
    struct state *state = memory_zeroed(1, sizeof *state);
    state->out = desk_open(desk, name);
    if (!state->out)
        return state;
    const json_t *seeds = json_object_get(desk->roll->head, "seeds");
    json_t *head =
        json_pack("{s:i, s:s, s:s, s:s, s:b, s:s, s:O?, s:o}", "grades", 1, "harness",
                  roll_text(desk->roll, "harness"), "sandbox", roll_text(desk->roll, "sandbox"),
                  "sandbox_says", desk->sandbox, "unsafe", roll_unsafe(desk->roll), "scheme",
                  desk->scheme, "seeds", seeds, "lessons", scheme_json(desk->roll));
    char *text = dumped(head);
    // The head without its last brace goes on with the students.
    fprintf(state->out, "%.*s,\n\"students\":[", (int)strlen(text) - 1, text);
    free(text);
    return state;
}

static void begin_json(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    (void)desk, (void)student;
    text_free(&state->pairs);
}

static json_t *checks_json(const struct score *score) {
    json_t *checks = json_object();
    for (int check = 0; check < CHECKS; check++) {
        const struct check_score *own = &score->checks[check];
        json_object_set_new(checks, check_words[check].name,
                            json_pack("{s:s, s:o, s:o}", "state", state_words[own->state], "points",
                                      own->open ? json_null() : number(own->points), "of",
                                      number(own->of)));
    }
    return checks;
}

// "counter.c:12" or null of each place that has one.
static json_t *places_json(const struct pair *pair, const struct fault *fault) {
    json_t *places = json_array();
    for (size_t i = 0; i < fault->place_count; i++) {
        const struct place *place = &fault->places[i];
        if (!place->file)
            continue;
        char *file = losses_file(pair, place->file);
        json_array_append_new(
            places, json_pack("{s:o, s:i, s:o, s:o, s:o}", "file", json_of_text(file), "line",
                              place->line, "function", json_of_text(place->function), "thread",
                              json_of_text(place->thread), "action", json_of_text(place->action)));
        free(file);
    }
    return places;
}

static json_t *faults_json(const struct pair *pair, const struct losses *losses) {
    json_t *faults = json_array();
    for (size_t i = 0; i < losses->count; i++) {
        const struct loss *loss = &losses->items[i];
        const json_t *schedule =
            loss->traced ? json_object_get(loss->traced->exploration, "schedule") : NULL;
        json_array_append_new(
            faults, json_pack("{s:s, s:s, s:s, s:s, s:o, s:O?}", "kind",
                              fault_words[loss->kind].name, "check", check_words[loss->check].name,
                              "engines", loss->engines, "message", loss->message, "places",
                              places_json(pair, loss->fault), "schedule", schedule));
    }
    return faults;
}

static json_t *refusals_json(const struct losses *losses) {
    json_t *refusals = json_array();
    for (size_t i = 0; i < losses->refusal_count; i++) {
        const struct turned_away *refusal = &losses->refusals[i];
        json_array_append_new(refusals,
                              json_pack("{s:i, s:o, s:s}", "line", refusal->line, "name",
                                        json_of_text(refusal->name), "message", refusal->message));
    }
    return refusals;
}

static json_t *optional(const char *words) {
    return words ? json_of_text(words) : json_null();
}

static void pair_json(struct desk *desk, void *context, const struct student *student,
                      const struct pair *pair, const struct losses *losses) {
    struct state *state = context;
    (void)desk, (void)student;
    const struct score *score = &pair->score;
    char *why = losses_why(pair);
    json_t *json = json_pack(
        "{s:i, s:s, s:o, s:o, s:o, s:b, s:s, s:o, s:o, s:o, s:o, s:O?, s:o, s:o, s:o, s:b}",
        "lesson", pair->lesson->number, "mark", mark_words[score->mark].name, "points",
        score->open == score->of && score->open ? json_null() : number(score->points), "of",
        number(score->of), "open", number(score->open), "person", score->person, "why", why, "file",
        optional(pair->file), "submission", optional(pair->submission), "trouble",
        optional(pair->trouble), "checks", checks_json(score), "replay",
        json_object_get(pair->record, "replay"), "faults", faults_json(pair, losses), "refusals",
        refusals_json(losses), "sandbox",
        score->sandbox ? json_sprintf("%c", score->sandbox) : json_null(), "unsafe", score->unsafe);
    if (pair->also)
        json_object_set(json, "also", (json_t *)pair->also);
    char *text = dumped(json);
    text_add(&state->pairs, "%s\n  ", state->pairs.length ? "," : "");
    text_add_bytes(&state->pairs, text, strlen(text));
    free(text);
    free(why);
}

static void end_json(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    (void)desk;
    if (!state->out)
        return;
    char *text =
        dumped(json_pack("{s:s, s:s, s:o, s:o, s:o, s:b}", "id", student->id, "name", student->name,
                         "points", number(student->points), "of", number(student->of), "open",
                         number(student->open), "person", student->person));
    fprintf(state->out, "%s\n%.*s,\"lessons\":[", student->number ? "," : "", (int)strlen(text) - 1,
            text);
    fwrite(state->pairs.data, 1, state->pairs.length, state->out);
    fputs("]}", state->out);
    free(text);
}

static void close_json(struct desk *desk, void *context) {
    struct state *state = context;
    if (state->out)
        fputs("\n]}\n", state->out);
    desk_close(desk, state->out, name);
    text_free(&state->pairs);
    free(state);
}

const struct book book_json = {.name = name,
                               .open = open_json,
                               .begin = begin_json,
                               .pair = pair_json,
                               .end = end_json,
                               .close = close_json};
