#include "observe.h"

#include "fault.h"
#include "names.h"
#include "stacks.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct observer {
    const char *executable;
    const struct witness *witness;
    pid_t pid;
    bool unwinds;
    struct symbols *symbols;
    struct stacks *stacks;
    pid_t stacks_pid;
    struct names *names;
};

struct observer *observer_new(const char *executable, const struct witness *witness, pid_t pid,
                              bool unwinds) {
    struct observer *observer = memory_zeroed(1, sizeof *observer);
    *observer = (struct observer){
        .executable = executable, .witness = witness, .pid = pid, .unwinds = unwinds};
    if (witness && witness->magic == WITNESS_MAGIC)
        observer->symbols = symbols_open(executable, WITNESS_ANCHOR, witness->anchor);
    observer->names = names_new(observer->symbols);
    return observer;
}

void observer_free(struct observer *observer) {
    if (!observer)
        return;
    stacks_close(observer->stacks);
    symbols_close(observer->symbols);
    names_free(observer->names);
    free(observer);
}

// A place in the program: the innermost line that is not of the lessons' library, and the call itself,
// which may be in the library and then knows better what it is about.
struct where {
    struct location line, call;
};

static void where_free(struct where *where) {
    location_free(&where->line);
    location_free(&where->call);
}

static struct location location_copy(const struct location *location) {
    return (struct location){.file = string_copy(location->file),
                             .function = string_copy(location->function),
                             .line = location->line};
}

struct search {
    struct observer *observer;
    struct where *where;
};

// From the innermost address on, until the line is found.
static bool look_outwards(void *context, uint64_t address) {
    struct search *search = context;
    struct where *where = search->where;
    struct location here = {0};
    if (!symbols_line(search->observer->symbols, address, &here))
        return true;
    bool library = symbols_is_library(here.file);
    if (!where->call.file)
        where->call = location_copy(&here);
    if (library)
        location_free(&here);
    else
        where->line = here;
    return library;
}

// As the witness wrote it down, whoever has returned since.
static bool where_called(struct observer *observer, uint64_t pc, const uint64_t *callers,
                         struct where *where) {
    struct search search = {observer, where};
    *where = (struct where){0};
    bool outwards = pc && look_outwards(&search, pc - 1);
    for (size_t i = 0; callers && outwards && i < WITNESS_CALLERS && callers[i]; i++)
        outwards = look_outwards(&search, callers[i] - 1);
    if (!where->line.file && where->call.file)
        where->line = location_copy(&where->call);
    return where->line.file;
}

// Where the thread is now.
static bool where_is(struct observer *observer, pid_t pid, pid_t tid, uint64_t pc,
                     struct where *where) {
    *where = (struct where){0};
    if (!observer->symbols)
        return false;
    struct search search = {observer, where};
    if (observer->unwinds) {
        if (!observer->stacks || observer->stacks_pid != pid) {
            stacks_close(observer->stacks);
            observer->stacks = stacks_open(pid);
            observer->stacks_pid = pid;
        }
        if (observer->stacks)
            stacks_walk(observer->stacks, tid, look_outwards, &search);
    }
    if (where->line.file)
        return true;
    where_free(where);
    const struct witness_thread *thread = pc ? waits_thread(observer->witness, tid) : NULL;
    return where_called(observer, pc, thread ? thread->callers : NULL, where);
}

static char *thread_name(const struct observer *observer, pid_t pid, pid_t tid) {
    const struct witness_thread *thread = waits_thread(observer->witness, tid);
    if (pid && pid != observer->pid)
        return string_format("child process %ld", (long)pid);
    if (tid == observer->pid)
        return string_copy("main");
    return thread ? string_format("T%u", thread->number) : string_format("thread %ld", (long)tid);
}

static void set_location(json_t *object, const struct location *location) {
    if (!location->file)
        return;
    json_object_set_new(object, "file", json_of_text(location->file));
    json_object_set_new(object, "line", json_integer(location->line));
    if (location->function)
        json_object_set_new(object, "function", json_of_text(location->function));
}

static json_t *location_of_call(struct observer *observer, uint64_t pc, struct location *location) {
    *location = (struct location){0};
    json_t *json = json_object();
    if (pc && symbols_line(observer->symbols, pc - 1, location))
        set_location(json, location);
    return json;
}

static void set_text(json_t *object, const char *key, const char *text) {
    if (text)
        json_object_set_new(object, key, json_of_text(text));
}

static void set_held(struct observer *observer, json_t *json, pid_t tid) {
    const struct witness_thread *thread = waits_thread(observer->witness, tid);
    json_t *list = json_array();
    for (uint32_t i = 0; thread && i < thread->held_count && i < WITNESS_HELD; i++) {
        struct location location;
        json_t *held = location_of_call(observer, thread->held[i].pc, &location);
        set_text(held, "object", names_object(observer->names, thread->held[i].object, &location));
        json_object_set_new(held, "id", json_integer((json_int_t)thread->held[i].object));
        location_free(&location);
        json_array_append_new(list, held);
    }
    json_object_set_new(json, "held", list);
}

static void set_holder(struct observer *observer, json_t *json, const struct wait *wait) {
    if (!wait->holder)
        return;
    char *name = thread_name(observer, wait->pid, wait->holder);
    set_text(json, "holder", name);
    free(name);
    json_object_set_new(json, "holder_ended", json_boolean(wait->holder_ended));
    const struct witness_thread *holder = waits_thread(observer->witness, wait->holder);
    for (uint32_t i = 0; holder && i < holder->held_count && i < WITNESS_HELD; i++) {
        if (holder->held[i].object != wait->object)
            continue;
        struct location location;
        json_object_set_new(json, "since",
                            location_of_call(observer, holder->held[i].pc, &location));
        location_free(&location);
    }
}

static const char *const wait_words[] = {
    [WAITS_NOT] = "other",           [WAITS_MUTEX] = "mutex",
    [WAITS_READ_LOCK] = "read lock", [WAITS_WRITE_LOCK] = "write lock",
    [WAITS_SPIN_LOCK] = "spin lock", [WAITS_CONDITION] = "condition",
    [WAITS_SEMAPHORE] = "semaphore", [WAITS_BARRIER] = "barrier",
    [WAITS_JOIN] = "join",           [WAITS_DESCRIPTOR] = "descriptor",
    [WAITS_CHILD] = "child",         [WAITS_ONCE] = "once",
    [WAITS_TIME] = "time",
};

json_t *observe_waits(struct observer *observer, const struct waits *waits) {
    json_t *list = json_array();
    for (size_t i = 0; i < waits->count && i < 16; i++) {
        const struct wait *wait = &waits->items[i];
        struct where where;
        json_t *json = json_object();
        char *name = thread_name(observer, wait->pid, wait->tid);
        set_text(json, "name", name);
        free(name);
        set_text(json, "wait", wait_words[wait->kind]);
        if (where_is(observer, wait->pid, wait->tid, wait->pc, &where))
            set_location(json, &where.line);
        if (wait->kind != WAITS_JOIN)
            set_text(json, "object", names_object(observer->names, wait->object, &where.call));
        json_object_set_new(json, "object_id", json_integer((json_int_t)wait->object));
        where_free(&where);
        set_held(observer, json, wait->tid);
        set_holder(observer, json, wait);
        json_array_append_new(list, json);
    }
    return list;
}

json_t *observe_threads(struct observer *observer, const struct tasks *tasks, pid_t only,
                        size_t most) {
    json_t *list = json_array();
    for (size_t i = 0; i < tasks->count && json_array_size(list) < most; i++) {
        const struct task *task = &tasks->items[i];
        struct where where;
        if ((only && task->tid != only) || task->rest == TASK_ENDED ||
            !where_is(observer, task->pid, task->tid, 0, &where))
            continue;
        json_t *json = json_object();
        char *name = thread_name(observer, task->pid, task->tid);
        set_text(json, "name", name);
        free(name);
        set_location(json, &where.line);
        where_free(&where);
        json_array_append_new(list, json);
    }
    return list;
}

json_t *observe_allocations(struct observer *observer) {
    const struct witness_site *most = NULL;
    uint64_t bytes = 0;
    for (size_t i = 0; observer->witness && i < WITNESS_SITES; i++) {
        const struct witness_site *site = &observer->witness->sites[i];
        uint64_t here = atomic_load_explicit(&site->bytes, memory_order_relaxed);
        if (here > bytes) {
            bytes = here;
            most = site;
        }
    }
    if (!most)
        return NULL;
    struct location location;
    json_t *json = location_of_call(observer, atomic_load_explicit(&most->pc, memory_order_relaxed),
                                    &location);
    location_free(&location);
    json_object_set_new(json, "bytes", json_integer((json_int_t)bytes));
    return json;
}

json_t *observe_kept(struct observer *observer) {
    const struct witness *witness = observer->witness;
    json_t *list = json_array();
    uint32_t count =
        witness ? atomic_load_explicit(&witness->thread_count, memory_order_acquire) : 0;
    for (uint32_t i = 0; i < count && i < WITNESS_THREADS; i++) {
        const struct witness_thread *thread = &witness->threads[i];
        if (!thread->kept.object)
            continue;
        struct location location;
        json_t *json = location_of_call(observer, thread->kept.pc, &location);
        char *name = thread_name(observer, thread->pid, thread->tid);
        set_text(json, "name", name);
        set_text(json, "object", names_object(observer->names, thread->kept.object, &location));
        free(name);
        location_free(&location);
        json_array_append_new(list, json);
    }
    return list;
}

// Where the call was, whatever the thread does now. NULL: there was none.
static json_t *call_told(struct observer *observer, const struct witness_call *call,
                         struct where *where) {
    if (!atomic_load(&call->readable) || !where_called(observer, call->pc, call->callers, where))
        return NULL;
    const struct witness_thread *thread = &observer->witness->threads[call->thread];
    json_t *json = json_object();
    char *name = thread_name(observer, thread->pid, thread->tid);
    set_text(json, "name", name);
    set_location(json, &where->line);
    free(name);
    return json;
}

json_t *observe_blocked(struct observer *observer) {
    const struct witness_call *blocked = &observer->witness->blocked;
    struct where where = {0};
    json_t *json = call_told(observer, blocked, &where);
    bool is_named = blocked->wait == WAITS_CONDITION || blocked->wait == WAITS_SEMAPHORE ||
                    blocked->wait == WAITS_BARRIER;
    if (json)
        set_text(json, "wait", wait_words[blocked->wait]);
    if (json && is_named)
        set_text(json, "object", names_object(observer->names, blocked->object, &where.call));
    where_free(&where);
    return json;
}

json_t *observe_crowd(struct observer *observer) {
    struct where where = {0};
    json_t *json = call_told(observer, &observer->witness->crowd, &where);
    where_free(&where);
    return json;
}

json_t *observe_driver(struct observer *observer) {
    const struct witness *witness = observer->witness;
    if (!witness)
        return NULL;
    json_t *json =
        json_pack("{s:I, s:I, s:b}", "done", (json_int_t)atomic_load(&witness->driver_done),
                  "ended", (json_int_t)atomic_load(&witness->driver_ended), "blinded",
                  (int)atomic_load(&witness->blinded));
    if (!atomic_load_explicit(&witness->check_failed, memory_order_acquire))
        return json;
    struct location location;
    json_t *failed = location_of_call(observer, witness->check_pc, &location);
    uint32_t number = witness->check_thread < WITNESS_THREADS ? witness->check_thread : 0;
    const struct witness_thread *thread = &witness->threads[number];
    char *name = thread_name(observer, thread->pid, thread->tid);
    char *sentence = string_format("%.*s", WITNESS_SENTENCE, witness->check_sentence);
    set_text(failed, "name", name);
    set_text(failed, "sentence", sentence);
    json_object_set_new(json, "failed", failed);
    location_free(&location);
    free(sentence);
    free(name);
    return json;
}

static void set_end(struct observer *observer, json_t *json, const char *end, uint64_t object,
                    uint64_t pc, uint32_t shared) {
    struct location location;
    json_t *at = location_of_call(observer, pc, &location);
    set_text(at, "object", names_object(observer->names, object, &location));
    json_object_set_new(at, "id", json_integer((json_int_t)object));
    json_object_set_new(at, "shared", json_boolean(shared));
    location_free(&location);
    json_object_set_new(json, end, at);
}

json_t *observe_lock_graph(struct observer *observer) {
    const struct witness *witness = observer->witness;
    json_t *edges = json_array(), *threads = json_array();
    bool any = witness && atomic_load(&witness->edge_count);
    for (size_t i = 0; any && i < WITNESS_EDGES; i++) {
        const struct witness_edge *edge = &witness->edges[i];
        if (atomic_load_explicit(&edge->state, memory_order_acquire) != 2)
            continue;
        json_t *json = json_object(), *gates = json_array();
        set_end(observer, json, "from", edge->from, edge->from_pc, edge->from_shared);
        set_end(observer, json, "to", edge->to, edge->to_pc, edge->to_shared);
        for (uint32_t k = 0; k < edge->gate_count && k < WITNESS_GATES; k++)
            json_array_append_new(gates, json_pack("{s:I, s:b}", "id", (json_int_t)edge->gates[k],
                                                   "shared", edge->shared_gates >> k & 1));
        json_object_set_new(json, "gates", gates);
        json_object_set_new(json, "thread", json_integer(edge->thread));
        json_object_set_new(json, "at", json_integer((json_int_t)edge->at));
        json_array_append_new(edges, json);
    }
    uint32_t count =
        witness ? atomic_load_explicit(&witness->thread_count, memory_order_acquire) : 0;
    for (uint32_t i = 0; json_array_size(edges) && i < count && i < WITNESS_THREADS; i++) {
        const struct witness_thread *thread = &witness->threads[i];
        json_array_append_new(
            threads,
            json_pack("{s:i, s:i, s:I, s:i, s:I}", "number", (int)thread->number, "creator",
                      (int)thread->creator, "created_at", (json_int_t)thread->created_at, "joiner",
                      (int)thread->joiner, "joined_at", (json_int_t)thread->joined_at));
    }
    bool complete =
        witness && witness->magic == WITNESS_MAGIC && !atomic_load(&witness->incomplete);
    return json_pack("{s:b, s:o, s:o}", "complete", complete, "edges", edges, "threads", threads);
}
