// Mutexes (POSIX pthread_mutex_lock): one owner. A normal one taken again by its owner waits for ever, an
// error-checking one says EDEADLK, a recursive one counts. Only the owner may unlock. What its owner did
// before unlocking, the next owner knows.
#include "model.h"

#include <errno.h>
#include <string.h>


enum { KIND_MASK = 3, ROBUST = 16, INHERITS = 32, PROTECTS = 64, SHARED = 128 }; // of glibc's __kind

static void refuse_unmodelled(const pthread_mutex_t *mutex) {
    int kind = mutex->__data.__kind;
    if (kind & ROBUST)
        report_unavailable("the explorer does not model robust mutexes");
    if (kind & SHARED)
        report_unavailable("the explorer does not model mutexes shared between processes");
}

struct object *mutex_of(pthread_mutex_t *mutex) {
    struct object *object = object_find(mutex, OBJECT_MUTEX);
    if (!object) {
        refuse_unmodelled(mutex);
        object = object_at(mutex, OBJECT_MUTEX);
        object->type = mutex->__data.__kind & KIND_MASK;
    }
    return object;
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
    return (struct operation){
        .name = "locks", .wait = "mutex", .object = object, .ready = is_free, .place = place};
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

static int lock(pthread_mutex_t *mutex, uint64_t deadline, uint32_t place) {
    struct object *object = mutex_of(mutex);
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
    return MODELLED ? lock(mutex, 0, PLACE_HERE) : pthread_mutex_lock(mutex);
}

WRAP(int, pthread_mutex_timedlock, pthread_mutex_t *mutex, const struct timespec *time) {
    return MODELLED ? lock(mutex, model_deadline(CLOCK_REALTIME, time), PLACE_HERE)
                    : pthread_mutex_timedlock(mutex, time);
}

WRAP(int, pthread_mutex_clocklock, pthread_mutex_t *mutex, clockid_t clock,
     const struct timespec *time) {
    return MODELLED ? lock(mutex, model_deadline(clock, time), PLACE_HERE)
                    : pthread_mutex_clocklock(mutex, clock, time);
}

WRAP(int, pthread_mutex_trylock, pthread_mutex_t *mutex) {
    if (!MODELLED)
        return pthread_mutex_trylock(mutex);
    struct object *object = mutex_of(mutex);
    const uint32_t place = PLACE_HERE;
    const struct operation operation = {
        .name = "tries to lock", .object = object, .place = place};
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

void mutex_let_go(struct object *object, pthread_mutex_t *mutex) {
    pthread_mutex_unlock(mutex);
    object->owner = NULL;
    object->depth = 0;
    thread_release(object);
    model_release_alone(object);
    schedule_changed(object);
}

WRAP(int, pthread_mutex_unlock, pthread_mutex_t *mutex) {
    if (!MODELLED)
        return pthread_mutex_unlock(mutex);
    struct object *object = mutex_of(mutex);
    const struct operation operation = {.name = "unlocks", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (object->owner != self) {
        if (object->type == PTHREAD_MUTEX_ERRORCHECK || object->type == PTHREAD_MUTEX_RECURSIVE)
            return EPERM;
        model_misused(object, operation.place,
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

WRAP(int, pthread_mutex_init, pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes) {
    if (MODELLED) {
        struct object *old = object_find(mutex, OBJECT_MUTEX);
        if (old && old->owner)
            model_misused(old, PLACE_HERE, "initialises it while it is held");
        object_forget(mutex);
    }
    int error = pthread_mutex_init(mutex, attributes);
    if (MODELLED && error == 0)
        mutex_of(mutex)->born = PLACE_HERE;
    return error;
}

WRAP(int, pthread_mutex_destroy, pthread_mutex_t *mutex) {
    if (!MODELLED)
        return pthread_mutex_destroy(mutex);
    struct object *object = mutex_of(mutex);
    const struct operation operation = {.name = "destroys", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (object->owner)
        model_misused(object, operation.place, "destroys it while it is held");
    if (object->pending)
        model_misused(object, operation.place, "destroys it while a thread waits for it");
    object_forget(mutex);
    return pthread_mutex_destroy(mutex);
}
