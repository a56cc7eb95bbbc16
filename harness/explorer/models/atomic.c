// Atomic operations (C11 7.17, 5.1.2.4). A release publishes what its thread knows; an acquire that reads
// from it, or from its release sequence, learns it. A relaxed operation publishes nothing by itself: it
// counts only together with a fence, or as a read-modify-write that continues a release sequence. Every
// load returns the latest store: stale values are not explored.
#include "access.h"
#include "atomic.h"
#include "releases.h"

static bool acquires(int order) {
    return order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME || order == __ATOMIC_ACQ_REL ||
           order == __ATOMIC_SEQ_CST;
}

static bool releases(int order) {
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

static void read_from(const struct object *object, int order) {
    if (acquires(order))
        model_acquire(object);
    else
        clock_join(&self->read, &object->clock);
}

static void stored(struct object *object, int order) {
    releases_store(object, releases(order));
    schedule_changed(object);
}

static void modified(struct object *object, int order) {
    read_from(object, order);
    releases_modify(object, releases(order));
    schedule_changed(object);
}

// Any size, for objects that have no instruction of their own too. Only one thread runs, so the bytes
// need no protection.
static void load(const volatile void *address, void *value, size_t size, int order,
                 uint32_t place) {
    struct object *object = atomic_visit(address, "loads atomically", true, place);
    access_atomically(address, size, ACCESS_READ, place);
    memcpy(value, (const void *)address, size);
    read_from(object, order);
    schedule_idle(atomic_hash(value, size));
}

static void store(volatile void *address, const void *value, size_t size, int order,
                  uint32_t place) {
    struct object *object = atomic_visit(address, "stores atomically", false, place);
    access_atomically(address, size, ACCESS_WRITE, place);
    memcpy((void *)address, value, size);
    stored(object, order);
}

static bool compare_exchange(volatile void *address, void *expected, const void *desired,
                             size_t size, int success, int failure, uint32_t place) {
    struct object *object = atomic_visit(address, "compares and exchanges", false, place);
    bool equal = memcmp((const void *)address, expected, size) == 0;
    access_atomically(address, size, equal ? ACCESS_WRITE : ACCESS_READ, place);
    if (!equal) {
        memcpy(expected, (const void *)address, size);
        read_from(object, failure);
        schedule_idle(atomic_hash(expected, size));
        return false;
    }
    memcpy((void *)address, desired, size);
    modified(object, success);
    return true;
}

#define MODIFY(bits, name, said, result) \
    a##bits __tsan_atomic##bits##_##name(volatile a##bits *address, a##bits value, int order); \
    a##bits __tsan_atomic##bits##_##name(volatile a##bits *address, a##bits value, int order) { \
        const uint32_t place = PLACE_HERE; \
        struct object *object = MODELLED ? atomic_visit(address, said, false, place) : NULL; \
        a##bits old = *address; \
        *address = (a##bits)(result); \
        if (object) { \
            access_atomically(address, sizeof old, ACCESS_WRITE, place); \
            modified(object, order); \
            if (*address == old) \
                schedule_idle(atomic_hash(&old, sizeof old)); \
        } \
        return old; \
    }

#define COMPARE(bits, name, weak) \
    int __tsan_atomic##bits##_compare_exchange_##name( \
        volatile a##bits *address, a##bits *expected, a##bits desired, int success, int failure); \
    int __tsan_atomic##bits##_compare_exchange_##name( \
        volatile a##bits *address, a##bits *expected, a##bits desired, int success, int failure) { \
        if (MODELLED) \
            return compare_exchange(address, expected, &desired, sizeof desired, success, failure, \
                                    PLACE_HERE); \
        bool equal = *address == *expected; \
        if (equal) \
            *address = desired; \
        else \
            *expected = *address; \
        return equal; \
    }

#define ATOMICS(bits) \
    a##bits __tsan_atomic##bits##_load(const volatile a##bits *address, int order); \
    a##bits __tsan_atomic##bits##_load(const volatile a##bits *address, int order) { \
        a##bits value; \
        if (!MODELLED) \
            return *address; \
        load(address, &value, sizeof value, order, PLACE_HERE); \
        return value; \
    } \
    void __tsan_atomic##bits##_store(volatile a##bits *address, a##bits value, int order); \
    void __tsan_atomic##bits##_store(volatile a##bits *address, a##bits value, int order) { \
        if (MODELLED) \
            store(address, &value, sizeof value, order, PLACE_HERE); \
        else \
            *address = value; \
    } \
    MODIFICATIONS(MODIFY, bits) \
    COMPARE(bits, strong, false) \
    COMPARE(bits, weak, true) \
    a##bits __tsan_atomic##bits##_compare_exchange_val( \
        volatile a##bits *address, a##bits expected, a##bits desired, int success, int failure); \
    a##bits __tsan_atomic##bits##_compare_exchange_val( \
        volatile a##bits *address, a##bits expected, a##bits desired, int success, int failure) { \
        if (MODELLED) \
            compare_exchange(address, &expected, &desired, sizeof desired, success, failure, \
                             PLACE_HERE); \
        else if (*address == expected) \
            *address = desired; \
        else \
            expected = *address; \
        return expected; \
    }
ATOMICS(8)
ATOMICS(16)
ATOMICS(32)
ATOMICS(64)
ATOMICS(128)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order) {
    if (!MODELLED)
        return;
    const struct operation operation = {.name = "fences", .place = PLACE_HERE};
    schedule_visit(&operation);
    if (acquires(order))
        model_learn(&self->read);
    if (releases(order)) {
        clock_copy(&self->fenced, &self->clock);
        model_tick();
    }
}

void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order) {
    (void)order; // between a thread and its own signal handlers only
}

// Atomic objects of sizes without an instruction go through libatomic, whose locks are not the program's.
void __wrap___atomic_load(size_t size, const void *address, void *value, int order);
void __wrap___atomic_load(size_t size, const void *address, void *value, int order) {
    if (MODELLED)
        load(address, value, size, order, PLACE_HERE);
    else
        memcpy(value, address, size);
}

void __wrap___atomic_store(size_t size, void *address, const void *value, int order);
void __wrap___atomic_store(size_t size, void *address, const void *value, int order) {
    if (MODELLED)
        store(address, value, size, order, PLACE_HERE);
    else
        memcpy(address, value, size);
}

void __wrap___atomic_exchange(size_t size, void *address, const void *value, void *old, int order);
void __wrap___atomic_exchange(size_t size, void *address, const void *value, void *old, int order) {
    const uint32_t place = PLACE_HERE;
    struct object *object = MODELLED ? atomic_visit(address, "exchanges", false, place) : NULL;
    memcpy(old, address, size);
    memcpy(address, value, size);
    if (object) {
        access_atomically(address, size, ACCESS_WRITE, place);
        modified(object, order);
    }
}

bool __wrap___atomic_compare_exchange(size_t size, void *address, void *expected,
                                      const void *desired, int success, int failure);
bool __wrap___atomic_compare_exchange(size_t size, void *address, void *expected,
                                      const void *desired, int success, int failure) {
    if (MODELLED)
        return compare_exchange(address, expected, desired, size, success, failure, PLACE_HERE);
    bool equal = memcmp(address, expected, size) == 0;
    memcpy(equal ? address : expected, equal ? desired : address, size);
    return equal;
}
