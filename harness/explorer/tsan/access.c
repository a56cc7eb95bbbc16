// TSan sees the accesses and keeps the shadow. What is left for the explorer is to let others go on after
// many of them, as in models/access.c, so that a seed takes the same course.
#include "access.h"

#include "circles.h"
#include "leak.h"
#include "model.h"

static void count(const void *address, bool writes, uint32_t place) {
    if (!MODELLED)
        return;
    if (writes)
        circles_written(address);
    if (++self->plain % LONG_RUN != 0)
        return;
    const struct operation operation = {.name = "is busy", .yields = true, .place = place};
    uint64_t plain = self->plain;
    schedule_visit(&operation);
    self->plain = plain;
}

#define ACCESS(name, writes) \
    void __real___tsan_##name(const void *address); \
    void __wrap___tsan_##name(const void *address); \
    void __wrap___tsan_##name(const void *address) { \
        count(address, writes, PLACE_HERE); \
        __attribute__((musttail)) return __real___tsan_##name(address); \
    }
#define ACCESSES(size) \
    ACCESS(read##size, false) \
    ACCESS(write##size, true) \
    ACCESS(unaligned_read##size, false) \
    ACCESS(unaligned_write##size, true)
ACCESS(read1, false)
ACCESS(write1, true)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)

// What other models tell of accesses, TSan sees by itself in the real calls.
void access_made(const void *address, size_t size, unsigned access, uint32_t place) {
    (void)address, (void)size, (void)access, (void)place;
}

void shadow_access(uintptr_t address, size_t size, unsigned access, uint32_t place) {
    (void)address, (void)size, (void)access, (void)place;
}

void shadow_renew(uintptr_t address, size_t size) {
    (void)address, (void)size;
}

void shadow_free(uintptr_t address, size_t size, uint32_t place) {
    (void)address, (void)size, (void)place;
}

// The heap is TSan's, in which nothing is looked for.
void leak_stands_here(void) {
}

void leak_look(void) {
}
