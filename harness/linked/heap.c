// The heap of the program: live bytes against the ceiling, and which lines allocated them. A process
// that was forked off does not count: its memory ends with it.
#include "calls.h"
#include "record.h"
#include "slots.h"

#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>

static uint64_t mix(uint64_t value) {
    return (value ^ (value >> 29)) * 0x9e3779b97f4a7c15u;
}

void *__real_realloc(void *, size_t);
void __real_free(void *);

static void count_site(struct witness *witness, uint64_t pc, uint64_t bytes) {
    for (uint64_t probe = 0; probe < 32; probe++) {
        struct witness_site *site = &witness->sites[((mix(pc) >> 32) + probe) % WITNESS_SITES];
        uint64_t owner = 0;
        if (atomic_compare_exchange_strong_explicit(&site->pc, &owner, pc, memory_order_relaxed,
                                                    memory_order_relaxed) ||
            owner == pc) {
            atomic_fetch_add_explicit(&site->bytes, bytes, memory_order_relaxed);
            return;
        }
    }
}

static bool counts(void) {
    return interleave_witness && interleave_witness->ceiling && !witness_is_forked();
}

static void allocated(void *memory, uint64_t pc) {
    struct witness *witness = interleave_witness;
    if (!memory || !counts())
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
    if (memory && counts())
        atomic_fetch_sub_explicit(&interleave_witness->live, (int64_t)malloc_usable_size(memory),
                                  memory_order_relaxed);
}

void *__wrap_realloc(void *old, size_t size) {
    int64_t before = old && counts() ? (int64_t)malloc_usable_size(old) : 0;
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

#define ALLOCATING_CALL(type, name, parameters, arguments) \
    type __real_##name parameters; \
    type __wrap_##name parameters { \
        type memory = ON_BEHALF(CALLER, __real_##name arguments); \
        allocated(memory, CALLER); \
        return memory; \
    }

ALLOCATING_CALL(void *, malloc, (size_t size), (size))
ALLOCATING_CALL(void *, calloc, (size_t count, size_t size), (count, size))
ALLOCATING_CALL(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size))
ALLOCATING_CALL(char *, strdup, (const char *text), (text))
ALLOCATING_CALL(char *, strndup, (const char *text, size_t size), (text, size))

int __real_posix_memalign(void **, size_t, size_t);

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size) {
    int status = ON_BEHALF(CALLER, __real_posix_memalign(memory, alignment, size));
    if (status == 0)
        allocated(*memory, CALLER);
    return status;
}
