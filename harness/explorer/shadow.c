#include "shadow.h"

#include "arena.h"
#include "bounds.h"
#include "heap.h"
#include "lockset.h"
#include "report.h"
#include "stacks.h"

#include <string.h>

enum { PAGE = 4096, GRANULE = 8, GRANULES = PAGE / GRANULE, KINDS = 4 };

// The last access of one kind to some bytes, or, if several threads made it since the last write, one of
// each thread.
struct trail {
    uint32_t time; // 0: none
    uint16_t thread;
    bool many;
    uint8_t locks;  // held then, by number
    uint32_t place; // or, of many, the number of the list
};

// Eight bytes of the program. `bytes` says which of them the trails are about; when threads access
// different parts of them, `split` holds a granule for each byte.
struct granule {
    struct trail trails[KINDS]; // by enum access
    struct granule *split;
    uint8_t bytes; // 0: nothing is known, and all else is zero too
};

// As long as the whole page is used as one, a single granule stands for all.
struct page {
    uintptr_t address;
    struct granule whole;
    struct granule *granules; // NULL: all as `whole`
    unsigned known;           // of the granules
    struct thread *stack_of;  // NULL: no thread's
};

struct many {
    size_t room, count;
    struct trail *trails;
    bool shared; // by granules that were one: the next change is to a list of its own
};

static struct page **slots;
static size_t slot_count, page_count;
static struct page *last_page;
static struct many *lists;
static size_t list_room, list_count;
static struct granule *spare_pages, *spare_splits; // for use again, linked by `split`

static size_t slot_of(uintptr_t address) {
    return (address / PAGE * 0x9E3779B97F4A7C15ULL >> 20) & (slot_count - 1);
}

static struct page **find_slot(uintptr_t address) {
    size_t slot = slot_of(address);
    while (slots[slot] && slots[slot]->address != address)
        slot = (slot + 1) & (slot_count - 1);
    return &slots[slot];
}

static void enlarge(void) {
    struct page **old = slots;
    size_t old_count = slot_count;
    slot_count = old_count ? 2 * old_count : 256;
    slots = arena_take(slot_count * sizeof(struct page *));
    for (size_t i = 0; i < old_count; i++)
        if (old[i])
            *find_slot(old[i]->address) = old[i];
}

static struct page *page_find(uintptr_t address) {
    uintptr_t start = address & ~(uintptr_t)(PAGE - 1);
    if (last_page && last_page->address == start)
        return last_page;
    struct page *page = slot_count ? *find_slot(start) : NULL;
    if (page)
        last_page = page;
    return page;
}

static struct page *page_at(uintptr_t address) {
    struct page *page = page_find(address);
    if (page)
        return page;
    if (2 * page_count >= slot_count)
        enlarge();
    page = arena_take(sizeof *page);
    page->address = address & ~(uintptr_t)(PAGE - 1);
    int owner = stack_owner(address);
    page->stack_of = owner < 0 ? NULL : thread_numbered((unsigned)owner);
    *find_slot(page->address) = page;
    page_count++;
    last_page = page;
    return page;
}

// So many granules, all zero.
static struct granule *granules_take(struct granule **spare, size_t count) {
    struct granule *granules = *spare;
    if (!granules)
        return arena_take(count * sizeof *granules);
    *spare = granules->split;
    granules->split = NULL;
    return granules;
}

static void granules_give(struct granule **spare, struct granule *granules) {
    granules->split = *spare;
    *spare = granules;
}

static void share(const struct granule *granule) {
    for (unsigned access = 0; access < KINDS; access++)
        if (granule->trails[access].many)
            lists[granule->trails[access].place].shared = true;
}

static struct granule *granule_at(struct page *page, uintptr_t address) {
    if (!page->granules) {
        page->granules = granules_take(&spare_pages, GRANULES);
        page->known = page->whole.bytes ? GRANULES : 0;
        share(&page->whole);
        for (unsigned i = 0; i < page->known; i++)
            page->granules[i] = page->whole;
        memset(&page->whole, 0, sizeof page->whole);
    }
    return &page->granules[address % PAGE / GRANULE];
}

// The page is to be used as one from here on, and nothing speaks against it.
static bool is_whole(const struct page *page, uintptr_t address, uintptr_t end) {
    return !page->granules && address % PAGE == 0 && end - address >= PAGE;
}

// Races

const char *shadow_does(unsigned access) {
    static const char *const words[] = {"reads", "writes", "atomically reads",
                                        "atomically writes", [ACCESS_FREE] = "frees"};
    return words[access];
}

static void report_race(uintptr_t address, size_t size, unsigned before, const struct trail *trail,
                        unsigned access, uint32_t place) {
    if (report_has_fault("data-race", trail->place, place))
        return;
    report_fault("data-race");
    report_memory("object", address, (unsigned)size);
    size_t count;
    const struct held *held = lockset_items(trail->locks, &count);
    report_part(trail->thread, trail->place, shadow_does(before), NULL, false);
    if (held)
        report_held(held, count);
    report_part(self->number, place, shadow_does(access), NULL, true);
    report_race_site(trail->place);
    report_race_site(place);
    report_fault_end();
}

static void check(const struct granule *granule, uintptr_t address, size_t size, unsigned access,
                  uint32_t place) {
    for (unsigned before = 0; before < KINDS; before++) {
        const struct trail *trail = &granule->trails[before];
        bool conflict = (before | access) & ACCESS_WRITE && !(before & access & ACCESS_ATOMIC);
        if (!trail->time || !conflict)
            continue;
        const struct many *many = trail->many ? &lists[trail->place] : NULL;
        const struct trail *all = many ? many->trails : trail;
        for (size_t i = 0; i < (many ? many->count : 1); i++)
            if (all[i].thread != self->number &&
                !clock_knows(&self->clock, all[i].thread, all[i].time)) {
                report_race(address, size, before, &all[i], access, place);
                break;
            }
    }
}

// A list that begins with these.
static uint32_t list_new(const struct trail *trails, size_t count) {
    lists = arena_grow(lists, &list_room, list_count + 1, sizeof *lists);
    struct many *many = &lists[list_count];
    *many = (struct many){.count = count};
    many->trails = arena_grow(NULL, &many->room, count + 1, sizeof *many->trails);
    memcpy(many->trails, trails, count * sizeof *trails);
    return (uint32_t)list_count++;
}

// Several threads access in this way, unordered: keep the last access of each.
static void spread(struct trail *trail, struct trail new) {
    if (!trail->many)
        *trail = (struct trail){.time = 1, .many = true, .place = list_new(trail, 1)};
    else if (lists[trail->place].shared)
        trail->place = list_new(lists[trail->place].trails, lists[trail->place].count);
    struct many *many = &lists[trail->place];
    for (size_t i = 0; i < many->count; i++)
        if (many->trails[i].thread == new.thread) {
            many->trails[i] = new;
            return;
        }
    many->trails = arena_grow(many->trails, &many->room, many->count + 1, sizeof *many->trails);
    many->trails[many->count++] = new;
}

static void remember(struct granule *granule, unsigned access, uint32_t place) {
    struct trail *trail = &granule->trails[access];
    const struct trail new = {clock_time(&self->clock, self->number), (uint16_t)self->number, false,
                              lockset_mine(), place};
    if (access == ACCESS_WRITE) {
        // All that came before is ordered before this write, or has been reported.
        memset(granule->trails, 0, sizeof granule->trails);
        *trail = new;
    } else if (!trail->many && (!trail->time || trail->thread == self->number ||
                                clock_knows(&self->clock, trail->thread, trail->time))) {
        *trail = new;
    } else {
        spread(trail, new);
    }
}

static void split(struct granule *granule) {
    granule->split = granules_take(&spare_splits, GRANULE);
    share(granule);
    for (int byte = 0; byte < GRANULE; byte++)
        if (granule->bytes >> byte & 1)
            memcpy(granule->split[byte].trails, granule->trails, sizeof granule->trails);
}

// The same thread, at the same time of its own, in the same way: nothing can have changed.
static bool is_known(const struct trail *trail) {
    return trail->time && !trail->many && trail->thread == self->number &&
           trail->time == clock_time(&self->clock, self->number);
}

static bool is_repeated(const struct granule *granule, uint8_t bytes, unsigned access) {
    return granule->bytes == bytes && !granule->split && is_known(&granule->trails[access]);
}

static void access_granule(struct granule *granule, uintptr_t address, size_t size, unsigned access,
                           uint32_t place) {
    uint8_t bytes = (uint8_t)(((1U << size) - 1) << (address % GRANULE));
    if (is_repeated(granule, bytes, access))
        return;
    if (!granule->bytes)
        granule->bytes = bytes;
    if (granule->bytes != bytes && !granule->split)
        split(granule);
    if (!granule->split) {
        check(granule, address, size, access, place);
        remember(granule, access, place);
        return;
    }
    granule->bytes |= bytes;
    for (unsigned byte = 0; byte < GRANULE; byte++)
        if (bytes >> byte & 1 && !is_known(&granule->split[byte].trails[access])) {
            check(&granule->split[byte], address, size, access, place);
            remember(&granule->split[byte], access, place);
        }
}

// Another thread's stack: alive, and not below what that thread still uses?
static void check_stack(const struct page *page, uintptr_t address, size_t size, unsigned access,
                        uint32_t place) {
    const struct thread *owner = page->stack_of;
    if (owner == self || (!owner->ended && address >= owner->frames))
        return;
    report_fault("stack-escape");
    report_memory("object", address, (unsigned)size);
    report_part(self->number, place, shadow_does(access), NULL, true);
    report_number("stack_of", owner->number);
    if (report_fault_end())
        report_end(END_FAULT, 0);
}

static void check_place(uintptr_t address, size_t size, unsigned access, uint32_t place) {
    if (heap_has(address))
        bounds_check(address, size, shadow_does(access), place);
    else if (arena_has((const void *)address))
        bounds_wild(address, size, shadow_does(access), place);
}

void shadow_access(uintptr_t address, size_t size, unsigned access, uint32_t place) {
    check_place(address, size, access, place);
    while (size) {
        struct page *page = page_at(address);
        if (page->stack_of)
            check_stack(page, address, size, access, place);
        if (is_whole(page, address, address + size)) {
            access_granule(&page->whole, address, GRANULE, access, place);
            address += PAGE;
            size -= PAGE;
            continue;
        }
        size_t here = GRANULE - address % GRANULE;
        if (here > size)
            here = size;
        struct granule *granule = granule_at(page, address);
        page->known += !granule->bytes;
        access_granule(granule, address, here, access, place);
        address += here;
        size -= here;
    }
}

// The end of a life

static void check_free(const struct granule *granule, uint8_t bytes, uintptr_t address,
                       uint32_t place) {
    if (!granule->split && granule->bytes & bytes)
        check(granule, address, GRANULE, ACCESS_FREE, place);
    for (unsigned byte = 0; granule->split && byte < GRANULE; byte++)
        if (bytes >> byte & 1)
            check(&granule->split[byte], address, GRANULE, ACCESS_FREE, place);
}

static void clear(struct granule *granule, uint8_t bytes) {
    granule->bytes &= (uint8_t)~bytes;
    for (unsigned byte = 0; granule->split && byte < GRANULE; byte++)
        if (bytes >> byte & 1)
            memset(&granule->split[byte], 0, sizeof granule->split[byte]);
    if (granule->bytes)
        return;
    if (granule->split)
        granules_give(&spare_splits, granule->split);
    memset(granule, 0, sizeof *granule);
}

static void clear_in_page(struct page *page, uintptr_t address, uintptr_t end, uint32_t freed_at) {
    if (is_whole(page, address, end)) {
        if (freed_at)
            check_free(&page->whole, page->whole.bytes, address, freed_at);
        clear(&page->whole, page->whole.bytes);
        return;
    }
    while (address < end && (page->granules || page->whole.bytes)) {
        struct granule *granule = granule_at(page, address);
        size_t here = GRANULE - address % GRANULE;
        if (here > end - address)
            here = end - address;
        uint8_t bytes = (uint8_t)(((1U << here) - 1) << (address % GRANULE));
        if (granule->bytes) {
            if (freed_at)
                check_free(granule, bytes, address, freed_at);
            clear(granule, bytes);
            page->known -= !granule->bytes;
        }
        if (!page->known) {
            granules_give(&spare_pages, page->granules);
            page->granules = NULL;
        }
        address += here;
    }
}

// Only pages that are known: memory that was never accessed costs little.
static void forget(uintptr_t address, size_t size, uint32_t freed_at) {
    uintptr_t end = address + size;
    while (address < end) {
        struct page *page = page_find(address);
        uintptr_t page_end = (address & ~(uintptr_t)(PAGE - 1)) + PAGE;
        if (page_end > end)
            page_end = end;
        if (page)
            clear_in_page(page, address, page_end, freed_at);
        address = page_end;
    }
}

void shadow_renew(uintptr_t address, size_t size) {
    forget(address, size, 0);
}

void shadow_free(uintptr_t address, size_t size, uint32_t place) {
    forget(address, size, place);
}
