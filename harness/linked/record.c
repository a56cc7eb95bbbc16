#include "record.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static uint64_t mix(uint64_t hash, uint64_t value) {
    return (hash ^ value) * 0x9e3779b97f4a7c15u + (hash >> 29);
}

static bool same_edge(const struct witness_edge *a, const struct witness_edge *b) {
    return a->from == b->from && a->to == b->to && a->thread == b->thread && a->to_pc == b->to_pc &&
           a->from_pc == b->from_pc && a->gate_count == b->gate_count &&
           a->shared_gates == b->shared_gates &&
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
            atomic_fetch_add(&witness->edge_count, 1);
            memcpy((char *)slot + offsetof(struct witness_edge, thread),
                   (const char *)edge + offsetof(struct witness_edge, thread),
                   sizeof *edge - offsetof(struct witness_edge, thread));
            atomic_store_explicit(&slot->state, 2, memory_order_release);
            return;
        }
        if (seen == 2 && same_edge(slot, edge))
            return;
    }
    atomic_store(&witness->incomplete, 1);
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
            if (k != i) {
                edge.shared_gates |= (thread->held[k].shared ? 1u : 0u) << edge.gate_count;
                edge.gates[edge.gate_count++] = thread->held[k].object;
            }
        keep_edge(witness, &edge);
    }
}
