#include "fault.h"

#include <stdlib.h>
#include <string.h>

const struct fault_word fault_words[FAULT_KINDS] = {
    [FAULT_DATA_RACE] = {"data-race",
                         "Two threads touch the same memory, at least one of them writes, and "
                         "nothing orders the two: the result is undefined."},
    [FAULT_LOCK_ORDER] = {"lock-order",
                          "Locks are taken in one order here and in another order there: "
                          "a deadlock that waits for its schedule."},
    [FAULT_DEADLOCK] = {"deadlock",
                        "Each of these threads waits for something that the next one holds: none "
                        "can ever go on."},
    [FAULT_DOUBLE_LOCK] = {"double-lock",
                           "A thread waits for a lock that it holds itself, so nobody can ever "
                           "release it."},
    [FAULT_STUCK_WAIT] = {"stuck-wait",
                          "Every thread waits, and nobody is left to wake any of them."},
    [FAULT_LOCK_ACROSS_WAIT] = {"lock-across-wait",
                                "A thread waits for somebody else while it holds a lock "
                                "that the others need to go on."},
    [FAULT_BLOCKING_IN_ASYNC] = {"blocking-in-async",
                                 "A task that should only be polled blocks its thread, "
                                 "and every other task with it."},
    [FAULT_USE_AFTER_FREE] = {"use-after-free", "Memory is used after it was given back."},
    [FAULT_DOUBLE_FREE] = {"double-free", "The same memory is given back twice."},
    [FAULT_LEAK] = {"leak", "Memory is never given back, and nothing points to it any more."},
    [FAULT_STACK_ESCAPE] = {"stack-escape",
                            "A pointer to a local variable is used after its function or "
                            "block has ended."},
    [FAULT_BUFFER_OVERFLOW] = {"buffer-overflow",
                               "Memory is touched beyond the end, or before the start, of "
                               "the object it belongs to."},
    [FAULT_UNDEFINED_BEHAVIOUR] = {"undefined-behaviour",
                                   "The C standard gives this operation no meaning: "
                                   "anything may happen."},
    [FAULT_MEMORY_GROWTH] = {"memory-growth",
                             "Memory or a backlog grows beyond the stated ceiling: nothing "
                             "holds the producer back."},
    [FAULT_LOCK_MISUSE] = {"lock-misuse",
                           "A lock is used against its rules: released by a thread that does "
                           "not hold it, destroyed while it is held, or never released by a "
                           "thread that ends."},
    [FAULT_THREAD_LEAK] = {"thread-leak",
                           "A thread has ended and nobody joins or detaches it: its stack is "
                           "never given back."},
    [FAULT_THREAD_SAFETY] = {"thread-safety",
                             "Clang's Thread Safety Analysis sees guarded data used without "
                             "its lock."},
    [FAULT_WRONG_OUTPUT] = {"wrong-output", "The program does not print what it should."},
    [FAULT_WRONG_RESULT] = {"wrong-result",
                            "A function gives back, or leaves behind, what exercise.h does not "
                            "promise."},
    [FAULT_WRONG_EXIT] = {"wrong-exit",
                          "The program says by its exit status that it failed, or ends before it "
                          "should."},
    [FAULT_CRASH] = {"crash", "The program was ended by a signal."},
    [FAULT_TIMEOUT] = {"timeout", "The program is still busy after the time it was given."},
    [FAULT_OUTPUT_LIMIT] = {"output-limit",
                            "The program prints more than is reasonable; it was stopped."},
    [FAULT_COMPILE_ERROR] = {"compile-error", "The compiler rejects the program."},
};

enum fault_kind fault_kind_named(const char *name) {
    for (int kind = 0; kind < FAULT_KINDS; kind++)
        if (strcmp(fault_words[kind].name, name) == 0)
            return (enum fault_kind)kind;
    return FAULT_KINDS;
}

bool fault_set_parse(const char *words, fault_set *set, char **unknown) {
    *set = 0;
    *unknown = NULL;
    while (*words) {
        words += strspn(words, " \t,|");
        size_t length = strcspn(words, " \t,|");
        if (!length)
            break;
        char *word = string_format("%.*s", (int)length, words);
        enum fault_kind kind = fault_kind_named(word);
        if (kind == FAULT_KINDS) {
            *unknown = word;
            return false;
        }
        free(word);
        *set |= FAULT_BIT(kind);
        words += length;
    }
    return true;
}

char *fault_set_names(fault_set set) {
    struct text names = {0};
    for (int kind = 0; kind < FAULT_KINDS; kind++)
        if (set & FAULT_BIT(kind))
            text_add(&names, "%s%s", names.length ? " or " : "", fault_words[kind].name);
    return text_take(&names);
}

struct fault *faults_add(struct faults *list, enum fault_kind kind, const char *engine,
                         char *message) {
    list->items = memory_resize(list->items, list->count + 1, sizeof *list->items);
    struct fault *fault = &list->items[list->count++];
    *fault = (struct fault){.kind = kind, .engine = engine, .message = message};
    return fault;
}

static struct place *add_place(struct place **places, size_t *count, const char *file, int line,
                               const char *function, const char *thread, const char *action) {
    *places = memory_resize(*places, *count + 1, sizeof **places);
    struct place *place = &(*places)[(*count)++];
    *place = (struct place){.file = string_copy(file),
                            .line = line,
                            .function = string_copy(function),
                            .thread = string_copy(thread),
                            .action = string_copy(action)};
    return place;
}

struct place *fault_place(struct fault *fault, const char *file, int line, const char *function,
                          const char *thread, const char *action) {
    return add_place(&fault->places, &fault->place_count, file, line, function, thread, action);
}

struct place *fault_before(struct fault *fault, const char *file, int line, const char *function,
                           const char *thread, const char *action) {
    return add_place(&fault->before, &fault->before_count, file, line, function, thread, action);
}

static bool has_line(const struct fault *fault, const struct place *place) {
    for (size_t i = 0; i < fault->place_count; i++) {
        const struct place *other = &fault->places[i];
        bool same_file = other->line == place->line &&
                         ((!other->file && !place->file) || file_same(other->file, place->file));
        if (same_file)
            return true;
    }
    return false;
}

bool fault_share_line(const struct fault *a, const struct fault *b) {
    for (size_t i = 0; i < a->place_count; i++)
        for (size_t k = 0; k < b->place_count; k++)
            if (a->places[i].line == b->places[k].line &&
                file_same(a->places[i].file, b->places[k].file))
                return true;
    return false;
}

bool fault_same(const struct fault *a, const struct fault *b) {
    if (a->kind != b->kind)
        return false;
    for (size_t i = 0; i < a->place_count; i++)
        if (!has_line(b, &a->places[i]))
            return false;
    for (size_t i = 0; i < b->place_count; i++)
        if (!has_line(a, &b->places[i]))
            return false;
    return true;
}

bool fault_alike(const struct fault *a, const struct fault *b) {
    if (a->kind != b->kind)
        return false;
    bool unplaced = a->place_count == 0 && b->place_count == 0;
    // How a program ends and what it gives back is known also where no line is.
    bool ending = a->kind >= FAULT_WRONG_OUTPUT && (a->place_count == 0 || b->place_count == 0);
    return unplaced || ending || fault_share_line(a, b);
}

void faults_merge(struct faults *to, struct faults *from) {
    for (size_t i = 0; i < from->count; i++) {
        bool known = false;
        for (size_t k = 0; k < to->count && !known; k++)
            known = fault_same(&to->items[k], &from->items[i]);
        if (known) {
            fault_free(&from->items[i]);
            continue;
        }
        to->items = memory_resize(to->items, to->count + 1, sizeof *to->items);
        to->items[to->count++] = from->items[i];
    }
    free(from->items);
    *from = (struct faults){0};
}

static void places_free(struct place *places, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct place *place = &places[i];
        free(place->file);
        free(place->function);
        free(place->thread);
        free(place->action);
        strings_free(&place->held);
    }
    free(places);
}

void fault_free(struct fault *fault) {
    places_free(fault->places, fault->place_count);
    places_free(fault->before, fault->before_count);
    free(fault->message);
    json_decref(fault->exploration);
}

void faults_free(struct faults *list) {
    for (size_t i = 0; i < list->count; i++)
        fault_free(&list->items[i]);
    free(list->items);
    *list = (struct faults){0};
}

json_t *json_of_text(const char *text) {
    if (!text)
        return json_null();
    json_t *json = json_string(text);
    if (json)
        return json;
    struct text printable = {0};
    text_add_printable(&printable, text, strlen(text));
    json = json_string(printable.data);
    text_free(&printable);
    return json;
}

static json_t *place_to_json(const struct place *place) {
    json_t *json = json_pack("{s:o, s:i, s:o, s:o, s:o}", "file", json_of_text(place->file), "line",
                             place->line, "function", json_of_text(place->function), "thread",
                             json_of_text(place->thread), "action", json_of_text(place->action));
    if (!place->held_known)
        return json;
    json_t *held = json_array();
    for (size_t i = 0; i < place->held.count; i++)
        json_array_append_new(held, json_of_text(place->held.items[i]));
    json_object_set_new(json, "held", held);
    return json;
}

static json_t *places_to_json(const struct place *places, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, place_to_json(&places[i]));
    return array;
}

json_t *faults_to_json(const struct faults *list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct fault *fault = &list->items[i];
        json_t *places = places_to_json(fault->places, fault->place_count);
        json_t *json =
            json_pack("{s:s, s:s, s:o, s:o}", "kind", fault_words[fault->kind].name, "engine",
                      fault->engine, "message", json_of_text(fault->message), "places", places);
        if (fault->before_count)
            json_object_set_new(json, "before", places_to_json(fault->before, fault->before_count));
        if (fault->exploration)
            json_object_set(json, "exploration", fault->exploration);
        json_array_append_new(array, json);
    }
    return array;
}

static const char *member(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

typedef struct place *adds(struct fault *, const char *, int, const char *, const char *,
                           const char *);

static void places_from_json(struct fault *fault, adds *add, const json_t *json) {
    size_t i, k;
    json_t *place, *lock;
    json_array_foreach(json, i, place) {
        struct place *read = add(
            fault, member(place, "file"), (int)json_integer_value(json_object_get(place, "line")),
            member(place, "function"), member(place, "thread"), member(place, "action"));
        const json_t *held = json_object_get(place, "held");
        read->held_known = held != NULL;
        json_array_foreach(held, k, lock) {
            if (json_is_string(lock))
                strings_add(&read->held, json_string_value(lock));
        }
    }
}

void faults_from_json(struct faults *list, const json_t *json,
                      const char *(*engine_name)(const char *)) {
    size_t i;
    json_t *item;
    json_array_foreach(json, i, item) {
        const char *kind = member(item, "kind"), *engine = member(item, "engine");
        if (!kind || !engine || fault_kind_named(kind) == FAULT_KINDS)
            continue;
        struct fault *fault = faults_add(list, fault_kind_named(kind), engine_name(engine),
                                         string_copy(member(item, "message")));
        fault->exploration = json_incref(json_object_get(item, "exploration"));
        places_from_json(fault, fault_place, json_object_get(item, "places"));
        places_from_json(fault, fault_before, json_object_get(item, "before"));
    }
}
