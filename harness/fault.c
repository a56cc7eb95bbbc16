#include "fault.h"

#include "text.h"

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

struct place *fault_place(struct fault *fault, const char *file, int line, const char *function,
                          const char *thread, const char *action) {
    fault->places = memory_resize(fault->places, fault->place_count + 1, sizeof *fault->places);
    struct place *place = &fault->places[fault->place_count++];
    *place = (struct place){.file = string_copy(file),
                            .line = line,
                            .function = string_copy(function),
                            .thread = string_copy(thread),
                            .action = string_copy(action)};
    return place;
}

static bool has_line(const struct fault *fault, const struct place *place) {
    for (size_t i = 0; i < fault->place_count; i++) {
        const struct place *other = &fault->places[i];
        bool same_file = other->file == place->file ||
                         (other->file && place->file && strcmp(other->file, place->file) == 0);
        if (same_file && other->line == place->line)
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
    return a->kind == b->kind &&
           (fault_share_line(a, b) || (a->place_count == 0 && b->place_count == 0));
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

void fault_free(struct fault *fault) {
    for (size_t i = 0; i < fault->place_count; i++) {
        struct place *place = &fault->places[i];
        free(place->file);
        free(place->function);
        free(place->thread);
        free(place->action);
    }
    free(fault->places);
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
    return json_pack("{s:o, s:i, s:o, s:o, s:o}", "file", json_of_text(place->file), "line",
                     place->line, "function", json_of_text(place->function), "thread",
                     json_of_text(place->thread), "action", json_of_text(place->action));
}

json_t *faults_to_json(const struct faults *list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct fault *fault = &list->items[i];
        json_t *places = json_array();
        for (size_t k = 0; k < fault->place_count; k++)
            json_array_append_new(places, place_to_json(&fault->places[k]));
        json_t *json =
            json_pack("{s:s, s:s, s:o, s:o}", "kind", fault_words[fault->kind].name, "engine",
                      fault->engine, "message", json_of_text(fault->message), "places", places);
        if (fault->exploration)
            json_object_set(json, "exploration", fault->exploration);
        json_array_append_new(array, json);
    }
    return array;
}

static const char *member(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

void faults_from_json(struct faults *list, const json_t *json,
                      const char *(*engine_name)(const char *)) {
    size_t i, k;
    json_t *item, *place;
    json_array_foreach(json, i, item) {
        const char *kind = member(item, "kind"), *engine = member(item, "engine");
        if (!kind || !engine || fault_kind_named(kind) == FAULT_KINDS)
            continue;
        struct fault *fault = faults_add(list, fault_kind_named(kind), engine_name(engine),
                                         string_copy(member(item, "message")));
        fault->exploration = json_incref(json_object_get(item, "exploration"));
        json_array_foreach(json_object_get(item, "places"), k, place) {
            fault_place(fault, member(place, "file"),
                        (int)json_integer_value(json_object_get(place, "line")),
                        member(place, "function"), member(place, "thread"),
                        member(place, "action"));
        }
    }
}
