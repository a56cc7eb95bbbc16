#include "explored.h"

#include "access.h"
#include "output.h"
#include "../source.h"

#include <stdlib.h>
#include <string.h>

// Places and objects

// Places are return addresses, as offsets in the image.
struct location explored_place(const struct explored *explored, const json_t *json,
                               const char *key) {
    struct location location = {0};
    uint64_t place = number_of(json, key);
    if (place)
        symbols_line(explored->symbols, explored->anchor + place - 1, &location);
    return location;
}

struct location explored_call(const struct explored *explored, const json_t *found,
                              const json_t *part) {
    struct location location = explored_place(explored, part, "place");
    const json_t *calls = json_object_get(part, "calls");
    json_t *call;
    size_t i;
    json_array_foreach(calls ? calls : json_object_get(found, "calls"), i, call) {
        uint64_t place = (uint64_t)json_integer_value(call);
        struct location outer = {0};
        if ((location.file && !symbols_is_library(location.file)) || !place ||
            !symbols_line(explored->symbols, explored->anchor + place - 1, &outer))
            continue;
        location_free(&location);
        location = outer;
    }
    return location;
}

static void set_location(json_t *json, const struct location *location) {
    if (!location->file)
        return;
    set_text(json, "file", location->file);
    set_text(json, "function", location->function);
    json_object_set_new(json, "line", json_integer(location->line));
}

// By its descriptor. Owned by the caller.
static char *stream_name(uint64_t descriptor) {
    static const char *const names[] = {"stdin", "stdout", "stderr"};
    return descriptor < sizeof names / sizeof names[0] ? string_copy(names[descriptor]) : NULL;
}

// A task begins with its poll function, and mostly is the first thing in something larger.
static char *task_name(const struct explored *explored, const json_t *object) {
    char *name = string_copy(names_object(explored->names, number_of(object, "address"), NULL));
    static const char *const ends[] = {".poll", ".task"};
    for (size_t i = 0; name && i < sizeof ends / sizeof ends[0]; i++)
        if (string_ends(name, ends[i]))
            name[strlen(name) - strlen(ends[i])] = '\0';
    return name;
}

char *explored_name(const struct explored *explored, const json_t *object,
                    const struct location *used_at) {
    const char *kind = text_of(object, "kind");
    if (!kind)
        return NULL;
    if (strcmp(kind, "thread") == 0)
        return thread_name((int)number_of(object, "thread"));
    if (strcmp(kind, "descriptor") == 0)
        return string_format("descriptor %d", (int)number_of(object, "number"));
    if (strcmp(kind, "stream") == 0)
        return stream_name(number_of(object, "number"));
    if (strcmp(kind, "task") == 0)
        return task_name(explored, object);
    bool called = strcmp(kind, "memory") != 0 && strcmp(kind, "atomic") != 0;
    return string_copy(
        names_object(explored->names, number_of(object, "address"), called ? used_at : NULL));
}

// What the source calls the memory that is accessed there; NULL when that cannot be told.
static char *accessed_words(const struct location *location) {
    char *name = source_accessed(location->file, location->line, location->column);
    char *words = name ? string_format("`%s`", name) : NULL;
    free(name);
    return words;
}

// "`a`", "T1", "the mutex made at queue.c:12", "a mutex"; when it is told of again, "the same memory".
static char *object_words(const struct explored *explored, const json_t *object,
                          const struct location *used_at, bool again) {
    const char *kind = text_of(object, "kind");
    char *name = explored_name(explored, object, used_at), *words;
    struct location born = explored_place(explored, object, "born");
    if (!kind)
        words = string_copy("it");
    else if (name && (strcmp(kind, "thread") == 0 || strcmp(kind, "descriptor") == 0))
        words = string_copy(name);
    else if (name)
        words = string_format("`%s`", name);
    else if (strcmp(kind, "memory") == 0 || strcmp(kind, "atomic") == 0)
        words = string_copy(again ? "the same memory" : "memory");
    else if (born.file)
        words = string_format("the %s made at %s:%d", kind, path_base(born.file), born.line);
    else
        words = string_format("a %s", kind);
    location_free(&born);
    free(name);
    return words;
}

// Hangs, as the keeper tells them (observe.h)

static json_t *held_json(const struct explored *explored, const json_t *part) {
    json_t *list = json_array(), *held;
    size_t i;
    json_array_foreach(json_object_get(part, "held"), i, held) {
        struct location location = explored_place(explored, held, "place");
        const json_t *object = json_object_get(held, "object");
        char *name = explored_name(explored, object, &location);
        json_t *json = json_object();
        set_location(json, &location);
        set_text(json, "object", name);
        json_object_set_new(json, "id", json_integer((json_int_t)number_of(object, "address")));
        json_array_append_new(list, json);
        location_free(&location);
        free(name);
    }
    return list;
}

static void set_holder(const struct explored *explored, json_t *json, const json_t *part) {
    if (!json_object_get(part, "holder"))
        return;
    char *name = thread_name((int)number_of(part, "holder"));
    struct location since = explored_place(explored, part, "since");
    json_t *taken = json_object();
    set_text(json, "holder", name);
    set_location(taken, &since);
    json_object_set_new(json, "since", taken);
    const char *state = text_of(part, "holder_state");
    json_object_set_new(json, "holder_ended", json_boolean(state && strcmp(state, "ended") == 0));
    location_free(&since);
    free(name);
}

static json_t *waiting_thread(const struct explored *explored, const json_t *part) {
    json_t *json = json_object();
    const json_t *object = json_object_get(part, "object");
    const char *wait = text_of(part, "wait");
    struct location location = explored_place(explored, part, "place"),
                    line = explored_call(explored, part, part);
    char *name = thread_name((int)number_of(part, "thread"));
    char *called =
        strcmp(wait ? wait : "", "join") == 0 ? NULL : explored_name(explored, object, &location);
    set_text(json, "name", name);
    set_text(json, "wait", wait ? wait : "other");
    set_location(json, &line);
    location_free(&line);
    set_text(json, "object", called);
    json_object_set_new(json, "object_id",
                        json_integer((json_int_t)(json_object_get(object, "number")
                                                      ? number_of(object, "number")
                                                      : number_of(object, "address"))));
    json_object_set_new(json, "held", held_json(explored, part));
    set_holder(explored, json, part);
    location_free(&location);
    free(called);
    free(name);
    return json;
}

static struct fault *add_hang(const struct explored *explored, const json_t *found) {
    json_t *threads = json_array(), *part;
    size_t i;
    json_array_foreach(json_object_get(found, "parts"), i, part) {
        json_array_append_new(threads, waiting_thread(explored, part));
    }
    struct fault *fault =
        hang_add(explored->findings, explored->run->engine->name, text_of(found, "hang"), threads);
    json_decref(threads);
    return fault;
}

// Two accesses to the same memory

// What only gives order or waits is no lock.
static bool is_lock(const json_t *object) {
    static const char *const kinds[] = {"mutex", "read-write lock", "spin lock", "stream"};
    const char *kind = text_of(object, "kind");
    for (size_t i = 0; kind && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kind, kinds[i]) == 0)
            return true;
    return false;
}

static void read_locks(const struct explored *explored, const json_t *part, struct access *access) {
    json_t *held;
    size_t i;
    access->locks_known = json_object_get(part, "held") != NULL;
    json_array_foreach(json_object_get(part, "held"), i, held) {
        const json_t *lock = json_object_get(held, "object");
        if (!is_lock(lock))
            continue;
        struct location location = explored_place(explored, held, "place");
        char *words = object_words(explored, lock, &location, false);
        access_holds(access, words, number_of(held, "shared") != 0);
        location_free(&location);
        free(words);
    }
}

static enum access_way way_named(const char *does) {
    if (strstr(does, "had freed"))
        return ACCESS_FREES;
    for (int way = 0; way < ACCESS_WAYS; way++)
        if (string_starts(does, access_verbs[way]))
            return (enum access_way)way;
    return ACCESS_USES;
}

static struct access access_of(const struct explored *explored, const json_t *found,
                               const json_t *part) {
    struct location location = explored_call(explored, found, part);
    struct access access = {.way = way_named(text_of(part, "does")),
                            .thread = thread_name((int)number_of(part, "thread")),
                            .name = accessed_words(&location),
                            .file = location.file,
                            .function = location.function,
                            .line = location.line};
    read_locks(explored, part, &access);
    return access;
}

// "had allocated it": where the memory came from.
static void add_background(const struct explored *explored, const json_t *found, const json_t *part,
                           struct fault *fault) {
    struct location location = explored_call(explored, found, part);
    char *name = thread_name((int)number_of(part, "thread"));
    const char *does = text_of(part, "does");
    if (string_starts(does, "had "))
        does += strlen("had ");
    if (location.file)
        fault_before(fault, location.file, location.line, location.function, name, does);
    location_free(&location);
    free(name);
}

// Whether the fault is told as an access to memory; then it is complete.
static bool add_accesses(const struct explored *explored, const json_t *found,
                         struct fault *fault) {
    const json_t *parts = json_object_get(found, "parts"), *first = json_array_get(parts, 0),
                 *second = json_array_get(parts, 1);
    bool late = fault->kind == FAULT_USE_AFTER_FREE || fault->kind == FAULT_DOUBLE_FREE;
    bool alone = fault->kind == FAULT_STACK_ESCAPE || fault->kind == FAULT_BUFFER_OVERFLOW;
    if (!first || (!alone && !second) || !(late || alone || fault->kind == FAULT_DATA_RACE))
        return false;
    struct access pair[2] = {access_of(explored, found, first), {0}};
    char *name = explored_name(explored, json_object_get(found, "object"), NULL);
    char *object = name ? string_format("`%s`", name) : NULL;
    const char *rest = strchr(text_of(first, "does"), ' ');
    if (!alone)
        pair[1] = access_of(explored, found, second);
    if (fault->kind == FAULT_DATA_RACE)
        access_race(fault, object, pair, access_unordered);
    else if (late)
        access_late(fault, object, pair);
    else
        access_wrong(fault, object, &pair[0],
                     fault->kind == FAULT_STACK_ESCAPE || !rest ? access_of_ended : rest + 1);
    for (size_t i = alone ? 1 : 2; i < json_array_size(parts); i++)
        add_background(explored, found, json_array_get(parts, i), fault);
    access_free(&pair[0]);
    access_free(&pair[1]);
    free(object);
    free(name);
    return true;
}

// Other faults: a sentence made of what each thread does

// ", holding `a` and `b`"; what the thread is said to act upon is left out.
static void add_held(const struct explored *explored, struct text *sentence, const json_t *part,
                     const json_t *object) {
    json_t *held;
    size_t i;
    const char *word = ", holding ";
    json_array_foreach(json_object_get(part, "held"), i, held) {
        const json_t *lock = json_object_get(held, "object");
        if (number_of(lock, "address") == number_of(object, "address"))
            continue;
        struct location location = explored_place(explored, held, "place");
        char *words = object_words(explored, lock, &location, false);
        text_add(sentence, "%s%s", word, words);
        word = " and ";
        location_free(&location);
        free(words);
    }
}

// The part of one thread: adds its place to the fault, and to the sentence.
static void add_part(const struct explored *explored, struct fault *fault, struct text *sentence,
                     const json_t *found, const json_t *part) {
    struct location location = explored_call(explored, found, part);
    const json_t *own = json_object_get(part, "object"), *common = json_object_get(found, "object");
    const json_t *object = json_is_object(own) ? own : common;
    const char *does = text_of(part, "does");
    char *name = thread_name((int)number_of(part, "thread"));
    char *words =
        json_is_object(object) ? object_words(explored, object, &location, sentence->length) : NULL;
    const char *it = words ? strstr(does, " it") : NULL;
    struct text action = {0};
    if (it) // "unlocks it, though nobody holds it"
        text_add(&action, "%.*s %s%s", (int)(it - does), does, words, it + 3);
    else
        text_add(&action, "%s%s%s", does, words ? " " : "", words ? words : "");
    // "unlocks `gate`", and behind the place: ", though nobody holds it".
    size_t length = strcspn(action.data, ",");
    text_add(sentence, "%s%s %.*s", sentence->length ? "; " : "", name, (int)length, action.data);
    if (location.file)
        text_add(sentence, " at %s:%d", path_base(location.file), location.line);
    text_add(sentence, "%s", action.data + length);
    add_held(explored, sentence, part, object);
    if (location.file)
        fault_place(fault, location.file, location.line, location.function, name, action.data);
    location_free(&location);
    text_free(&action);
    free(words);
    free(name);
}

static const char *const endings[FAULT_KINDS] = {
    [FAULT_LOCK_ACROSS_WAIT] = ", for as long as that lasts",
    [FAULT_BLOCKING_IN_ASYNC] = blocking_ends,
};

void explored_bytes(struct text *bytes, const char *characters) {
    for (const unsigned char *c = (const unsigned char *)characters; c && *c; c++) {
        bool two = *c >= 0xc0;
        char byte = (char)(two ? (unsigned)(c[0] & 3) << 6 | (c[1] & 0x3f) : *c);
        text_add_bytes(bytes, &byte, 1);
        c += two;
    }
}

static void add_said(struct text *sentence, const char *characters) {
    struct text bytes = {0};
    explored_bytes(&bytes, characters);
    text_add_line(sentence, bytes.data ? bytes.data : "");
    text_free(&bytes);
}

static char *last_line(const char *characters) {
    struct text bytes = {0}, printable = {0};
    explored_bytes(&bytes, characters);
    while (bytes.length &&
           (bytes.data[bytes.length - 1] == '\n' || bytes.data[bytes.length - 1] == ' '))
        bytes.data[--bytes.length] = '\0';
    const char *line = bytes.length ? strrchr(bytes.data, '\n') : NULL;
    line = line ? line + 1 : bytes.data;
    text_add_printable(&printable, line ? line : "", line ? strnlen(line, 200) : 0);
    text_free(&bytes);
    return text_take(&printable);
}

// How the program ended, in front of what its threads did.
static void add_ending(const struct explored *explored, struct text *sentence, const json_t *found,
                       enum fault_kind kind) {
    char *words = last_line(text_of(found, "errors"));
    const char *saying = *words ? ", saying: " : "";
    struct text printed = {0};
    int signal_number =
        (int)(number_of(found, "signal") ? number_of(found, "signal") : number_of(found, "detail"));
    explored_bytes(&printed, text_of(found, "output"));
    char *difference = output_difference(explored->run->program, &printed);
    if (kind == FAULT_CRASH)
        text_add(sentence, "the program was ended by signal %d (%s)%s%s", signal_number,
                 strsignal(signal_number), saying, words);
    else if (kind == FAULT_WRONG_RESULT)
        add_said(sentence, text_of(found, "sentence"));
    else if (kind == FAULT_WRONG_EXIT && json_object_get(found, "early"))
        text_add(sentence, "%s", exercise_ends_early);
    else if (kind == FAULT_WRONG_EXIT && json_object_get(found, "unseen"))
        text_add(sentence, "the program ended without a call that ends a program");
    else if (kind == FAULT_WRONG_EXIT)
        text_add(sentence, "the program ended with exit status %d%s%s",
                 (int)number_of(found, "detail"), saying, words);
    else if (kind == FAULT_WRONG_OUTPUT)
        text_add(sentence, "%s", difference ? difference : "its output is not what it should be");
    else if (kind == FAULT_OUTPUT_LIMIT)
        text_add(sentence, "the program printed more than is reasonable and was stopped");
    else if (kind == FAULT_TIMEOUT)
        text_add(sentence, "the program goes on for long without any operation that another thread "
                           "could notice, as in an endless loop");
    else if (kind == FAULT_MEMORY_GROWTH && number_of(found, "threads"))
        text_add(sentence, "the program has more than %u threads at once, which are its ceiling",
                 (unsigned)number_of(found, "threads"));
    else if (kind == FAULT_MEMORY_GROWTH)
        text_add(sentence,
                 "the program held more than the %.1f MiB of heap memory that are its ceiling",
                 (double)explored->run->program->heap_ceiling / 1048576.0);
    text_free(&printed);
    free(difference);
    free(words);
}

static struct fault *add_fault(const struct explored *explored, const json_t *found) {
    enum fault_kind kind = fault_kind_named(text_of(found, "fault"));
    struct fault *fault =
        faults_add(&explored->findings->faults, kind, explored->run->engine->name, NULL);
    struct text sentence = {0};
    json_t *part;
    size_t i;
    if (add_accesses(explored, found, fault))
        return fault;
    add_ending(explored, &sentence, found, kind);
    json_array_foreach(json_object_get(found, "parts"), i, part) {
        add_part(explored, fault, &sentence, found, part);
    }
    text_add(&sentence, "%s.", endings[kind] ? endings[kind] : "");
    fault->message = text_take(&sentence);
    if (kind == FAULT_THREAD_LEAK)
        findings_unjoined(explored->findings, fault, (int)number_of(found, "count"));
    return fault;
}

struct fault *explored_fault(const struct explored *explored, const json_t *found) {
    const char *word = text_of(found, "fault");
    if (!word || fault_kind_named(word) == FAULT_KINDS)
        return NULL;
    return text_of(found, "hang") ? add_hang(explored, found) : add_fault(explored, found);
}
