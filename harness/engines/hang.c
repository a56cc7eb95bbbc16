// A hang, as a person would say it. What the keeper saw is in the result's report (observe.h).
#include "engine.h"

#include <stdlib.h>
#include <string.h>

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

static int number(const json_t *json, const char *key) {
    return (int)json_integer_value(json_object_get(json, key));
}

static void add_line(struct text *out, const char *before, const json_t *place, const char *after) {
    if (text(place, "file"))
        text_add(out, "%s%s:%d%s", before, path_base(text(place, "file")), number(place, "line"),
                 after);
}

static const char *const lock_waits[] = {"mutex", "read lock", "write lock", "spin lock", "stream"};

// `wait` is NULL of a thread that the witness does not know to wait, such as one in a long sleep.
static bool is_lock(const char *wait) {
    for (size_t i = 0; wait && i < sizeof lock_waits / sizeof lock_waits[0]; i++)
        if (strcmp(wait, lock_waits[i]) == 0)
            return true;
    return false;
}

// "waits for `b`", "waits for T1 to end", "waits for the condition `full`"
static char *action(const json_t *thread) {
    const char *wait = text(thread, "wait"), *object = text(thread, "object"),
               *holder = text(thread, "holder");
    if (strcmp(wait, "join") == 0)
        return holder ? string_format("waits for %s to end", holder)
                      : string_copy("waits for a thread to end");
    if (strcmp(wait, "other") == 0)
        return string_copy("waits");
    if (strcmp(wait, "descriptor") == 0)
        return string_format("waits for input on descriptor %d", number(thread, "object_id"));
    if (strcmp(wait, "once") == 0)
        return string_copy("waits for an initialisation to end");
    if (strcmp(wait, "child") == 0)
        return string_copy("waits for a child process to end");
    if (!object)
        return string_format("waits for a %s", wait);
    if (strcmp(wait, "mutex") == 0)
        return string_format("waits for `%s`", object);
    return string_format("waits for the %s `%s`", wait, object);
}

// What the thread holds, as ", holding `a` since x.c:8"; the lock that it waits for itself left out.
static void add_held(struct text *out, const json_t *thread) {
    size_t i;
    json_t *held;
    const char *word = ", holding ";
    json_array_foreach(json_object_get(thread, "held"), i, held) {
        if (json_integer_value(json_object_get(held, "id")) ==
            json_integer_value(json_object_get(thread, "object_id")))
            continue;
        text_add(out, "%s%s%s%s", word, text(held, "object") ? "`" : "",
                 text(held, "object") ? text(held, "object") : "a lock",
                 text(held, "object") ? "`" : "");
        add_line(out, " since ", held, "");
        word = " and ";
    }
}

static void add_thread(struct text *out, const json_t *thread, bool with_held) {
    char *does = action(thread);
    const char *holder = text(thread, "holder");
    text_add(out, "%s %s", text(thread, "name"), does);
    add_line(out, " (", thread, ")");
    if (holder && is_lock(text(thread, "wait"))) {
        bool self = strcmp(holder, text(thread, "name")) == 0;
        bool ended = json_is_true(json_object_get(thread, "holder_ended"));
        text_add(out, self ? ", which it holds itself" : ", held by %s", holder);
        add_line(out, " since ", json_object_get(thread, "since"), "");
        text_add(out, ended ? ", which has ended without releasing it" : "");
    }
    if (with_held)
        add_held(out, thread);
    free(does);
}

static const struct hang_kind {
    const char *word;
    enum fault_kind kind;
    bool held; // say what each thread holds
    const char *end;
} hang_kinds[] = {
    {"cycle", FAULT_DEADLOCK, false, "none of them can ever go on"},
    {"self", FAULT_DOUBLE_LOCK, false, "it can never go on"},
    {"orphan", FAULT_STUCK_WAIT, false, "nobody is left to release it"},
    {"across-wait", FAULT_LOCK_ACROSS_WAIT, true, "every thread waits, and nobody can go on"},
    {"all-asleep", FAULT_STUCK_WAIT, true, "every thread waits, and nobody is left to wake them"},
    {"spinning", FAULT_TIMEOUT, true,
     "those that still run only look again and again for what nobody is left to change"},
};

static const struct hang_kind *hang_named(const char *word) {
    for (size_t i = 0; i < sizeof hang_kinds / sizeof hang_kinds[0]; i++)
        if (strcmp(hang_kinds[i].word, word) == 0)
            return &hang_kinds[i];
    return NULL;
}

static void add_taken(struct fault *fault, const json_t *thread) {
    size_t i;
    json_t *held;
    json_array_foreach(json_object_get(thread, "held"), i, held) {
        if (!text(held, "file"))
            continue;
        char *took = text(held, "object") ? string_format("took `%s` before", text(held, "object"))
                                          : string_copy("took a lock before");
        fault_before(fault, text(held, "file"), number(held, "line"), text(held, "function"),
                     text(thread, "name"), took);
        free(took);
    }
}

struct fault *hang_add(struct findings *findings, const char *engine, const char *word,
                       const json_t *threads) {
    const struct hang_kind *hang = word ? hang_named(word) : NULL;
    if (!hang)
        return NULL;
    struct text sentence = {0};
    size_t i;
    json_t *thread;
    json_array_foreach(threads, i, thread) {
        text_add(&sentence, i ? "; " : "");
        add_thread(&sentence, thread, hang->held);
    }
    text_add(&sentence, ": %s.", hang->end);
    struct fault *fault = faults_add(&findings->faults, hang->kind, engine, text_take(&sentence));
    json_array_foreach(threads, i, thread) {
        if (!text(thread, "file"))
            continue;
        char *does = action(thread);
        fault_place(fault, text(thread, "file"), number(thread, "line"), text(thread, "function"),
                    text(thread, "name"), does);
        free(does);
        add_taken(fault, thread);
    }
    return fault;
}

const char blocking_ends[] = " while it polls a task: no other task on this thread can go on";

bool observed_blocking(const struct run *run, const struct process_result *result,
                       struct findings *findings) {
    const json_t *blocked = json_object_get(result->report, "blocked");
    if (!blocked)
        return false;
    char *does = strcmp(text(blocked, "wait"), "time") == 0         ? string_copy("sleeps")
                 : strcmp(text(blocked, "wait"), "descriptor") == 0 ? string_copy("waits for input")
                 : strcmp(text(blocked, "wait"), "join") == 0
                     ? string_copy("waits for another thread to end")
                     : action(blocked);
    struct text sentence = {0};
    text_add(&sentence, "%s %s", text(blocked, "name"), does);
    add_line(&sentence, " at ", blocked, "");
    text_add(&sentence, "%s.", blocking_ends);
    struct fault *fault = faults_add(&findings->faults, FAULT_BLOCKING_IN_ASYNC, run->engine->name,
                                     text_take(&sentence));
    fault_place(fault, text(blocked, "file"), number(blocked, "line"), text(blocked, "function"),
                text(blocked, "name"), does);
    free(does);
    return true;
}

// One that blocks in a poll is the cause of what follows: no other task on its thread can go on.
static bool follows_from_blocking(const struct process_result *result) {
    const json_t *blocked = json_object_get(result->report, "blocked");
    size_t i;
    json_t *thread;
    json_array_foreach(json_object_get(result->report, "threads"), i, thread) {
        if (blocked && strcmp(text(thread, "name"), text(blocked, "name")) == 0 &&
            number(thread, "line") == number(blocked, "line"))
            return !is_lock(text(thread, "wait"));
    }
    return false;
}

void observed_hang(const struct run *run, const struct process_result *result,
                   struct findings *findings) {
    if (follows_from_blocking(result) && observed_blocking(run, result, findings))
        return;
    hang_add(findings, run->engine->name, text(result->report, "hang"),
             json_object_get(result->report, "threads"));
}
