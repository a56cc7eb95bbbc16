#include "steps.h"

#include <stdlib.h>
#include <string.h>

// How far back it is looked what a thread knew: beyond, an arrow that others imply may be drawn.
enum { LOOKED_BACK = 4096, CLOSEST = 64, NONE = -1, THREADS_MOST = 4096 };

// By its step at that index, a thread learned what `thread` had done until the step at `known`.
struct knowledge {
    long step, known;
    uint64_t thread;
};

// The last step of a thread at one time of its own: there it released what it had done, if it did at all.
struct release {
    uint64_t time;
    long step;
};

struct teller {
    long last;     // index of its last step that is shown
    bool hidden;   // it has done one since that is not
    long woken_at; // by that step it can go on
    struct release *releases;
    size_t release_count;
    struct knowledge *learned;
    size_t learned_count;
    json_t *coming; // what it learns by its next step, as in "from"
};

struct walk {
    const struct explored *explored;
    json_t *trace;
    uint64_t *owners; // of its steps, a thread's number each
    struct teller *threads;
    size_t count;
};

// The explorer counts them within bounds; a program that has written over its memory may say anything.
static struct teller *teller_of(struct walk *walk, uint64_t number) {
    size_t index = number < THREADS_MOST ? number : THREADS_MOST;
    while (walk->count <= index) {
        walk->threads = memory_resize(walk->threads, walk->count + 1, sizeof *walk->threads);
        walk->threads[walk->count++] =
            (struct teller){.last = NONE, .woken_at = NONE, .coming = json_array()};
    }
    return &walk->threads[index];
}

// Arrays double.
static void *room_for_one(void *items, size_t count, size_t size) {
    return count & (count - 1) ? items : memory_resize(items, count ? 2 * count : 1, size);
}

// Happens-before

static long release_of(const struct teller *teller, uint64_t time) {
    size_t low = 0, high = teller->release_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (teller->releases[middle].time <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? teller->releases[low - 1].step : NONE;
}

static void keep_release(struct teller *teller, uint64_t time) {
    size_t count = teller->release_count;
    if (count && teller->releases[count - 1].time >= time) {
        teller->releases[count - 1].step = teller->last;
        return;
    }
    teller->releases = room_for_one(teller->releases, count, sizeof *teller->releases);
    teller->releases[teller->release_count++] = (struct release){time, teller->last};
}

static void keep_learned(struct teller *teller, struct knowledge learned) {
    teller->learned = room_for_one(teller->learned, teller->learned_count, sizeof *teller->learned);
    teller->learned[teller->learned_count++] = learned;
}

// Whether it knew, when it had done that step, of the other one's.
static bool knew(const struct teller *teller, long step, uint64_t other, long known) {
    size_t looked = 0;
    for (size_t i = teller->learned_count; i-- > 0 && looked < LOOKED_BACK; looked++) {
        const struct knowledge *learned = &teller->learned[i];
        if (learned->step <= step && learned->thread == other)
            return learned->known >= known;
    }
    return false;
}

struct edge {
    uint64_t thread;
    long step;
};

static int latest_first(const void *a, const void *b) {
    const struct edge *first = a, *second = b;
    return (first->step < second->step) - (first->step > second->step);
}

// All that is learned at once comes mostly from one: who released last knew of the others.
static bool is_implied(struct walk *walk, const struct edge *edge, const struct edge *closer,
                       size_t count) {
    for (size_t i = 0; i < count && i < CLOSEST; i++)
        if (closer[i].thread == edge->thread ||
            knew(teller_of(walk, closer[i].thread), closer[i].step, edge->thread, edge->step))
            return true;
    return false;
}

static json_t *array_of(json_t *step, const char *key) {
    json_t *array = json_object_get(step, key);
    if (!array) {
        array = json_array();
        json_object_set_new(step, key, array);
    }
    return array;
}

// The edges that end at its last step, besides those that end there already.
static void show_learned(struct walk *walk, struct teller *teller, const json_t *from) {
    json_t *step = json_array_get(walk->trace, (size_t)teller->last),
           *after = array_of(step, "after");
    size_t pairs = json_array_size(from) / 2, known = json_array_size(after), count = 0, direct = 0;
    struct edge *edges = memory_zeroed(pairs + known + 1, sizeof *edges);
    for (size_t i = 0; i < known; i++) {
        long index = (long)json_integer_value(json_array_get(after, i));
        edges[count++] = (struct edge){walk->owners[index], index};
    }
    for (size_t i = 0; i < pairs; i++) {
        uint64_t thread = (uint64_t)json_integer_value(json_array_get(from, 2 * i)),
                 time = (uint64_t)json_integer_value(json_array_get(from, 2 * i + 1));
        struct edge edge = {thread, release_of(teller_of(walk, thread), time)};
        keep_learned(teller, (struct knowledge){teller->last, edge.step, edge.thread});
        if (edge.step != NONE)
            edges[count++] = edge;
    }
    qsort(edges, count, sizeof *edges, latest_first);
    json_array_clear(after);
    for (size_t i = 0; i < count; i++)
        if (!is_implied(walk, &edges[i], edges, direct)) {
            json_array_insert_new(after, 0, json_integer(edges[i].step));
            edges[direct++] = edges[i];
        }
    if (!direct)
        json_object_del(step, "after");
    free(edges);
}

static void read_learned(struct walk *walk, json_t *line) {
    json_t *from = json_object_get(line, "from");
    for (size_t i = 0; i + 1 < json_array_size(from); i += 2)
        teller_of(walk, (uint64_t)json_integer_value(json_array_get(from, i)));
    struct teller *teller = teller_of(walk, number_of(line, "learns"));
    if (!number_of(line, "next") && !teller->hidden && teller->last != NONE)
        show_learned(walk, teller, from);
    else
        json_array_extend(teller->coming, from);
}

// Who lets whom go on

static void remove_word(json_t *words, const char *word) {
    size_t i;
    json_t *item;
    json_array_foreach(words, i, item) {
        if (strcmp(json_string_value(item), word) == 0) {
            json_array_remove(words, i);
            return;
        }
    }
}

// Whoever finds that another was faster waits on, and has not been let go on.
static void take_back(struct walk *walk, const struct teller *woken, const char *name) {
    json_t *step = json_array_get(walk->trace, (size_t)woken->woken_at);
    json_t *wakes = json_object_get(step, "wakes");
    remove_word(wakes, name);
    if (!json_array_size(wakes))
        json_object_del(step, "wakes");
}

static void read_wake(struct walk *walk, const json_t *line) {
    const struct teller *by = teller_of(walk, number_of(line, "by"));
    long step = by->last;
    struct teller *woken = teller_of(walk, number_of(line, "wakes"));
    char *name = thread_name((int)number_of(line, "wakes"));
    if (step == NONE) {
        free(name);
        return;
    }
    if (woken->woken_at != NONE)
        take_back(walk, woken, name);
    json_t *wakes = array_of(json_array_get(walk->trace, (size_t)step), "wakes");
    remove_word(wakes, name);
    json_array_append_new(wakes, json_string(name));
    woken->woken_at = number_of(line, "moves") ? NONE : step;
    free(name);
}

// Steps

static json_t *step_json(const struct walk *walk, const json_t *line,
                         const struct location *location) {
    const json_t *object = json_object_get(line, "object");
    char *name = thread_name((int)number_of(line, "thread"));
    char *called = explored_name(walk->explored, object, location);
    const char *note = text_of(line, "note");
    json_t *json = json_object();
    json_object_set_new(json, "step", json_integer((json_int_t)number_of(line, "step")));
    set_text(json, "thread", name);
    set_text(json, "does", text_of(line, "does"));
    json_object_set_new(json, "object", json_of_text(called));
    json_object_set_new(json, "object_kind", json_of_text(text_of(object, "kind")));
    set_text(json, "note", note);
    json_object_set_new(json, "file", json_of_text(location->file));
    json_object_set_new(json, "line", location->file ? json_integer(location->line) : json_null());
    json_object_set_new(json, "function", json_of_text(location->function));
    if (note && strcmp(note, "must wait") == 0)
        json_object_set_new(json, "blocks", json_true());
    if (json_object_get(line, "choice"))
        json_object_set_new(json, "choice", json_true());
    if (json_object_get(line, "preempts")) {
        char *left = thread_name((int)number_of(line, "preempts"));
        set_text(json, "preempts", left);
        free(left);
    }
    free(called);
    free(name);
    return json;
}

// What goes on inside a lesson's library is left out, unless it is worth a note.
static void read_step(struct walk *walk, const json_t *line) {
    struct teller *teller = teller_of(walk, number_of(line, "thread"));
    struct location location = explored_place(walk->explored, line, "place");
    const char *note = text_of(line, "note");
    teller->woken_at = NONE;
    teller->hidden = location.file && symbols_is_library(location.file) && !(note && *note);
    if (!teller->hidden) {
        json_t *json = step_json(walk, line, &location);
        teller->last = (long)json_array_size(walk->trace);
        walk->owners = room_for_one(walk->owners, (size_t)teller->last, sizeof *walk->owners);
        walk->owners[teller->last] = number_of(line, "thread");
        json_array_append_new(walk->trace, json);
        if (json_array_size(teller->coming))
            show_learned(walk, teller, teller->coming);
        json_array_clear(teller->coming);
    }
    keep_release(teller, number_of(line, "time"));
    location_free(&location);
}

// The steps of the fault

// The last one of the thread there.
static void mark(json_t *trace, const json_t *lines_of_steps, const json_t *part) {
    for (size_t i = json_array_size(trace); i-- > 0;) {
        const json_t *line = json_array_get(lines_of_steps, i);
        if (number_of(line, "thread") == number_of(part, "thread") &&
            number_of(line, "place") == number_of(part, "place")) {
            json_object_set_new(json_array_get(trace, i), "fault", json_true());
            return;
        }
    }
}

// Of a long trace the runtime keeps the end.
static void tell_omitted(json_t *trace, const json_t *lines) {
    const json_t *line;
    size_t i;
    json_array_foreach(lines, i, line) {
        if (!json_object_get(line, "step"))
            continue;
        if (number_of(line, "step") > 1 && json_array_size(trace))
            json_object_set_new(json_array_get(trace, 0), "omitted",
                                json_integer((json_int_t)number_of(line, "step") - 1));
        return;
    }
}

json_t *steps_read(const struct explored *explored, const json_t *lines, const json_t *found) {
    struct walk walk = {.explored = explored, .trace = json_array()};
    json_t *shown = json_array(), *line, *part;
    size_t i;
    json_array_foreach(lines, i, line) {
        size_t before = json_array_size(walk.trace);
        if (json_object_get(line, "step"))
            read_step(&walk, line);
        else if (json_object_get(line, "learns"))
            read_learned(&walk, line);
        else
            read_wake(&walk, line);
        if (json_array_size(walk.trace) > before)
            json_array_append(shown, line);
    }
    json_array_foreach(json_object_get(found, "parts"), i, part) {
        mark(walk.trace, shown, part);
    }
    for (size_t k = 0; k < walk.count; k++) {
        free(walk.threads[k].releases);
        free(walk.threads[k].learned);
        json_decref(walk.threads[k].coming);
    }
    free(walk.threads);
    free(walk.owners);
    json_decref(shown);
    tell_omitted(walk.trace, lines);
    return walk.trace;
}
