// The lock-order graph in the witness file.
#ifndef INTERLEAVE_RECORD_H
#define INTERLEAVE_RECORD_H

#include "witness.h"

// NULL until the witness is open.
extern struct witness *interleave_witness;

// `thread` asks for `lock`: one edge from every lock that it holds. Each different edge is kept once.
void record_edges(struct witness *witness, const struct witness_thread *thread, uint64_t lock,
                  uint64_t pc, uint32_t shared, uint64_t at);

#endif
