#include "object.h"

#include "arena.h"
#include "heap.h"

#include <string.h>

const char *const object_names[OBJECT_KINDS] = {
    [OBJECT_NONE] = "nothing",        [OBJECT_MUTEX] = "mutex",
    [OBJECT_CONDITION] = "condition", [OBJECT_RWLOCK] = "read-write lock",
    [OBJECT_BARRIER] = "barrier",     [OBJECT_SPIN] = "spin lock",
    [OBJECT_ONCE] = "initialisation", [OBJECT_SEMAPHORE] = "semaphore",
    [OBJECT_ATOMIC] = "atomic",       [OBJECT_THREAD] = "thread",
    [OBJECT_STREAM] = "stream",       [OBJECT_DESCRIPTOR] = "descriptor",
    [OBJECT_PROCESS] = "process",     [OBJECT_TASK] = "task",
    [OBJECT_MEMORY] = "memory",
};

// Open addressing, with the objects apart so that they never move.
static struct object **slots;
static size_t slot_count, object_count;

static size_t slot_of(uintptr_t address) {
    return (address * 0x9E3779B97F4A7C15ULL >> 20) & (slot_count - 1);
}

// Memory that has raced is an object beside the one that may live at the same address, such as an atomic.
static struct object **find(uintptr_t address, bool memory) {
    size_t slot = slot_of(address);
    while (slots[slot] &&
           (slots[slot]->address != address || (slots[slot]->kind == OBJECT_MEMORY) != memory))
        slot = (slot + 1) & (slot_count - 1);
    return &slots[slot];
}

static void enlarge(void) {
    struct object **old = slots;
    size_t old_count = slot_count;
    slot_count = old_count ? 2 * old_count : 256;
    slots = arena_take(slot_count * sizeof *slots);
    for (size_t i = 0; i < old_count; i++)
        if (old[i])
            *find(old[i]->address, old[i]->kind == OBJECT_MEMORY) = old[i];
}

static void renew(struct object *object, enum object_kind kind) {
    struct clock clock = object->clock;
    clock_clear(&clock);
    // What was done to the old one still comes before what is done to the new one.
    *object = (struct object){.address = object->address,
                              .kind = kind,
                              .clock = clock,
                              .history = object->history,
                              .reads = object->reads};
}

struct object *object_at(const void *address, enum object_kind kind) {
    if (2 * object_count >= slot_count)
        enlarge();
    struct object **slot = find((uintptr_t)address, kind == OBJECT_MEMORY);
    if (!*slot) {
        *slot = arena_take(sizeof **slot);
        **slot = (struct object){.address = (uintptr_t)address, .kind = kind};
        object_count++;
    } else if ((*slot)->kind != kind) {
        renew(*slot, kind);
    } else {
        return *slot;
    }
    if (heap_has((uintptr_t)address)) { // its end is to be noticed
        struct block *block = heap_find((uintptr_t)address).block;
        if (block)
            block->holds_objects = true;
    }
    return *slot;
}

struct object *object_find(const void *address, enum object_kind kind) {
    struct object *object = slot_count ? *find((uintptr_t)address, kind == OBJECT_MEMORY) : NULL;
    return object && object->kind == kind ? object : NULL;
}

// It stays in its slot, without a kind. One that a thread stands at is left alone.
void object_forget(const void *address) {
    struct object *object = slot_count ? *find((uintptr_t)address, false) : NULL;
    if (object && !object->pending)
        renew(object, OBJECT_NONE);
}

void object_end(const void *address, unsigned thread, uint32_t place) {
    struct object *object = *find((uintptr_t)address, false);
    enum object_kind was = object->kind;
    object_forget(address);
    if (object->kind != OBJECT_NONE)
        return;
    object->was = was;
    object->ended_by = thread;
    object->ended = place;
}

void objects_forget(uintptr_t from, uintptr_t end) {
    if (!slot_count)
        return;
    // Whichever is the shorter way: through the range, or through the table.
    if (end - from < slot_count) {
        for (uintptr_t address = from; address < end; address++)
            object_forget((void *)address);
        return;
    }
    for (size_t i = 0; i < slot_count; i++)
        if (slots[i] && slots[i]->kind != OBJECT_MEMORY && slots[i]->address >= from &&
            slots[i]->address < end && !slots[i]->pending)
            renew(slots[i], OBJECT_NONE);
}
