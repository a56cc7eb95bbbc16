#include "report.h"

#include "choose.h"
#include "schedule.h"
#include "thread.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const char image[] __asm__("__executable_start");

enum { RESERVED = 256 << 10 }; // bytes of the evidence that are for faults alone

struct channel *channel;

static char *line; // being written, in the evidence
static size_t used;
static bool full;
static bool in_list; // parts, or places: to be closed
static bool in_parts;
static uint64_t key;
static bool wherever; // places do not count
static bool weak;
static uint64_t keys[64]; // of the faults of this schedule
static unsigned key_count;

uint32_t report_place(const void *return_address) {
    uintptr_t offset = (uintptr_t)return_address - (uintptr_t)image;
    return offset < UINT32_MAX ? (uint32_t)offset : 0;
}

static uint64_t mixed(uint64_t a, uint64_t b) {
    a = (a ^ b) * 0x9E3779B97F4A7C15ULL;
    return a ^ a >> 29;
}

static void add(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void add(const char *format, ...) {
    size_t room = EVIDENCE_MOST - channel->outcome.evidence - used;
    va_list list;
    va_start(list, format);
    int length = vsnprintf(line + used, room, format, list);
    va_end(list);
    full = full || length < 0 || (size_t)length >= room;
    if (!full)
        used += (size_t)length;
}

static void begin(void) {
    line = channel->evidence + channel->outcome.evidence;
    used = 0;
    full = false;
}

static void end(void) {
    add("\n");
    if (!full)
        channel->outcome.evidence += (uint32_t)used;
}

static void add_object(const struct object *object) {
    if (!object)
        add("null");
    else if (object->kind == OBJECT_STREAM)
        add("{\"kind\":\"stream\",\"address\":%lu,\"number\":%ld}", (unsigned long)object->address,
            object->value);
    else if (object->kind == OBJECT_THREAD)
        add("{\"kind\":\"thread\",\"thread\":%u}",
            ((const struct thread *)object->address)->number);
    else
        add("{\"kind\":\"%s\",\"address\":%lu,\"born\":%u}", object_names[object->kind],
            (unsigned long)object->address, object->born);
}

// All descriptors share one object, and neighbours in memory: which one it was, the operation knows.
static void add_object_of(const struct operation *operation) {
    if (operation->address)
        add("{\"kind\":\"memory\",\"address\":%lu}", (unsigned long)operation->address);
    else if (operation->object && operation->object->kind == OBJECT_DESCRIPTOR)
        add("{\"kind\":\"descriptor\",\"number\":%d}", operation->number);
    else
        add_object(operation->object);
}

static bool is_known(uint64_t fault) {
    for (unsigned i = 0; i < key_count; i++)
        if (keys[i] == fault)
            return true;
    return false;
}

static uint64_t key_of(const char *kind) {
    uint64_t hash = 0;
    for (const char *c = kind; *c; c++)
        hash = mixed(hash, (unsigned char)*c);
    return hash;
}

static uint64_t key_of_part(uint32_t place) { // in whatever order they come
    return mixed(place, 1);
}

bool report_has_fault(const char *kind, uint32_t a, uint32_t b) {
    return is_known(key_of(kind) + key_of_part(a) + (b ? key_of_part(b) : 0));
}

void report_fault(const char *kind) {
    begin();
    in_list = in_parts = wherever = weak = false;
    key = key_of(kind);
    add("{\"fault\":\"%s\"", kind);
}

void report_wherever(void) {
    wherever = true;
}

void report_weak(void) {
    add(",\"weak\":1");
    weak = true;
}

static void end_list(void) {
    if (in_list)
        add("]");
    in_list = in_parts = false;
}

void report_list(const char *name) {
    end_list();
    add(",\"%s\":[0", name);
    in_list = true;
}

void report_item(uint32_t place) {
    add(",%u", place);
}

static void begin_part(void) {
    if (!in_parts)
        end_list();
    add(in_parts ? "," : ",\"parts\":[");
    in_list = in_parts = true;
}

void report_object(const char *name, const struct object *object) {
    end_list();
    add(",\"%s\":", name);
    add_object(object);
}

void report_memory(const char *name, uintptr_t address, unsigned size) {
    end_list();
    add(",\"%s\":{\"kind\":\"memory\",\"address\":%lu,\"size\":%u}", name, (unsigned long)address,
        size);
}

void report_number(const char *name, uint64_t number) {
    end_list();
    add(",\"%s\":%lu", name, (unsigned long)number);
}

void report_word(const char *name, const char *word) {
    end_list();
    add(",\"%s\":\"%s\"", name, word);
}

void report_text(const char *name, const char *text) {
    end_list();
    add(",\"%s\":\"", name);
    // Bytes of any encoding, each as a character: the harness makes bytes of them again.
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        add(*c < ' ' || *c == '"' || *c == '\\' || *c > '~' ? "\\u%04x" : "%c", *c);
    add("\"");
}

static void add_held(const struct held *held, size_t count) {
    add(",\"held\":[");
    for (size_t i = 0; i < count; i++) {
        add("%s{\"place\":%u,\"shared\":%d,\"object\":", i ? "," : "", held[i].place,
            held[i].shared);
        add_object(held[i].object);
        add("}");
    }
    add("]");
}

enum { CALLS = 6 };

// From the frame of the runtime's function that the program called. Code that keeps no frame pointer may
// leave anything in its place, so only what lies further up on the thread's stack is followed.
static void add_calls(const struct thread *thread) {
    const uintptr_t *frame = (const uintptr_t *)thread->frames - 2;
    add(",\"calls\":[0");
    for (int i = 0; thread->frames && i < CALLS; i++) {
        uintptr_t next = frame[0];
        if (next <= (uintptr_t)frame || next >= thread->top || next % sizeof *frame)
            break;
        frame = (const uintptr_t *)next;
        add(",%u", report_place((const void *)frame[1]));
    }
    add("]");
}

static void reopen_part(void) {
    used -= !full;
}

void report_callers(const struct thread *thread) {
    reopen_part();
    add_calls(thread);
    add("}");
}

void report_held(const struct held *held, size_t count) {
    reopen_part();
    add_held(held, count);
    add("}");
}

void report_part(unsigned number, uint32_t place, const char *does, const struct object *object,
                 bool with_held) {
    const struct thread *thread = thread_numbered(number);
    begin_part();
    add("{\"thread\":%u,\"place\":%u,\"does\":\"%s\",\"object\":", number, place, does);
    add_object(object);
    if (object && object->owner)
        add(",\"owner\":%u,\"since\":%u", object->owner->number, object->since);
    if (with_held && thread)
        add_held(thread->held, thread->held_count);
    add("}");
    if (!wherever)
        key += key_of_part(place);
}

void report_waiter(const struct thread *thread, const struct thread *holder, uint32_t since,
                   const char *holder_state) {
    const struct operation *operation = &thread->operation;
    begin_part();
    add("{\"thread\":%u,\"place\":%u,\"wait\":\"%s\",\"object\":", thread->number, operation->place,
        operation->wait ? operation->wait : "other");
    add_object_of(operation);
    if (holder)
        add(",\"holder\":%u,\"holder_state\":\"%s\",\"since\":%u", holder->number, holder_state,
            since);
    add_held(thread->held, thread->held_count);
    add_calls(thread);
    add("}");
    key += key_of_part(operation->place);
}

bool report_fault_end(void) {
    if (is_known(key))
        return false;
    if (key_count < sizeof keys / sizeof keys[0])
        keys[key_count++] = key;
    end_list();
    add(",\"departures\":%u,\"key\":\"%016lx\"}", channel->outcome.departures, (unsigned long)key);
    end();
    if (key == channel->plan.until || (channel->plan.to_fault && !weak))
        report_end(END_FAULT, 0);
    return true;
}

void report_question(void) {
    begin();
    in_list = in_parts = false;
    add("{\"asks\":1");
}

// What stands in the bytes of an access now, as a number.
static void add_value(const struct operation *operation) {
    uint64_t value = 0;
    bool odd = operation->size & (operation->size - 1);
    if (!operation->address || !operation->size || operation->size > sizeof value || odd)
        return;
    memcpy(&value, (const void *)operation->address, operation->size);
    unsigned unused = 64 - 8 * operation->size;
    add(",\"value\":%ld", (long)((int64_t)(value << unused) >> unused));
}

void report_pending(const struct thread *thread, unsigned can, bool spins,
                    const struct thread *holder, uint32_t since) {
    const struct operation *operation = &thread->operation;
    begin_part();
    add("{\"thread\":%u,\"place\":%u,\"does\":\"%s\",\"wait\":\"%s\",\"can\":%u,\"spins\":%d,"
        "\"object\":",
        thread->number, operation->place, operation->name, operation->wait ? operation->wait : "",
        can, spins);
    add_object_of(operation);
    add_value(operation);
    if (holder)
        add(",\"holder\":%u,\"since\":%u", holder->number, since);
    add_held(thread->held, thread->held_count);
    add_calls(thread);
    add("}");
}

void report_question_end(void) {
    end_list();
    add("}");
    end();
}

bool report_is_race_site(uint32_t place) {
    for (uint32_t i = 0; i < channel->plan.sites; i++)
        if (channel->plan.site[i] == place)
            return true;
    return false;
}

void report_race_site(uint32_t place) {
    struct outcome *outcome = &channel->outcome;
    for (uint32_t i = 0; i < outcome->sites; i++)
        if (outcome->site[i] == place)
            return;
    if (outcome->sites < SITES_MOST)
        outcome->site[outcome->sites++] = place;
}

// A long trace keeps its last steps, which lead to the fault.
static void forget_old_steps(void) {
    char *start = channel->evidence, *end = start + channel->outcome.evidence, *to = start;
    char *half = start + channel->outcome.evidence / 2;
    for (char *at = start; at < end;) {
        char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((stop ? stop + 1 : end) - at);
        if (at >= half || !evidence_is_trace(at)) {
            memmove(to, at, length);
            to += length;
        }
        at += length;
    }
    channel->outcome.evidence = (uint32_t)(to - start);
}

static void begin_trace(void) {
    if (channel->outcome.evidence > EVIDENCE_MOST - RESERVED)
        forget_old_steps();
    begin();
}

// With the thread's own time: what others learn of it is known by that.
void report_step(const struct thread *thread, const struct operation *operation, const char *note,
                 const struct choice *choice) {
    begin_trace();
    add("{\"step\":%lu,\"thread\":%u,\"time\":%u,\"place\":%u,\"does\":\"%s\",\"note\":\"%s\","
        "\"object\":",
        (unsigned long)channel->outcome.steps, thread->number,
        clock_time(&thread->clock, thread->number), operation->place, operation->name, note);
    add_object_of(operation);
    if (choice && choice->counts)
        add(",\"choice\":1");
    if (choice && choice->preempts)
        add(",\"preempts\":%u", self->number);
    add("}");
    end();
}

void report_learns(const struct thread *thread, const struct clock *clock) {
    if (!channel->plan.trace)
        return;
    const char *comma = "";
    begin_trace();
    add("{\"learns\":%u,\"next\":%d,\"from\":[", thread->number, thread != self);
    for (unsigned i = 0; i < clock->room; i++) {
        if (i == thread->number || clock_knows(&thread->clock, i, clock->times[i]))
            continue;
        add("%s%u,%u", comma, i, clock->times[i]);
        comma = ",";
    }
    add("]}");
    if (*comma)
        end();
}

void report_wakes(const struct thread *thread, bool moves) {
    if (!channel->plan.trace || thread == self)
        return;
    begin_trace();
    add("{\"wakes\":%u,\"by\":%u,\"moves\":%d}", thread->number, self->number, moves);
    end();
}

_Noreturn void report_end(enum schedule_end how, int exit_status) {
    channel->outcome.end = how;
    channel->outcome.exit_status = exit_status;
    channel->outcome.threads = thread_count();
    _exit(0);
}

static _Noreturn void unavailable(uint32_t place, void *const *calls, int count, const char *format,
                                  va_list list) {
    char sentence[512];
    vsnprintf(sentence, sizeof sentence, format, list);
    begin();
    add("{\"unavailable\":\"%s\",\"place\":%u,\"calls\":[", sentence, place);
    for (int i = 0; i < count; i++)
        add("%s%u", i ? "," : "", report_place(calls[i]));
    add("]}");
    end();
    report_end(END_UNAVAILABLE, 0);
}

_Noreturn void report_unavailable(const char *format, ...) {
    va_list list;
    va_start(list, format);
    unavailable(self ? self->call : 0, NULL, 0, format, list);
}

_Noreturn void report_unavailable_at(uint32_t place, const char *format, ...) {
    va_list list;
    va_start(list, format);
    unavailable(place, NULL, 0, format, list);
}

_Noreturn void report_unavailable_in(uint32_t place, void *const *calls, int count,
                                     const char *format, ...) {
    va_list list;
    va_start(list, format);
    unavailable(place, calls, count, format, list);
}
