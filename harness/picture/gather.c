#include "gather.h"

#include "../report/report.h"

#include <stdlib.h>
#include <string.h>

enum { SOURCE_MOST = 1 << 20 }; // bytes of a file that are shown

struct gathering {
    json_t *words;
    json_t *numbers; // of the words
    json_t *files;   // numbers of those that are shown, as keys, in their order
};

static json_t *word(struct gathering *gathering, const char *text) {
    if (!text)
        return json_integer(-1);
    json_t *number = json_object_get(gathering->numbers, text);
    if (number)
        return json_incref(number);
    number = json_integer((json_int_t)json_array_size(gathering->words));
    json_object_set(gathering->numbers, text, number);
    json_array_append_new(gathering->words, json_of_text(text));
    return number;
}

// A file is called as a reader here would type it, and its source is shown.
static json_t *file_word(struct gathering *gathering, const char *path) {
    char *real = path ? realpath(path, NULL) : NULL, *shown = report_path(real ? real : path);
    json_t *number = word(gathering, shown);
    if (shown)
        json_object_set_new(gathering->files, shown, json_of_text(path));
    free(shown);
    free(real);
    return number;
}

static json_t *word_of(struct gathering *gathering, const json_t *json, const char *key) {
    return word(gathering, json_string_value(json_object_get(json, key)));
}

// A row of the page: see stepsOf in page/story.js.
static json_t *step_row(struct gathering *gathering, const json_t *step) {
    static const struct {
        const char *key;
        int bit;
    } flags[] = {{"blocks", 1}, {"choice", 2}, {"fault", 4}};
    int set = 0;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        set |= json_is_true(json_object_get(step, flags[i].key)) ? flags[i].bit : 0;
    json_t *wakes = json_object_get(step, "wakes"), *after = json_object_get(step, "after"),
           *woken = json_array(), *thread;
    size_t i;
    json_array_foreach(wakes, i, thread) {
        json_array_append_new(woken, word(gathering, json_string_value(thread)));
    }
    return json_pack("[I, o, o, o, o, o, o, I, o, i, o, O?]",
                     json_integer_value(json_object_get(step, "step")),
                     word_of(gathering, step, "thread"), word_of(gathering, step, "does"),
                     word_of(gathering, step, "object"), word_of(gathering, step, "object_kind"),
                     word_of(gathering, step, "note"),
                     file_word(gathering, json_string_value(json_object_get(step, "file"))),
                     json_integer_value(json_object_get(step, "line")),
                     word_of(gathering, step, "function"), set, woken, after);
}

static json_t *trace_rows(struct gathering *gathering, const json_t *trace) {
    json_t *rows = json_array(), *step;
    size_t i;
    json_array_foreach(trace, i, step) {
        json_array_append_new(rows, step_row(gathering, step));
    }
    return rows;
}

static json_t *fault_json(struct gathering *gathering, const struct fault *fault) {
    json_t *places = json_array(), *found = fault->exploration,
           *seen = json_object_get(found, "seen_on");
    for (size_t i = 0; i < fault->place_count; i++) {
        const struct place *place = &fault->places[i];
        json_array_append_new(
            places, json_pack("[o, i, o, o, o]", file_word(gathering, place->file), place->line,
                              word(gathering, place->function), word(gathering, place->thread),
                              word(gathering, place->action)));
    }
    json_t *json =
        json_pack("{s:s, s:s, s:o, s:o, s:O?, s:[I, I]}", "kind", fault_words[fault->kind].name,
                  "meaning", fault_words[fault->kind].meaning, "message",
                  json_of_text(fault->message ? fault->message : ""), "places", places, "schedule",
                  json_object_get(found, "schedule"), "seen",
                  json_integer_value(json_object_get(seen, "schedules")),
                  json_integer_value(json_object_get(seen, "of")));
    json_t *trace = json_object_get(found, "trace");
    if (json_array_size(trace))
        json_object_set_new(json, "trace", trace_rows(gathering, trace));
    return json;
}

static json_t *faults_json(struct gathering *gathering, const struct verdict *verdict) {
    json_t *faults = json_array();
    for (size_t i = 0; i < verdict->faults.count; i++)
        json_array_append_new(faults, fault_json(gathering, &verdict->faults.items[i]));
    return faults;
}

// The explorer's own words for how a schedule ended, in those of a reader.
static json_t *tried_json(struct gathering *gathering, const json_t *schedule, const char *ended,
                          const json_t *trace) {
    bool clean = strcmp(ended, "clean") == 0, cut = strcmp(ended, "cut") == 0;
    return json_pack("{s:o, s:s, s:b, s:o}", "schedule", json_of_text(json_string_value(schedule)),
                     "ended",
                     clean ? "no fault"
                     : cut ? "cut off, having too many operations"
                           : ended,
                     "fails", !clean && !cut, "trace", trace_rows(gathering, trace));
}

static json_t *all_tried(struct gathering *gathering, const struct engine_result *explored) {
    const json_t *told = explored->exploration, *replayed = json_object_get(told, "trace");
    json_t *tried = json_array(), *one;
    size_t i;
    json_array_foreach(json_object_get(told, "tried"), i, one) {
        const char *ended = json_string_value(json_object_get(one, "ended"));
        json_array_append_new(tried,
                              tried_json(gathering, json_object_get(one, "schedule"),
                                         ended ? ended : "clean", json_object_get(one, "trace")));
    }
    if (json_array_size(replayed))
        json_array_append_new(tried, tried_json(gathering, NULL, "clean", replayed));
    return tried;
}

static json_t *source_text(const char *path) {
    size_t length = 0;
    char *bytes = file_read(path, &length);
    if (!bytes)
        return json_null();
    struct text printable = {0};
    text_add_printable(&printable, bytes, length < SOURCE_MOST ? length : SOURCE_MOST);
    json_t *text = json_of_text(printable.data ? printable.data : "");
    text_free(&printable);
    free(bytes);
    return text;
}

static json_t *sources_json(struct gathering *gathering) {
    json_t *sources = json_array(), *path;
    const char *shown;
    json_object_foreach(gathering->files, shown, path) {
        json_array_append_new(sources, json_pack("{s:o, s:o}", "file", word(gathering, shown),
                                                 "text", source_text(json_string_value(path))));
    }
    return sources;
}

const struct engine_result *gather_explored(const struct verdict *verdict) {
    for (size_t i = 0; i < verdict->result_count; i++)
        if (strcmp(verdict->results[i].engine->name, "explore") == 0)
            return &verdict->results[i];
    return NULL;
}

json_t *gather(const struct picture *picture, const struct verdict *verdict) {
    struct gathering gathering = {json_array(), json_object(), json_object()};
    const struct program *program = verdict->program;
    const struct engine_result *explored = gather_explored(verdict);
    for (size_t i = 0; i < program->sources.count; i++)
        json_decref(file_word(&gathering, program->sources.items[i]));
    json_t *faults = faults_json(&gathering, verdict), *tried = all_tried(&gathering, explored),
           *sources = sources_json(&gathering);
    json_t *json =
        json_pack("{s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o}", "title",
                  json_of_text(picture->title), "program", json_of_text(program->name), "covered",
                  json_of_text(explored->reason ? explored->reason : ""), "replayed",
                  program->exploration.schedule != NULL, "replay", json_of_text(picture->replay),
                  "sources", sources, "faults", faults, "tried", tried, "words", gathering.words);
    json_decref(gathering.numbers);
    json_decref(gathering.files);
    return json;
}
