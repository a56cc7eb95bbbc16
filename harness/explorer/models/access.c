// The accesses, as the compiler reports them (the interface of ThreadSanitizer's runtime, compiler-rt
// tsan_interface.h). They are no choices, unless the place has raced before.
#include "access.h"
#include "circles.h"
#include "model.h"
#include "shadow.h"

#include <string.h>

static uint64_t value_at(const void *address, size_t size) {
    uint64_t value = 0;
    memcpy(&value, address, size < sizeof value ? size : sizeof value);
    return value;
}

static bool is_watched(uintptr_t address, size_t size) {
    const struct plan *plan = &channel->plan;
    return plan->watch_size && address < plan->watch + plan->watch_size &&
           address + size > plan->watch;
}

// For the trace: not a choice.
static void show(uintptr_t address, unsigned access, uint32_t place) {
    struct object memory = {.address = address, .kind = OBJECT_MEMORY};
    const struct operation operation = {
        .name = shadow_does(access), .object = &memory, .place = place};
    report_step(self, &operation, "", NULL);
}

void access_announced(const void *address, size_t size, unsigned access, uint32_t place) {
    if (channel->plan.sites && report_is_race_site(place)) {
        const struct operation operation = {
            .name = shadow_does(access),
            .object = object_at((const void *)((uintptr_t)address & ~(uintptr_t)7), OBJECT_MEMORY),
            .reads = !(access & ACCESS_WRITE),
            .address = (uintptr_t)address,
            .size = (unsigned)size,
            .place = place};
        schedule_visit(&operation);
        if (operation.reads)
            schedule_idle(value_at(address, size));
        else
            schedule_changed(operation.object);
    } else if (is_watched((uintptr_t)address, size)) {
        show((uintptr_t)address, access, place);
    } else if (++self->plain % LONG_RUN == 0) {
        const struct operation operation = {
            .name = "is busy", .yields = true, .busy = true, .place = place};
        uint64_t plain = self->plain;
        schedule_visit(&operation);
        self->plain = plain;
    }
    if (access & ACCESS_WRITE)
        circles_written(address);
}

void access_made(const void *address, size_t size, unsigned access, uint32_t place) {
    if (!MODELLED || !size)
        return;
    access_announced(address, size, access, place);
    shadow_access((uintptr_t)address, size, access, place);
}

#define ACCESS(name, size, kind) \
    void __tsan_##name(const void *address); \
    void __tsan_##name(const void *address) { \
        access_made(address, size, kind, PLACE_HERE); \
    }
#define ACCESSES(size) \
    ACCESS(read##size, size, ACCESS_READ) \
    ACCESS(write##size, size, ACCESS_WRITE) \
    ACCESS(unaligned_read##size, size, ACCESS_READ) \
    ACCESS(unaligned_write##size, size, ACCESS_WRITE) \
    ACCESS(volatile_read##size, size, ACCESS_READ) \
    ACCESS(volatile_write##size, size, ACCESS_WRITE) \
    ACCESS(unaligned_volatile_read##size, size, ACCESS_READ) \
    ACCESS(unaligned_volatile_write##size, size, ACCESS_WRITE)
ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)

// A read and a write of the same place in one (compound assignment), where the compiler joins them.
#define READ_WRITE(prefix, size) \
    void __tsan_##prefix##read_write##size(const void *address); \
    void __tsan_##prefix##read_write##size(const void *address) { \
        access_made(address, size, ACCESS_READ, PLACE_HERE); \
        access_made(address, size, ACCESS_WRITE, PLACE_HERE); \
    }
READ_WRITE(, 1)
READ_WRITE(, 2)
READ_WRITE(, 4)
READ_WRITE(, 8)
READ_WRITE(, 16)
READ_WRITE(unaligned_, 2)
READ_WRITE(unaligned_, 4)
READ_WRITE(unaligned_, 8)
READ_WRITE(unaligned_, 16)

#define RANGE(name, kind) \
    void __tsan_##name(const void *address, size_t size); \
    void __tsan_##name(const void *address, size_t size) { \
        access_made(address, size, kind, PLACE_HERE); \
    }
RANGE(read_range, ACCESS_READ)
RANGE(write_range, ACCESS_WRITE)

// UndefinedBehaviorSanitizer's checks of addresses are there for what they do to the instrumentation (see
// toolchain.c); an address that is wrong shows when it is used.
void __ubsan_handle_type_mismatch_v1(void *data, void *address);
void __ubsan_handle_type_mismatch_v1(void *data, void *address) {
    (void)data, (void)address;
}
// Of aligned_alloc() and its kind.
void __ubsan_handle_alignment_assumption(void *data, void *address, void *alignment, void *offset);
void __ubsan_handle_alignment_assumption(void *data, void *address, void *alignment, void *offset) {
    (void)data, (void)address, (void)alignment, (void)offset;
}

// What an instrumented program calls besides, and the explorer does without.
#define NOTHING(name) \
    void __tsan_##name(void); \
    void __tsan_##name(void) { \
    }
NOTHING(init)
NOTHING(func_exit)
NOTHING(ignore_thread_begin)
NOTHING(ignore_thread_end)

// A thread that the explorer did not start, such as a library's own, calls the program; or one runs on
// after its end, such as the destructor of a key that a library made.
static void stranger(uint32_t place) {
    if (self ? threads_alive() : schedule_runs())
        report_unavailable_at(place,
                              "the program's code runs in a thread that the explorer does not "
                              "control, such as one of a library: leave this program to the "
                              "other engines");
}

void __tsan_func_entry(const void *caller);
void __tsan_func_entry(const void *caller) {
    (void)caller;
    if (__builtin_expect(!self || self->ended, 0))
        stranger(PLACE_HERE);
}
