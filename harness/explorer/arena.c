#include "arena.h"

#include "report.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

static const size_t arena_size = (size_t)16 << 30; // of addresses; pages are real once touched
static char *arena, *next;

int arena_open(void) {
    arena = mmap(NULL, arena_size, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    next = arena;
    return arena == MAP_FAILED ? errno : 0;
}

void *arena_take(size_t bytes) {
    void *taken = next;
    bytes = (bytes + 15) & ~(size_t)15;
    if (bytes > arena_size - (size_t)(next - arena))
        report_unavailable("the schedule needs more than 16 GiB of the explorer's own memory");
    next += bytes;
    return taken;
}

void *arena_grow(void *items, size_t *room, size_t count, size_t item_size) {
    if (count <= *room)
        return items;
    size_t more = *room ? 2 * *room : 8;
    while (more < count)
        more *= 2;
    void *larger = arena_take(more * item_size);
    if (items)
        memcpy(larger, items, *room * item_size);
    *room = more;
    return larger;
}

int arena_has(const void *address) {
    const char *at = address;
    return at >= arena && at < arena + arena_size;
}

uintptr_t arena_begin(uintptr_t *end) {
    *end = (uintptr_t)arena + arena_size;
    return (uintptr_t)arena;
}
