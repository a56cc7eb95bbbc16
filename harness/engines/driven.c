#include "driven.h"

#include <stdlib.h>

enum can { CAN_GO = 1, CAN_TIME_OUT = 2, CAN_WAKE = 4 }; // a bit for each enum way of the explorer

static json_t *held_names(const struct explored *explored, const json_t *part) {
    json_t *names = json_array(), *held;
    size_t i;
    json_array_foreach(json_object_get(part, "held"), i, held) {
        struct location location = explored_place(explored, held, "place");
        const json_t *object = json_object_get(held, "object");
        char *name = explored_name(explored, object, &location);
        const char *kind = text_of(object, "kind");
        json_array_append_new(names, json_of_text(name ? name : kind ? kind : "lock"));
        location_free(&location);
        free(name);
    }
    return names;
}

static void set_holder(const struct explored *explored, json_t *thread, const json_t *part) {
    if (!json_object_get(part, "holder"))
        return;
    char *name = thread_name((int)number_of(part, "holder"));
    struct location since = explored_place(explored, part, "since");
    set_text(thread, "holder", name);
    if (since.file)
        json_object_set_new(thread, "holder_line", json_integer(since.line));
    location_free(&since);
    free(name);
}

static json_t *thread_of(const struct explored *explored, const json_t *part) {
    const json_t *object = json_object_get(part, "object");
    struct location at = explored_place(explored, part, "place"),
                    line = explored_call(explored, part, part);
    char *name = thread_name((int)number_of(part, "thread"));
    char *called = explored_name(explored, object, &at);
    const uint64_t can = number_of(part, "can");
    json_t *thread = json_pack(
        "{s:I, s:b, s:b, s:b, s:b, s:o}", "number", (json_int_t)number_of(part, "thread"), "go",
        (can & CAN_GO) != 0, "time_out", (can & CAN_TIME_OUT) != 0, "wake", (can & CAN_WAKE) != 0,
        "spins", number_of(part, "spins") != 0, "held", held_names(explored, part));
    set_text(thread, "thread", name);
    set_text(thread, "does", text_of(part, "does"));
    set_text(thread, "wait", text_of(part, "wait"));
    set_text(thread, "object", called);
    set_text(thread, "object_kind", text_of(object, "kind"));
    if (json_object_get(part, "value"))
        json_object_set(thread, "value", json_object_get(part, "value"));
    set_holder(explored, thread, part);
    if (line.file) {
        set_text(thread, "file", line.file);
        set_text(thread, "function", line.function);
        json_object_set_new(thread, "line", json_integer(line.line));
    }
    location_free(&at);
    location_free(&line);
    free(called);
    free(name);
    return thread;
}

static void set_printable(json_t *state, const json_t *hand, const char *key) {
    struct text bytes = {0}, printable = {0};
    explored_bytes(&bytes, text_of(hand, key));
    text_add_printable(&printable, bytes.data ? bytes.data : "", bytes.length);
    set_text(state, key, printable.data ? printable.data : "");
    text_free(&printable);
    text_free(&bytes);
}

json_t *driven_read(const struct explored *explored, const json_t *hand) {
    static const char *const copied[] = {"end",      "status", "signal",
                                         "expected", "moves",  "schedule"};
    json_t *state = json_object(), *threads = json_array(), *part;
    size_t i;
    for (i = 0; i < sizeof copied / sizeof copied[0]; i++)
        if (json_object_get(hand, copied[i]))
            json_object_set(state, copied[i], json_object_get(hand, copied[i]));
    set_printable(state, hand, "output");
    set_printable(state, hand, "errors");
    json_array_foreach(json_object_get(json_object_get(hand, "question"), "parts"), i, part) {
        json_array_append_new(threads, thread_of(explored, part));
    }
    json_object_set_new(state, "threads", threads);
    return state;
}
