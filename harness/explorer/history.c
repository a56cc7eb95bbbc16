#include "history.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>

enum { SLOTS = 1 << 21, PROBES = 8, LEFT_BITS = 8 };

static _Atomic uint64_t *met; // upper bits of the hash, and the preemptions left plus 1
static uint64_t sum;

static uint64_t hash_after(const struct thread *thread, const struct operation *operation,
                           enum way way) {
    const struct object *object = operation->object;
    uint64_t hash = history_mix(thread->history, operation->place);
    hash = history_mix(hash, way);
    if (object)
        hash = history_mix(hash, object->history);
    if (object && !operation->reads)
        hash = history_mix(hash, object->reads);
    return way == WAY_TIME_OUT ? history_mix(hash, operation->deadline) : hash;
}

void history_add(struct thread *thread, const struct operation *operation, enum way way) {
    uint64_t hash = hash_after(thread, operation, way);
    struct object *object = operation->object;
    if (object && operation->reads) {
        object->reads += hash;
    } else if (object) {
        object->history = hash;
        object->reads = 0;
    }
    sum += hash - thread->history;
    thread->history = hash;
}

uint64_t history_after(const struct thread *thread, enum way way) {
    uint64_t hash = hash_after(thread, &thread->operation, way);
    return history_mix(sum + hash - thread->history, hash);
}

void history_saw(struct thread *thread, uint64_t value) {
    uint64_t hash = history_mix(thread->history, value);
    sum += hash - thread->history;
    thread->history = hash;
}

uint64_t history_now(void) {
    return sum;
}

int history_open(void) {
    met = mmap(NULL, SLOTS * sizeof *met, PROT_READ | PROT_WRITE,
               MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return met == MAP_FAILED ? errno : 0;
}

void history_clear(void) {
    madvise((void *)met, SLOTS * sizeof *met, MADV_REMOVE);
}

bool history_met(uint64_t beginning, unsigned left) {
    uint64_t name = beginning & ~((1ULL << LEFT_BITS) - 1), entry = name | (left + 1);
    size_t slot = (beginning >> 40) * PROBES & (SLOTS - 1);
    for (size_t i = 0; i < PROBES; i++) {
        uint64_t there = atomic_load_explicit(&met[slot + i], memory_order_relaxed);
        if (there && (there ^ name) >> LEFT_BITS)
            continue;
        if (there >= entry)
            return true;
        atomic_store_explicit(&met[slot + i], entry, memory_order_relaxed);
        return false;
    }
    atomic_store_explicit(&met[slot + beginning / 8 % PROBES], entry, memory_order_relaxed);
    return false;
}
