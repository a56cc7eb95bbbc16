#include "heap.h"

#include "arena.h"
#include "report.h"
#include "set.h"
#include "thread.h"

#include <errno.h>
#include <sys/mman.h>

enum {
    CHUNK =
        16 << 10, // holds blocks of one size, or is part of a run of chunks that holds one block
    SLOT_MOST = 4096,
    CLASSES = 27,
    ALIGNMENT = 16,
    HOME =
        64, // chunks at addresses that only this thread uses, so that they do not depend on the others
};
static const size_t quarantine_most = (size_t)256 << 20;

struct chunk {
    struct block *blocks; // NULL: not in use
    size_t slot;          // bytes for each block, RED_ZONE included
    uint32_t first;       // where the run begins
    uint32_t count;       // chunks of the run
    uint32_t used, live;  // blocks
    uint32_t next;        // in the quarantine or the reserve
};

struct owner {
    uint32_t taken;            // of the home
    uint32_t current[CLASSES]; // chunk that still has room; 0: none
};

uintptr_t heap_start;
struct heap_sums heap_sums;

static struct chunk *chunks; // number 0 stays unused
static struct owner *owners; // by thread
static uint32_t homeless =
    THREADS_MOST * HOME;          // the first chunk that was never used, beyond the homes
static uint32_t oldest, newest;   // of the quarantine
static size_t quarantined;        // bytes
static uint32_t reserve[CLASSES]; // chunks that have left it

int heap_open(void) {
    void *mapped = mmap(NULL, heap_size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED)
        return errno;
    heap_start = (uintptr_t)mapped;
    // A huge page would clear 2 MiB for one small block; but for large ones it saves 511 faults of 512.
    size_t homes = (size_t)THREADS_MOST * HOME * CHUNK;
    madvise(mapped, homes, MADV_NOHUGEPAGE);
    madvise((char *)mapped + homes, heap_size - homes, MADV_HUGEPAGE);
    chunks = arena_take(heap_size / CHUNK * sizeof *chunks);
    owners = arena_take(THREADS_MOST * sizeof *owners);
    return 0;
}

static uintptr_t address_of(const struct chunk *chunk) {
    return heap_start + (uintptr_t)(chunk - chunks) * CHUNK;
}

static uint32_t capacity(const struct chunk *chunk) {
    return chunk->slot > SLOT_MOST ? 1 : (uint32_t)(CHUNK / chunk->slot);
}

static size_t rounded(size_t size, size_t step) {
    return (size + step - 1) & ~(step - 1);
}

// Chunks

static uint32_t from_home(uint32_t count, uint32_t step) {
    struct owner *owner = &owners[self->number];
    uint32_t home = self->number * HOME;
    uint32_t first = (uint32_t)rounded(home + owner->taken, step);
    if (!first)
        first = step;
    if (first + count > home + HOME)
        return 0;
    owner->taken = first + count - home;
    return first;
}

static uint32_t from_the_rest(uint32_t count, uint32_t step, uint32_t place) {
    uint32_t first = (uint32_t)rounded(homeless, step);
    if (count > heap_size / CHUNK - first)
        report_unavailable_at(place,
                              "the program allocates more than 64 GiB in one schedule; let it "
                              "do less");
    homeless = first + count;
    return first;
}

// A run of so many chunks that begins at a multiple of `step` chunks.
static struct chunk *chunks_take(uint32_t count, uint32_t step, size_t slot, uint32_t place) {
    uint32_t first = count <= HOME ? from_home(count, step) : 0;
    if (!first)
        first = from_the_rest(count, step, place);
    for (uint32_t i = 0; i < count; i++)
        chunks[first + i].first = first;
    struct chunk *chunk = &chunks[first];
    chunk->count = count;
    chunk->slot = slot;
    chunk->blocks = arena_take(capacity(chunk) * sizeof *chunk->blocks);
    return chunk;
}

// Sizes in steps of 16 bytes at first, then four for each doubling.
static unsigned class_of(size_t room, size_t *slot) {
    if (room <= 128) {
        *slot = rounded(room, ALIGNMENT);
        return (unsigned)(*slot / ALIGNMENT) - 2;
    }
    unsigned top = 63 - (unsigned)__builtin_clzl(room - 1);
    *slot = rounded(room, (size_t)1 << (top - 2));
    return 7 + 4 * (top - 7) + (unsigned)(*slot - ((size_t)1 << top) - 1) / (1U << (top - 2));
}

static struct chunk *chunk_with_room(unsigned class, size_t slot, uint32_t place) {
    uint32_t *current = &owners[self->number].current[class];
    struct chunk *chunk;
    if (*current) {
        chunk = &chunks[*current];
    } else if (reserve[class]) {
        chunk = &chunks[reserve[class]];
        reserve[class] = chunk->next;
        chunk->next = 0;
    } else {
        chunk = chunks_take(1, 1, slot, place);
    }
    bool is_full_then = chunk->used + 1 == capacity(chunk);
    *current = is_full_then ? 0 : (uint32_t)(chunk - chunks);
    return chunk;
}

// Blocks

static struct chunk *chunk_for(size_t size, size_t alignment, uint32_t place) {
    size_t room = (size ? size : 1) + RED_ZONE, slot;
    if (alignment > ALIGNMENT && room <= SLOT_MOST) { // powers of two lie at their own multiples
        room = room < alignment ? alignment : room;
        room = (size_t)1 << (64 - __builtin_clzl(room - 1));
    }
    if (room <= SLOT_MOST) {
        unsigned class = class_of(room, &slot);
        return chunk_with_room(class, slot, place);
    }
    uint32_t step = alignment > CHUNK ? (uint32_t)(alignment / CHUNK) : 1;
    slot = rounded(room, CHUNK);
    return chunks_take((uint32_t)(slot / CHUNK), step, slot, place);
}

void *heap_take(size_t size, size_t alignment, uint32_t place) {
    if (size > heap_size / 2 || alignment > heap_size / 2)
        return NULL;
    struct chunk *chunk = chunk_for(size, alignment, place);
    uint32_t index = chunk->used++;
    chunk->live++;
    chunk->blocks[index] = (struct block){.size = size,
                                          .allocated = place,
                                          .allocated_by = (uint16_t)self->number,
                                          .state = BLOCK_LIVE};
    heap_sums.bytes += size;
    heap_sums.blocks++;
    return (void *)(address_of(chunk) + index * chunk->slot);
}

// The memory is given back to the system. Chunks of small blocks are used again; a run is not, so that
// what is known of its block stays known.
static void leave_quarantine(void) {
    struct chunk *chunk = &chunks[oldest];
    size_t slot;
    oldest = chunk->next;
    quarantined -= (size_t)chunk->count * CHUNK;
    madvise((void *)address_of(chunk), (size_t)chunk->count * CHUNK, MADV_DONTNEED);
    if (chunk->slot > SLOT_MOST)
        return;
    unsigned class = class_of(chunk->slot, &slot);
    for (uint32_t i = 0; i < chunk->used; i++)
        chunk->blocks[i] = (struct block){0};
    chunk->used = 0;
    chunk->next = reserve[class];
    reserve[class] = (uint32_t)(chunk - chunks);
}

static void enter_quarantine(struct chunk *chunk) {
    uint32_t number = (uint32_t)(chunk - chunks);
    chunk->next = 0;
    if (oldest)
        chunks[newest].next = number;
    else
        oldest = number;
    newest = number;
    quarantined += (size_t)chunk->count * CHUNK;
    while (quarantined > quarantine_most)
        leave_quarantine();
}

void heap_give(const struct spot *spot, uint32_t place) {
    struct chunk *chunk = &chunks[(spot->start - heap_start) / CHUNK];
    struct block *block = spot->block;
    block->state = BLOCK_FREED;
    block->freed = place;
    block->freed_by = (uint16_t)self->number;
    heap_sums.bytes -= block->size;
    heap_sums.blocks--;
    if (--chunk->live == 0 && chunk->used == capacity(chunk))
        enter_quarantine(chunk);
}

static struct spot spot_in(const struct chunk *chunk, size_t index) {
    uintptr_t start = address_of(chunk) + index * chunk->slot;
    return (struct spot){&chunk->blocks[index], start, start + chunk->slot};
}

struct spot heap_find(uintptr_t address) {
    const struct chunk *chunk = &chunks[chunks[(address - heap_start) / CHUNK].first];
    size_t index = chunk->used ? (address - address_of(chunk)) / chunk->slot : 0;
    return index < chunk->used ? spot_in(chunk, index) : (struct spot){0};
}

struct spot heap_before(uintptr_t address) {
    uint32_t number = (uint32_t)((address - heap_start) / CHUNK);
    const struct chunk *chunk = &chunks[chunks[number].first];
    if (!chunk->used && number)
        chunk = &chunks[chunks[number - 1].first];
    return chunk->used ? spot_in(chunk, chunk->used - 1) : (struct spot){0};
}

static void each_of_chunks(uint32_t from, uint32_t end,
                           void (*visit)(struct block *block, uintptr_t start)) {
    for (uint32_t number = from; number < end; number++) {
        const struct chunk *chunk = &chunks[number];
        for (uint32_t i = 0; chunk->live && i < chunk->used; i++)
            if (chunk->blocks[i].state == BLOCK_LIVE)
                visit(&chunk->blocks[i], spot_in(chunk, i).start);
    }
}

void heap_each(void (*visit)(struct block *block, uintptr_t start)) {
    for (uint32_t i = 0; i < thread_count(); i++)
        each_of_chunks(i * HOME, i * HOME + owners[i].taken, visit);
    each_of_chunks(THREADS_MOST * HOME, homeless, visit);
}
