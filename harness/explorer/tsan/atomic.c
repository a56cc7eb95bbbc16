// Atomic operations are announced as in models/atomic.c, so that a seed takes the same course, and then
// made by TSan's own functions: tail calls, since these take their return address for the place.
#include "atomic.h"

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define TAIL __attribute__((musttail)) return

#define MODIFY(bits, name, said, result) \
    a##bits __real___tsan_atomic##bits##_##name(volatile a##bits *, a##bits, int); \
    a##bits __wrap___tsan_atomic##bits##_##name(volatile a##bits *, a##bits, int); \
    a##bits __wrap___tsan_atomic##bits##_##name(volatile a##bits *address, a##bits value, \
                                                int order) { \
        if (MODELLED) { \
            schedule_changed(atomic_visit(address, said, false, PLACE_HERE)); \
            a##bits old = *address; \
            if ((a##bits)(result) == old) \
                schedule_idle(atomic_hash(&old, sizeof old)); \
        } \
        TAIL __real___tsan_atomic##bits##_##name(address, value, order); \
    }

#define COMPARE(bits, name) \
    int __real___tsan_atomic##bits##_compare_exchange_##name(volatile a##bits *, a##bits *, \
                                                             a##bits, int, int); \
    int __wrap___tsan_atomic##bits##_compare_exchange_##name(volatile a##bits *, a##bits *, \
                                                             a##bits, int, int); \
    int __wrap___tsan_atomic##bits##_compare_exchange_##name( \
        volatile a##bits *address, a##bits *expected, a##bits desired, int success, int failure) { \
        if (MODELLED) \
            compare(address, expected, sizeof desired, PLACE_HERE); \
        TAIL __real___tsan_atomic##bits##_compare_exchange_##name(address, expected, desired, \
                                                                  success, failure); \
    }

#define ATOMICS(bits) \
    a##bits __real___tsan_atomic##bits##_load(const volatile a##bits *, int); \
    a##bits __wrap___tsan_atomic##bits##_load(const volatile a##bits *, int); \
    a##bits __wrap___tsan_atomic##bits##_load(const volatile a##bits *address, int order) { \
        if (MODELLED) { \
            atomic_visit(address, "loads atomically", true, PLACE_HERE); \
            schedule_idle(atomic_hash(address, sizeof *address)); \
        } \
        TAIL __real___tsan_atomic##bits##_load(address, order); \
    } \
    void __real___tsan_atomic##bits##_store(volatile a##bits *, a##bits, int); \
    void __wrap___tsan_atomic##bits##_store(volatile a##bits *, a##bits, int); \
    void __wrap___tsan_atomic##bits##_store(volatile a##bits *address, a##bits value, int order) { \
        if (MODELLED) \
            schedule_changed(atomic_visit(address, "stores atomically", false, PLACE_HERE)); \
        TAIL __real___tsan_atomic##bits##_store(address, value, order); \
    } \
    MODIFICATIONS(MODIFY, bits) \
    COMPARE(bits, strong) \
    COMPARE(bits, weak) \
    a##bits __real___tsan_atomic##bits##_compare_exchange_val(volatile a##bits *, a##bits, \
                                                              a##bits, int, int); \
    a##bits __wrap___tsan_atomic##bits##_compare_exchange_val(volatile a##bits *, a##bits, \
                                                              a##bits, int, int); \
    a##bits __wrap___tsan_atomic##bits##_compare_exchange_val( \
        volatile a##bits *address, a##bits expected, a##bits desired, int success, int failure) { \
        if (MODELLED) \
            compare(address, &expected, sizeof desired, PLACE_HERE); \
        TAIL __real___tsan_atomic##bits##_compare_exchange_val(address, expected, desired, \
                                                               success, failure); \
    }

static bool compare(volatile void *address, const void *expected, size_t size, uint32_t place) {
    struct object *object = atomic_visit(address, "compares and exchanges", false, place);
    bool equal = memcmp((const void *)address, expected, size) == 0;
    if (equal)
        schedule_changed(object);
    else
        schedule_idle(atomic_hash(address, size));
    return equal;
}

ATOMICS(8)
ATOMICS(16)
ATOMICS(32)
ATOMICS(64)
ATOMICS(128)

void __real___tsan_atomic_thread_fence(int order);
void __wrap___tsan_atomic_thread_fence(int order);
void __wrap___tsan_atomic_thread_fence(int order) {
    const struct operation operation = {.name = "fences", .place = PLACE_HERE};
    if (MODELLED)
        schedule_visit(&operation);
    TAIL __real___tsan_atomic_thread_fence(order);
}

// TSan does not know libatomic, so it is told the order that these make.
static void make_order(void *address, int order) {
    if (order != __ATOMIC_RELAXED && order != __ATOMIC_RELEASE)
        __tsan_acquire(address);
    if (order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST)
        __tsan_release(address);
}

WRAP(void, __atomic_load, size_t size, const void *address, void *value, int order) {
    if (MODELLED) {
        atomic_visit(address, "loads atomically", true, PLACE_HERE);
        schedule_idle(atomic_hash(address, size));
        make_order((void *)address, order == __ATOMIC_SEQ_CST ? __ATOMIC_ACQUIRE : order);
    }
    memcpy(value, address, size);
}

WRAP(void, __atomic_store, size_t size, void *address, const void *value, int order) {
    if (MODELLED) {
        schedule_changed(atomic_visit(address, "stores atomically", false, PLACE_HERE));
        make_order(address, order == __ATOMIC_SEQ_CST ? __ATOMIC_RELEASE : order);
    }
    memcpy(address, value, size);
}

WRAP(void, __atomic_exchange, size_t size, void *address, const void *value, void *old, int order) {
    if (MODELLED) {
        schedule_changed(atomic_visit(address, "exchanges", false, PLACE_HERE));
        make_order(address, order);
    }
    memcpy(old, address, size);
    memcpy(address, value, size);
}

WRAP(bool, __atomic_compare_exchange, size_t size, void *address, void *expected,
     const void *desired, int success, int failure) {
    bool equal = MODELLED ? compare(address, expected, size, PLACE_HERE)
                          : memcmp(address, expected, size) == 0;
    if (MODELLED)
        make_order(address, equal                         ? success
                            : failure == __ATOMIC_SEQ_CST ? __ATOMIC_ACQUIRE
                                                          : failure);
    memcpy(equal ? address : expected, equal ? desired : address, size);
    return equal;
}
