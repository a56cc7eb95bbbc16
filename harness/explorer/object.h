// What threads meet at: locks, conditions, atomics, threads, descriptors. Known by address; a model that
// meets an address for the first time makes its object then, as static initialisers require.
#ifndef INTERLEAVE_OBJECT_H
#define INTERLEAVE_OBJECT_H

#include "clock.h"

#include <stdbool.h>
#include <stdint.h>

enum object_kind {
    OBJECT_NONE,
    OBJECT_MUTEX,
    OBJECT_CONDITION,
    OBJECT_RWLOCK,
    OBJECT_BARRIER,
    OBJECT_SPIN,
    OBJECT_ONCE,
    OBJECT_SEMAPHORE,
    OBJECT_ATOMIC,
    OBJECT_THREAD,
    OBJECT_STREAM,
    OBJECT_DESCRIPTOR,
    OBJECT_PROCESS,
    OBJECT_TASK,   // polled; of the program's own making
    OBJECT_MEMORY, // a plain access that has raced
    OBJECT_KINDS
};

struct thread;

struct object {
    uintptr_t address;
    enum object_kind kind;
    uint32_t born;           // place of its initialisation; 0: static, or not seen
    struct clock clock;      // what who acquires it learns
    struct thread *pending;  // threads whose announced operation is on it
    uint64_t history, reads; // hashes, see history.h
    // The model's own. Zero is the state after a static initialiser.
    struct thread *owner;
    unsigned depth; // of a recursive mutex; readers of a read-write lock; arrivals at a barrier
    unsigned limit; // of a barrier
    int type;       // of a mutex, or of a read-write lock's preference
    long value;     // of a semaphore, of a once
    uint32_t since; // place where the owner took it
    struct thread *first_waiter, *last_waiter; // of a condition, in order of arrival
    void *more;
    // Of one that was destroyed, and has no kind any more.
    enum object_kind was;
    unsigned ended_by; // thread
    uint32_t ended;    // place
};

// The object at that address, made when there is none. An object of another kind is replaced: the memory
// has been put to another use.
struct object *object_at(const void *address, enum object_kind kind);
// NULL when there is none of the kind.
struct object *object_find(const void *address, enum object_kind kind);
// After an initialisation, or an end of life: the next use begins afresh.
void object_forget(const void *address);
void object_end(const void *address, unsigned thread,
                uint32_t place); // and it is known who destroyed it
void objects_forget(uintptr_t from, uintptr_t end);

extern const char *const object_names[OBJECT_KINDS];

#endif
