// Mutexes (POSIX pthread_mutex_lock): one owner. A normal one taken again by its owner waits for ever, an
// error-checking one says EDEADLK, a recursive one counts. Only the owner may unlock. What its owner did
// before unlocking, the next owner knows.
#include "mutex.h"

#include "model.h"

#include <errno.h>

enum { KIND_MASK = 3, ROBUST = 16, SHARED = 128, DESTROYED = -1 }; // of glibc's __kind

static void refuse_unmodelled(const pthread_mutex_t *mutex, uint32_t place) {
    int kind = mutex->__data.__kind;
    if (kind == DESTROYED)
        model_check_life(mutex, OBJECT_MUTEX, place);
    if (kind & ROBUST)
        report_unavailable_at(place, "the explorer does not model robust mutexes; leave "
                                     "PTHREAD_MUTEX_ROBUST out");
    if (kind & SHARED)
        report_unavailable_at(place,
                              "the explorer does not model mutexes shared between processes; "
                              "make it PTHREAD_PROCESS_PRIVATE");
}

static struct object *made(const pthread_mutex_t *mutex) {
    struct object *object = object_at(mutex, OBJECT_MUTEX);
    object->type = mutex->__data.__kind & KIND_MASK;
    return object;
}

struct object *mutex_of(pthread_mutex_t *mutex, uint32_t place) {
    struct object *object = object_find(mutex, OBJECT_MUTEX);
    refuse_unmodelled(mutex, place);
    return object ? object : made(mutex);
}

static bool is_free(const struct thread *thread) {
    const struct object *object = thread->operation.object;
    return !object->owner || (object->owner == thread && object->type != PTHREAD_MUTEX_NORMAL &&
                              object->type != PTHREAD_MUTEX_ADAPTIVE_NP);
}

bool mutex_is_mine(const struct object *object) {
    return object->owner == self;
}

struct operation mutex_taking(struct object *object, uint32_t place) {
    return (struct operation){.name = "locks",
                              .wait = "mutex",
                              .object = object,
                              .ready = is_free,
                              .balanced = true,
                              .place = place};
}

void mutex_taken(struct object *object, pthread_mutex_t *mutex, uint32_t place) {
    object->owner = self;
    object->depth = 1;
    object->since = place;
    thread_hold(object, place, false);
    model_acquire(object);
    schedule_changed(object);
    pthread_mutex_trylock(mutex);
}

// Taken again by its owner: 0 or an error.
static int again(struct object *object, pthread_mutex_t *mutex) {
    if (object->type != PTHREAD_MUTEX_RECURSIVE)
        return EDEADLK;
    object->depth++;
    return pthread_mutex_trylock(mutex);
}

int mutex_lock(pthread_mutex_t *mutex, uint64_t deadline, uint32_t place) {
    struct object *object = mutex_of(mutex, place);
    struct operation operation = mutex_taking(object, place);
    operation.deadline = deadline;
    if (schedule_visit(&operation) == WAY_TIME_OUT)
        return ETIMEDOUT;
    if (object->owner == self)
        return again(object, mutex);
    mutex_taken(object, mutex, place);
    return 0;
}

WRAP(int, pthread_mutex_lock, pthread_mutex_t *mutex) {
    return MODELLED ? mutex_lock(mutex, 0, PLACE_HERE) : pthread_mutex_lock(mutex);
}

int mutex_trylock(pthread_mutex_t *mutex, uint32_t place) {
    struct object *object = mutex_of(mutex, place);
    const struct operation operation = {.name = "tries to lock", .object = object, .place = place};
    schedule_visit(&operation);
    if (!object->owner) {
        mutex_taken(object, mutex, place);
        return 0;
    }
    if (object->owner == self && object->type == PTHREAD_MUTEX_RECURSIVE)
        return again(object, mutex);
    schedule_idle(EBUSY);
    return EBUSY;
}

WRAP(int, pthread_mutex_trylock, pthread_mutex_t *mutex) {
    return MODELLED ? mutex_trylock(mutex, PLACE_HERE) : pthread_mutex_trylock(mutex);
}

// A time that is none matters only to who would have to wait.
int mutex_timedlock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *time,
                    uint32_t place) {
    if (model_is_deadline(clock, time))
        return mutex_lock(mutex, model_deadline(clock, time), place);
    int error = mutex_trylock(mutex, place);
    return error == EBUSY ? EINVAL : error;
}

WRAP(int, pthread_mutex_timedlock, pthread_mutex_t *mutex, const struct timespec *time) {
    return MODELLED ? mutex_timedlock(mutex, CLOCK_REALTIME, time, PLACE_HERE)
                    : pthread_mutex_timedlock(mutex, time);
}

WRAP(int, pthread_mutex_clocklock, pthread_mutex_t *mutex, clockid_t clock,
     const struct timespec *time) {
    if (!MODELLED || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
        return pthread_mutex_clocklock(mutex, clock, time);
    return mutex_timedlock(mutex, clock, time, PLACE_HERE);
}

void mutex_let_go(struct object *object, pthread_mutex_t *mutex) {
    pthread_mutex_unlock(mutex);
    object->owner = NULL;
    object->depth = 0;
    thread_release(object);
    model_release_alone(object);
    schedule_changed(object);
}

int mutex_unlock(pthread_mutex_t *mutex, uint32_t place) {
    struct object *object = mutex_of(mutex, place);
    const struct operation operation = {
        .name = "unlocks", .object = object, .balanced = true, .place = place};
    schedule_visit(&operation);
    if (object->owner != self) {
        if (object->type == PTHREAD_MUTEX_ERRORCHECK || object->type == PTHREAD_MUTEX_RECURSIVE)
            return EPERM;
        model_misused(object, place,
                      object->owner ? "unlocks it, though another thread holds it"
                                    : "unlocks it, though nobody holds it");
    }
    if (object->depth > 1) {
        object->depth--;
        return pthread_mutex_unlock(mutex);
    }
    mutex_let_go(object, mutex);
    return 0;
}

WRAP(int, pthread_mutex_unlock, pthread_mutex_t *mutex) {
    return MODELLED ? mutex_unlock(mutex, PLACE_HERE) : pthread_mutex_unlock(mutex);
}

void mutex_initialised(pthread_mutex_t *mutex, uint32_t place) {
    const struct object *old = object_find(mutex, OBJECT_MUTEX);
    if (old && old->owner)
        model_misused(old, place, "initialises it while it is held");
    object_forget(mutex);
    made(mutex)->born = place;
}

WRAP(int, pthread_mutex_init, pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes) {
    int error = pthread_mutex_init(mutex, attributes);
    if (MODELLED && error == 0)
        mutex_initialised(mutex, PLACE_HERE);
    return error;
}

int mutex_destroy(pthread_mutex_t *mutex, uint32_t place) {
    struct object *object = mutex_of(mutex, place);
    const struct operation operation = {.name = "destroys", .object = object, .place = place};
    schedule_visit(&operation);
    if (object->owner)
        model_misused(object, place, "destroys it while it is held");
    if (object->pending)
        model_misused(object, place, "destroys it while a thread waits for it");
    model_end_life(mutex, OBJECT_MUTEX, place);
    return pthread_mutex_destroy(mutex);
}

WRAP(int, pthread_mutex_destroy, pthread_mutex_t *mutex) {
    return MODELLED ? mutex_destroy(mutex, PLACE_HERE) : pthread_mutex_destroy(mutex);
}
