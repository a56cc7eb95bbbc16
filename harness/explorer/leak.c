// As LeakSanitizer does it: a block is in use if a word that looks like its address, or like one inside
// it, lies in a variable, on the stack of a thread that has not ended, or in a block in use.
#include "leak.h"

#include "arena.h"
#include "heap.h"
#include "report.h"
#include "set.h"
#include "stacks.h"
#include "thread.h"

#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum mark { MARK_NONE, MARK_USED, MARK_LOST, MARK_LOST_WITH_ANOTHER };
enum { SPARSE = 1 << 20 };

struct range {
    uintptr_t from, end;
};

static struct range *pending; // blocks that were met and not looked into yet
static size_t pending_room, pending_count;
static enum mark marking;
static uintptr_t stands_at;
static int page_map; // /proc/self/pagemap; -1: none
static uintptr_t page;
static uint64_t unmarked;

void leak_stands_here(void) {
    stands_at = (uintptr_t)__builtin_frame_address(0);
}

static void meet(uintptr_t word) {
    struct spot spot = heap_find(word);
    if (!spot.block || spot.block->state != BLOCK_LIVE || word > spot.start + spot.block->size)
        return;
    if (spot.block->mark == MARK_NONE) {
        unmarked--;
        pending = arena_grow(pending, &pending_room, pending_count + 1, sizeof *pending);
        pending[pending_count++] = (struct range){spot.start, spot.start + spot.block->size};
    } else if (!(spot.block->mark == MARK_LOST && marking == MARK_LOST_WITH_ANOTHER)) {
        return;
    }
    spot.block->mark = marking;
}

static void scan_words(uintptr_t from, uintptr_t end) {
    from = (from + sizeof(uintptr_t) - 1) & ~(sizeof(uintptr_t) - 1);
    for (; from + sizeof(uintptr_t) <= end; from += sizeof(uintptr_t)) {
        uintptr_t word = *(const uintptr_t *)from;
        if (heap_has(word))
            meet(word);
    }
}

// Pages that were never touched hold nothing, and are not to be touched now.
static void scan_sparsely(uintptr_t from, uintptr_t end) {
    static const uint64_t present = 3ULL << 62; // or swapped out
    uint64_t entries[512];
    while (from < end) {
        uintptr_t first = from / page, pages = (end + page - 1) / page - first;
        size_t wanted = (pages < 512 ? pages : 512) * sizeof entries[0];
        ssize_t got = pread(page_map, entries, wanted, (off_t)(first * sizeof entries[0]));
        if (got != (ssize_t)wanted) {
            scan_words(from, end);
            return;
        }
        for (size_t i = 0; i < wanted / sizeof entries[0]; i++) {
            uintptr_t page_end = (first + i + 1) * page < end ? (first + i + 1) * page : end;
            if (entries[i] & present)
                scan_words(from, page_end);
            from = page_end;
        }
    }
}

static void scan(uintptr_t from, uintptr_t end) {
    if (end > from && end - from > SPARSE)
        scan_sparsely(from, end);
    else
        scan_words(from, end);
    while (pending_count) {
        struct range block = pending[--pending_count];
        if (block.end - block.from > SPARSE)
            scan_sparsely(block.from, block.end);
        else
            scan_words(block.from, block.end);
    }
}

// The runtime's own memory, and what is looked at by other rules

extern char __start_explorer_data[], __stop_explorer_data[];
extern char __start_explorer_bss[], __stop_explorer_bss[];
extern void *__libc_stack_end;

enum { EXCLUDED = 6 };
static struct range excluded[EXCLUDED];

static void list_excluded(void) {
    uintptr_t arena_end, arena = arena_begin(&arena_end);
    uintptr_t main_end = (uintptr_t)__libc_stack_end;
    const struct range all[EXCLUDED] = {
        {heap_start, heap_start + heap_size},
        {arena, arena_end},
        {stack_end(1) - 2 * (uintptr_t)STACK_ROOM, stack_end(THREADS_MOST - 1)},
        {main_end - STACK_ROOM, main_end},
        {(uintptr_t)__start_explorer_data, (uintptr_t)__stop_explorer_data},
        {(uintptr_t)__start_explorer_bss, (uintptr_t)__stop_explorer_bss}};
    memcpy(excluded, all, sizeof excluded);
}

static void scan_the_rest(uintptr_t from, uintptr_t end) {
    for (int i = 0; i < EXCLUDED; i++)
        if (excluded[i].from < end && excluded[i].end > from) {
            if (from < excluded[i].from)
                scan_the_rest(from, excluded[i].from);
            if (end > excluded[i].end)
                scan_the_rest(excluded[i].end, end);
            return;
        }
    scan(from, end);
}

// Roots

static int scan_variables(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size, (void)unused;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        uintptr_t from = info->dlpi_addr + header->p_vaddr;
        if (header->p_type == PT_LOAD && header->p_flags & PF_W)
            scan_the_rest(from, from + header->p_memsz);
    }
    return 1; // the program itself comes first; libraries wait for scan_mappings
}

static void scan_stack(const struct thread *thread) {
    uintptr_t from = thread->depth, end = stack_end(thread->number);
    if (thread == self)
        from = stands_at ? stands_at : (uintptr_t)__builtin_frame_address(0);
    if (thread->number == 0)
        end = (uintptr_t)__libc_stack_end;
    if (!from) { // has not begun
        if (heap_has((uintptr_t)thread->argument))
            meet((uintptr_t)thread->argument);
    } else if (stack_owner(from) == (int)thread->number) {
        scan(from, end);
    } else if (heap_has(from)) {
        meet(from); // a stack that the program provided: all of it
    }
}

static void scan_thread(const struct thread *thread) {
    bool result_waits = thread->ended && !thread->joined && !thread->detached;
    if (result_waits && heap_has((uintptr_t)thread->result))
        meet((uintptr_t)thread->result);
    if (!thread->ended) {
        scan_stack(thread);
        scan((uintptr_t)thread->specific, (uintptr_t)(thread->specific + thread->specific_room));
    }
    scan(0, 0);
}

// All else that the program can write: libraries, main's thread-local variables, memory that it mapped.
static void scan_mappings(void) {
    static char text[1 << 16];
    size_t used = 0;
    ssize_t got;
    int file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    while (file >= 0 && (got = read(file, text + used, sizeof text - 1 - used)) > 0) {
        used += (size_t)got;
        text[used] = '\0';
        char *line = text, *end;
        while ((end = strchr(line, '\n'))) {
            char *at;
            uintptr_t from = strtoul(line, &at, 16), to = strtoul(at + 1, &at, 16);
            if (strncmp(at, " rw", 3) == 0 && at[4] == 'p')
                scan_the_rest(from, to);
            line = end + 1;
        }
        used = (size_t)(text + used - line);
        memmove(text, line, used);
    }
    if (file >= 0)
        close(file);
}

// What is lost

static struct {
    uint32_t place;
    uint16_t thread;
    uint64_t bytes, blocks;
} places[64];
static unsigned place_count;

static void lose(struct block *block, uintptr_t start) {
    if (block->mark != MARK_NONE)
        return;
    block->mark = MARK_LOST;
    marking = MARK_LOST_WITH_ANOTHER;
    scan(start, start + block->size);
    block->mark = MARK_LOST; // though others may lead back to it
}

static void add_lost(struct block *block, uintptr_t start) {
    unsigned i = 0;
    (void)start;
    if (block->mark != MARK_LOST)
        return;
    while (i < place_count && places[i].place != block->allocated)
        i++;
    if (i == sizeof places / sizeof places[0])
        return;
    if (i == place_count)
        place_count++;
    places[i].place = block->allocated;
    places[i].thread = block->allocated_by;
    places[i].bytes += block->size;
    places[i].blocks++;
}

static void report_lost(void) {
    heap_each(lose);
    heap_each(add_lost);
    for (unsigned i = 0; i < place_count; i++) {
        char words[128];
        snprintf(words, sizeof words, "allocates %lu bytes in %lu block%s, which nobody frees",
                 (unsigned long)places[i].bytes, (unsigned long)places[i].blocks,
                 places[i].blocks == 1 ? "" : "s");
        report_fault("leak");
        report_number("bytes", places[i].bytes);
        report_number("blocks", places[i].blocks);
        report_part(places[i].thread, places[i].place, words, NULL, false);
        report_fault_end();
    }
}

static void look(void) {
    marking = MARK_USED;
    dl_iterate_phdr(scan_variables, NULL);
    for (unsigned i = 0; i < thread_count(); i++)
        scan_thread(thread_numbered(i));
    if (unmarked)
        scan_mappings();
    if (unmarked)
        report_lost();
}

void leak_look(void) {
    if (!self || !heap_sums.blocks)
        return;
    for (unsigned i = 0; i < thread_count(); i++)
        if (thread_numbered(i)->operation.may_end && !thread_numbered(i)->ended &&
            thread_numbered(i) != self)
            return; // it runs outside the schedule, and how far its stack reaches is not known
    unmarked = heap_sums.blocks;
    list_excluded();
    page = (uintptr_t)sysconf(_SC_PAGESIZE);
    page_map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    look();
}
