#include "calls.h"
#include "record.h"

#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static uint64_t mix(uint64_t hash, uint64_t value) {
    return (hash ^ value) * 0x9e3779b97f4a7c15u + (hash >> 29);
}

static bool same_edge(const struct witness_edge *a, const struct witness_edge *b) {
    return a->from == b->from && a->to == b->to && a->thread == b->thread && a->to_pc == b->to_pc &&
           a->from_pc == b->from_pc && a->gate_count == b->gate_count &&
           memcmp(a->gates, b->gates, a->gate_count * sizeof a->gates[0]) == 0;
}

static void keep_edge(struct witness *witness, const struct witness_edge *edge) {
    uint64_t hash =
        mix(mix(mix(edge->from, edge->to), edge->thread), mix(edge->to_pc, edge->from_pc));
    for (uint32_t i = 0; i < edge->gate_count; i++)
        hash = mix(hash, edge->gates[i]);
    for (uint32_t probe = 0; probe < 64; probe++) {
        struct witness_edge *slot = &witness->edges[(hash + probe) % WITNESS_EDGES];
        uint32_t seen = 0;
        if (atomic_compare_exchange_strong(&slot->state, &seen, 1)) {
            memcpy((char *)slot + offsetof(struct witness_edge, thread),
                   (const char *)edge + offsetof(struct witness_edge, thread),
                   sizeof *edge - offsetof(struct witness_edge, thread));
            atomic_store_explicit(&slot->state, 2, memory_order_release);
            return;
        }
        if (seen == 2 && same_edge(slot, edge))
            return;
    }
}

void record_edges(struct witness *witness, const struct witness_thread *thread, uint64_t lock,
                  uint64_t pc, uint32_t shared, uint64_t at) {
    for (uint32_t i = 0; i < thread->held_count; i++)
        if (thread->held[i].object == lock)
            return; // again by the same thread: no new order
    for (uint32_t i = 0; i < thread->held_count; i++) {
        struct witness_edge edge = {.thread = thread->number,
                                    .from = thread->held[i].object,
                                    .to = lock,
                                    .from_pc = thread->held[i].pc,
                                    .to_pc = pc,
                                    .at = at,
                                    .from_shared = thread->held[i].shared,
                                    .to_shared = shared};
        for (uint32_t k = 0; k < thread->held_count && edge.gate_count < WITNESS_GATES; k++)
            if (k != i && !thread->held[k].shared) // readers do not keep each other out
                edge.gates[edge.gate_count++] = thread->held[k].object;
        keep_edge(witness, &edge);
    }
}

// The heap: live bytes against the ceiling, and which lines allocated them.

void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
void __real_free(void *);

static void count_site(struct witness *witness, uint64_t pc, uint64_t bytes) {
    for (uint64_t probe = 0; probe < 32; probe++) {
        struct witness_site *site = &witness->sites[(mix(1, pc) + probe) % WITNESS_SITES];
        uint64_t owner = 0;
        if (atomic_compare_exchange_strong_explicit(&site->pc, &owner, pc, memory_order_relaxed,
                                                    memory_order_relaxed) ||
            owner == pc) {
            atomic_fetch_add_explicit(&site->bytes, bytes, memory_order_relaxed);
            return;
        }
    }
}

static void allocated(void *memory, uint64_t pc) {
    struct witness *witness = interleave_witness;
    if (!witness || !memory || !witness->ceiling)
        return;
    int64_t bytes = (int64_t)malloc_usable_size(memory);
    int64_t live = atomic_fetch_add_explicit(&witness->live, bytes, memory_order_relaxed) + bytes;
    count_site(witness, pc, (uint64_t)bytes);
    int64_t peak = atomic_load_explicit(&witness->peak, memory_order_relaxed);
    while (live > peak &&
           !atomic_compare_exchange_weak_explicit(&witness->peak, &peak, live, memory_order_relaxed,
                                                  memory_order_relaxed))
        ;
    if ((uint64_t)(live > 0 ? live : 0) > witness->ceiling)
        atomic_store_explicit(&witness->grown, 1, memory_order_release);
}

static void freed(void *memory) {
    struct witness *witness = interleave_witness;
    if (witness && memory && witness->ceiling)
        atomic_fetch_sub_explicit(&witness->live, (int64_t)malloc_usable_size(memory),
                                  memory_order_relaxed);
}

void *__wrap_malloc(size_t size) {
    void *memory = ON_BEHALF(CALLER, __real_malloc(size));
    allocated(memory, CALLER);
    return memory;
}

void *__wrap_calloc(size_t count, size_t size) {
    void *memory = ON_BEHALF(CALLER, __real_calloc(count, size));
    allocated(memory, CALLER);
    return memory;
}

void *__wrap_realloc(void *old, size_t size) {
    int64_t before = old && interleave_witness && interleave_witness->ceiling
                         ? (int64_t)malloc_usable_size(old)
                         : 0;
    void *memory = ON_BEHALF(CALLER, __real_realloc(old, size));
    if (before && (memory || size == 0))
        atomic_fetch_sub_explicit(&interleave_witness->live, before, memory_order_relaxed);
    allocated(memory, CALLER);
    return memory;
}

void __wrap_free(void *memory) {
    freed(memory);
    called_from(CALLER);
    __real_free(memory);
    returned();
}
