#include "bounds.h"

#include "heap.h"
#include "report.h"
#include "thread.h"

#include <stdio.h>

static _Noreturn void end(void) {
    report_fault_end();
    report_end(END_FAULT, 0);
}

static void report_life(const struct block *block) {
    if (block->state == BLOCK_FREED)
        report_part(block->freed_by, block->freed, "had freed it before", NULL, false);
    report_part(block->allocated_by, block->allocated, "had allocated it", NULL, false);
}

static _Noreturn void report_freed(const struct spot *spot, uintptr_t address, size_t size,
                                   const char *does, uint32_t place) {
    char words[128];
    snprintf(words, sizeof words, "%s it too late", does);
    report_fault("use-after-free");
    report_memory("object", address, (unsigned)size);
    report_part(self->number, place, words, NULL, true);
    report_life(spot->block);
    end();
}

static _Noreturn void report_overflow(const struct spot *spot, uintptr_t address, size_t size,
                                      const char *does, uint32_t place) {
    size_t block_size = spot->block->size;
    bool before = address < spot->start;
    size_t distance = before ? spot->start - address : address + size - spot->start - block_size;
    char words[128];
    snprintf(words, sizeof words, "%s %zu byte%s %s of a block of %zu byte%s", does, distance,
             distance == 1 ? "" : "s", before ? "before the start" : "beyond the end", block_size,
             block_size == 1 ? "" : "s");
    report_fault("buffer-overflow");
    report_part(self->number, place, words, NULL, true);
    report_part(spot->block->allocated_by, spot->block->allocated, "had allocated that block", NULL,
                false);
    end();
}

_Noreturn void bounds_wild(uintptr_t address, size_t size, const char *does, uint32_t place) {
    char words[128];
    snprintf(words, sizeof words, "%s memory that it was never given", does);
    report_fault("undefined-behaviour");
    report_memory("memory", address, (unsigned)size);
    report_part(self->number, place, words, NULL, true);
    end();
}

// Between two blocks: before the start of the second, or beyond the end of the first?
static bool is_before_next(const struct spot *spot, const struct spot *next, uintptr_t address) {
    return next->block && next->block->state == BLOCK_LIVE &&
           (!spot->block || next->start - address < address - (spot->start + spot->block->size));
}

static _Noreturn void report(struct spot spot, uintptr_t address, size_t size, const char *does,
                             uint32_t place) {
    bool in_room = spot.block;
    if (!in_room)
        spot = heap_before(address);
    uintptr_t beyond = in_room ? spot.end : address + RED_ZONE;
    struct spot next = heap_has(beyond) ? heap_find(beyond) : (struct spot){0};
    if (!(in_room && address < spot.start + spot.block->size) &&
        is_before_next(&spot, &next, address))
        spot = next;
    if (!spot.block)
        bounds_wild(address, size, does, place);
    if (spot.block->state == BLOCK_FREED)
        report_freed(&spot, address, size, does, place);
    report_overflow(&spot, address, size, does, place);
}

void bounds_check(uintptr_t address, size_t size, const char *does, uint32_t place) {
    struct spot spot = heap_find(address);
    if (!spot.block || spot.block->state != BLOCK_LIVE ||
        address - spot.start + size > spot.block->size)
        report(spot, address, size, does, place);
}

_Noreturn void bounds_wrong_free(uintptr_t address, uint32_t place) {
    struct spot spot = heap_has(address) ? heap_find(address) : (struct spot){0};
    bool again = spot.block && spot.block->state == BLOCK_FREED && spot.start == address;
    report_fault(again ? "double-free" : "undefined-behaviour");
    report_memory(again ? "object" : "memory", address, 1);
    report_part(self->number, place,
                again        ? "frees it a second time"
                : spot.block ? "frees what is not the start of a block"
                             : "frees what was never allocated",
                NULL, true);
    if (spot.block)
        report_life(spot.block);
    end();
}
