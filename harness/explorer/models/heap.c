// The heap (C11 7.22.3, POSIX malloc): a block lives from its allocation to its freeing, inside its size
// and nowhere else. Freeing counts as a write to all of it, so an access that is not ordered before it is
// a race, and one that comes later a use after free. Blocks that the C library allocates by itself
// (asprintf excepted, see below) go back to the library.
#include "access.h"
#include "bounds.h"
#include "circles.h"
#include "heap.h"
#include "model.h"
#include "settings.h"
#include "stacks.h"
#include "stream.h"

#include <errno.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const char image[] __asm__("__executable_start");
extern const char image_end[] __asm__("_end");

// A program with an allocator of its own is left alone: its calls of it do not come here, so that blocks
// would be taken in one place and given back in another.
static bool brings_its_own(void) {
    uintptr_t allocator = (uintptr_t)malloc;
    return allocator >= (uintptr_t)image && allocator < (uintptr_t)image_end;
}

static bool takes_part(void) {
    return MODELLED && !brings_its_own();
}

// More than its ceiling (lesson.ini, or --heap)

enum { SITES = 256 };

static struct {
    uint32_t place;
    uint16_t thread;
    uint64_t bytes;
} sites[SITES];

static void add_to_site(struct block *block, uintptr_t start) {
    (void)start;
    unsigned at = block->allocated * 0x9E3779B1U >> 24;
    for (unsigned i = 0; i < SITES; i++, at = (at + 1) % SITES)
        if (!sites[at].place || sites[at].place == block->allocated) {
            sites[at].place = block->allocated;
            sites[at].thread = block->allocated_by;
            sites[at].bytes += block->size;
            return;
        }
}

static _Noreturn void report_growth(void) {
    unsigned most = 0;
    char words[96];
    heap_each(add_to_site);
    for (unsigned i = 1; i < SITES; i++)
        most = sites[i].bytes > sites[most].bytes ? i : most;
    snprintf(words, sizeof words, "allocates %lu of the %lu bytes that are in use",
             (unsigned long)sites[most].bytes, (unsigned long)heap_sums.bytes);
    report_fault("memory-growth");
    report_number("bytes", heap_sums.bytes);
    report_part(sites[most].thread, sites[most].place, words, NULL, false);
    report_fault_end();
    report_end(END_FAULT, 0);
}

// Allocating

static void *take(size_t size, size_t alignment, uint32_t place) {
    void *memory = heap_take(size, alignment, place);
    if (!memory) {
        errno = ENOMEM;
        return NULL;
    }
    if (heap_sums.bytes > channel->outcome.peak_heap)
        channel->outcome.peak_heap = heap_sums.bytes;
    if (settings.heap && heap_sums.bytes > settings.heap)
        report_growth();
    return memory;
}

static void *take_array(size_t count, size_t size, uint32_t place) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        bytes = SIZE_MAX;
    return take(bytes, 1, place);
}

WRAP(void *, malloc, size_t size) {
    return takes_part() ? take(size, 1, PLACE_HERE) : malloc(size);
}

WRAP(void *, calloc, size_t count, size_t size) {
    return takes_part() ? take_array(count, size, PLACE_HERE) : calloc(count, size);
}

WRAP(void *, aligned_alloc, size_t alignment, size_t size) {
    if (!takes_part() || __builtin_popcountl(alignment) != 1)
        return aligned_alloc(alignment, size);
    return take(size, alignment, PLACE_HERE);
}

WRAP(void *, memalign, size_t alignment, size_t size) {
    if (!takes_part() || __builtin_popcountl(alignment) != 1)
        return memalign(alignment, size);
    return take(size, alignment, PLACE_HERE);
}

WRAP(int, posix_memalign, void **result, size_t alignment, size_t size) {
    if (!takes_part())
        return posix_memalign(result, alignment, size);
    if (__builtin_popcountl(alignment) != 1 || alignment % sizeof(void *))
        return EINVAL;
    int before = errno;
    void *memory = take(size, alignment, PLACE_HERE);
    errno = before;
    if (memory)
        *result = memory;
    return memory ? 0 : ENOMEM;
}

// Freeing

// The live block that begins there; ends the schedule when there is none, though there should be.
static struct spot block_of(void *memory, uint32_t place) {
    struct spot spot = heap_find((uintptr_t)memory);
    if (!spot.block || spot.block->state != BLOCK_LIVE || spot.start != (uintptr_t)memory)
        bounds_wrong_free((uintptr_t)memory, place);
    return spot;
}

// What the C library allocated, or the program before its main function, is not in our heap.
static bool is_ours(void *memory, uint32_t place) {
    uintptr_t address = (uintptr_t)memory;
    if (heap_has(address))
        return true;
    if (stack_owner(address) >= 0 ||
        (address >= (uintptr_t)image && address < (uintptr_t)image_end))
        bounds_wrong_free(address, place);
    return false;
}

static void give(void *memory, uint32_t place) {
    access_announced(memory, block_of(memory, place).block->size, ACCESS_FREE, place);
    struct spot spot = block_of(memory, place); // others may have run
    circles_written(memory);
    size_t size = spot.block->size;
    shadow_free(spot.start, size, place);
    if (spot.block->holds_objects)
        objects_forget(spot.start, spot.start + size);
    heap_give(&spot, place);
}

WRAP(void, free, void *memory) {
    int before = errno;
    const uint32_t place = PLACE_HERE;
    if (memory && takes_part() && is_ours(memory, place))
        give(memory, place);
    else
        free(memory);
    errno = before;
}

// Always to another place, so that who keeps the old address is seen.
static void *retake(void *memory, size_t size, uint32_t place) {
    if (!memory)
        return take(size, 1, place);
    size_t old_size = block_of(memory, place).block->size;
    size_t kept = old_size < size ? old_size : size;
    if (size == 0) { // as the GNU C library does
        give(memory, place);
        return NULL;
    }
    void *larger = take(size, 1, place);
    if (!larger)
        return NULL;
    access_made(memory, kept, ACCESS_READ, place);
    memcpy(larger, memory, kept);
    give(memory, place);
    return larger;
}

static bool goes_here(void *memory, uint32_t place) {
    return takes_part() && (!memory || is_ours(memory, place));
}

WRAP(void *, realloc, void *memory, size_t size) {
    const uint32_t place = PLACE_HERE;
    return goes_here(memory, place) ? retake(memory, size, place) : realloc(memory, size);
}

WRAP(void *, reallocarray, void *memory, size_t count, size_t size) {
    const uint32_t place = PLACE_HERE;
    size_t bytes;
    if (!goes_here(memory, place))
        return reallocarray(memory, count, size);
    if (__builtin_mul_overflow(count, size, &bytes))
        bytes = SIZE_MAX;
    return retake(memory, bytes, place);
}

WRAP(size_t, malloc_usable_size, void *memory) {
    const uint32_t place = PLACE_HERE;
    if (!memory || !takes_part() || !is_ours(memory, place))
        return malloc_usable_size(memory);
    return block_of(memory, place).block->size;
}

// Calls that return a block

static char *copied(const char *text, size_t length, uint32_t place) {
    char *copy = take(length + 1, 1, place);
    if (copy)
        memcpy(copy, text, length); // a zero is behind it
    return copy;
}

WRAP(char *, strdup, const char *text) {
    if (!takes_part())
        return strdup(text);
    size_t length = access_text(text, SIZE_MAX, PLACE_HERE);
    return copied(text, length, PLACE_HERE);
}

WRAP(char *, strndup, const char *text, size_t most) {
    if (!takes_part())
        return strndup(text, most);
    size_t length = access_text(text, most, PLACE_HERE);
    return copied(text, length, PLACE_HERE);
}

static int print(char **result, const char *format, va_list list, uint32_t place) {
    char *theirs = NULL;
    int length = vasprintf(&theirs, format, list);
    if (length >= 0) {
        *result = copied(theirs, (size_t)length, place);
        free(theirs);
    }
    return length;
}

WRAP(int, vasprintf, char **result, const char *format, va_list list) {
    return takes_part() ? print(result, format, list, PLACE_HERE) : vasprintf(result, format, list);
}

WRAP(int, asprintf, char **result, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length =
        takes_part() ? print(result, format, list, PLACE_HERE) : vasprintf(result, format, list);
    va_end(list);
    return length;
}

// The library would enlarge a block of ours by itself: it reads into one of its own first.
static ssize_t get(char **line, size_t *room, int delimiter, FILE *file, uint32_t place) {
    char *theirs = NULL;
    size_t their_room = 0;
    stream_used(file, "reads", place);
    ssize_t length = getdelim(&theirs, &their_room, delimiter, file);
    size_t needed = length < 0 ? 1 : (size_t)length + 1;
    if (!*line || *room < needed) {
        char *larger = retake(*line, needed < 120 ? 120 : needed, place);
        *line = larger ? larger : *line;
        *room = larger ? block_of(larger, place).block->size : *room;
    }
    if (length >= 0) {
        access_made(*line, needed, ACCESS_WRITE, place);
        memcpy(*line, theirs, needed);
    }
    free(theirs);
    return length;
}

WRAP(ssize_t, getdelim, char **line, size_t *room, int delimiter, FILE *file) {
    const uint32_t place = PLACE_HERE;
    if (!line || !room || !goes_here(*line, place))
        return getdelim(line, room, delimiter, file);
    return get(line, room, delimiter, file, place);
}

WRAP(ssize_t, getline, char **line, size_t *room, FILE *file) {
    const uint32_t place = PLACE_HERE;
    if (!line || !room || !goes_here(*line, place))
        return getdelim(line, room, '\n', file);
    return get(line, room, '\n', file, place);
}
