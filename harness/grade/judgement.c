#include "judgement.h"

#include "../report/report.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

// Directories of ours that stand before the names of files; the longest first.
struct places {
    struct strings prefixes;
};

static void add_place(struct places *places, const char *directory) {
    char real[PATH_MAX];
    strings_addf(&places->prefixes, "%s/", directory);
    if (realpath(directory, real) && strcmp(real, directory) != 0)
        strings_addf(&places->prefixes, "%s/", real);
}

static char *without_places(const struct places *places, const char *text) {
    struct text result = {0};
    while (*text) {
        size_t length = 0;
        for (size_t i = 0; i < places->prefixes.count && !length; i++)
            if (string_starts(text, places->prefixes.items[i]))
                length = strlen(places->prefixes.items[i]);
        if (!length)
            text_add_bytes(&result, text, 1);
        text += length ? length : 1;
    }
    return text_take(&result);
}

// In all strings of a value. The value itself is returned, or what takes its place.
static json_t *cleaned(const struct places *places, json_t *json) {
    if (json_is_string(json)) {
        char *text = without_places(places, json_string_value(json));
        json_t *result =
            strcmp(text, json_string_value(json)) == 0 ? json_incref(json) : json_of_text(text);
        free(text);
        return result;
    }
    const char *key;
    json_t *value;
    size_t i;
    void *next;
    json_object_foreach_safe(json, next, key, value) {
        json_object_set_new(json, key, cleaned(places, value));
    }
    json_array_foreach(json, i, value) {
        json_array_set_new(json, i, cleaned(places, value));
    }
    return json_incref(json);
}

// Private drivers

// Only lines of the student's own file.
static json_t *own_places(const json_t *places) {
    json_t *own = json_array(), *place;
    size_t i;
    json_array_foreach(places, i, place) {
        const char *file = json_string_value(json_object_get(place, "file"));
        if (file && strcmp(file, "exercise.c") == 0) {
            json_t *copy = json_copy(place);
            json_object_set_new(copy, "action", json_null());
            json_object_del(copy, "held");
            json_array_append_new(own, copy);
        }
    }
    return own;
}

// What a fault is called and where it is in the student's file, but nothing that tells what the driver does: no
// sentence of it, no variable, no schedule.
static void hide(json_t *faults) {
    json_t *fault;
    size_t i;
    json_array_foreach(faults, i, fault) {
        const char *kind = json_string_value(json_object_get(fault, "kind"));
        enum fault_kind number = kind ? fault_kind_named(kind) : FAULT_KINDS;
        char *message =
            string_format("found with a driver of the instructor: %s",
                          number < FAULT_KINDS ? fault_words[number].meaning : "a fault");
        json_object_set_new(fault, "message", json_of_text(message));
        json_object_set_new(fault, "places", own_places(json_object_get(fault, "places")));
        json_object_del(fault, "before");
        json_object_del(fault, "exploration");
        free(message);
    }
}

static void hide_driver(json_t *program) {
    const char *name;
    json_t *engine;
    hide(json_object_get(program, "faults"));
    hide(json_object_get(program, "notes"));
    json_object_foreach(json_object_get(program, "engines"), name, engine) {
        json_object_del(engine, "exploration");
        if (strcmp(json_string_value(json_object_get(engine, "outcome")), "unavailable") == 0)
            json_object_set_new(engine, "reason", json_string("could not judge"));
    }
}

json_t *judgement_json(const struct lesson *lesson, const struct verdict *verdict,
                       const struct home *home, const char *exercise, unsigned private) {
    struct places places = {0};
    char *directory = string_format("%.*s", (int)(path_base(exercise) - exercise - 1), exercise);
    char *raw = string_format("%s/%s", home->lessons, lesson->slug);
    add_place(&places, home->work);
    add_place(&places, directory);
    add_place(&places, lesson->directory);
    add_place(&places, raw);
    add_place(&places, home->lessons);
    json_t *program = report_program_json(verdict), *clean = cleaned(&places, program);
    if (private)
        hide_driver(clean);
    char *driver = private ? string_format("private driver %u", private) : string_copy("drive.c");
    json_t *json =
        json_pack("{s:s, s:b, s:o}", "driver", driver, "private", private != 0, "program", clean);
    json_decref(program);
    strings_free(&places.prefixes);
    free(driver);
    free(directory);
    free(raw);
    return json;
}
