// Read-write locks (POSIX pthread_rwlock_rdlock): one writer, or any number of readers, who may take it
// again and have to let go as often. The writer who asks again is told EDEADLK, as glibc does; a reader
// who wants to become the writer waits for itself. Readers pass writers that wait, unless the lock was
// made with PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP. What a writer did before letting go, all know
// who come after; what a reader did, only the next writer knows.
#include "arena.h"
#include "model.h"

#include <errno.h>

static struct object *rwlock_of(const pthread_rwlock_t *lock, uint32_t place) {
    model_check_life(lock, OBJECT_RWLOCK, place);
    struct object *object = object_find(lock, OBJECT_RWLOCK);
    if (lock->__data.__shared)
        report_unavailable_at(place, "the explorer does not model read-write locks shared between "
                                     "processes; make it PTHREAD_PROCESS_PRIVATE");
    if (!object) {
        object = object_at(lock, OBJECT_RWLOCK);
        object->type = (int)lock->__data.__flags;
        object->more = arena_take(sizeof(struct clock)); // of the readers
    }
    return object;
}

static bool writers_go_first(const struct object *object) {
    return object->type == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP;
}

// Where writers go first, `limit` counts those that wait.
static bool may_read(const struct thread *thread) {
    const struct object *object = thread->operation.object;
    return object->owner ? object->owner == thread : !object->limit;
}

static bool may_write(const struct thread *thread) {
    const struct object *object = thread->operation.object;
    return object->owner ? object->owner == thread : !object->depth;
}

static void taken_to_read(struct object *object, uint32_t place) {
    object->depth++;
    thread_hold(object, place, true);
    model_acquire(object);
    schedule_changed(object);
}

static void taken_to_write(struct object *object, uint32_t place) {
    object->owner = self;
    object->since = place;
    thread_hold(object, place, false);
    model_acquire(object);
    model_learn(object->more);
    schedule_changed(object);
}

// What readers do leaves the lock to other readers as it was.
static int lock_to_read(pthread_rwlock_t *lock, uint64_t deadline, uint32_t place) {
    struct object *object = rwlock_of(lock, place);
    const struct operation operation = {.name = "locks to read",
                                        .wait = "read lock",
                                        .object = object,
                                        .ready = may_read,
                                        .reads = true,
                                        .deadline = deadline,
                                        .place = place};
    if (schedule_visit(&operation) == WAY_TIME_OUT)
        return ETIMEDOUT;
    if (object->owner)
        return EDEADLK;
    taken_to_read(object, place);
    return 0;
}

static void queue_writer(struct object *object, uint32_t place) {
    const struct operation operation = {.name = "asks to write", .object = object, .place = place};
    schedule_visit(&operation);
    object->limit++;
    schedule_changed(object);
}

static int lock_to_write(pthread_rwlock_t *lock, uint64_t deadline, uint32_t place) {
    struct object *object = rwlock_of(lock, place);
    const struct operation operation = {.name = "locks to write",
                                        .wait = "write lock",
                                        .object = object,
                                        .ready = may_write,
                                        .deadline = deadline,
                                        .place = place};
    if (writers_go_first(object))
        queue_writer(object, place);
    enum way way = schedule_visit(&operation);
    if (writers_go_first(object)) {
        object->limit--;
        schedule_changed(object);
    }
    if (way == WAY_TIME_OUT)
        return ETIMEDOUT;
    if (object->owner)
        return EDEADLK;
    taken_to_write(object, place);
    return 0;
}

#define LOCKS(kind, real) \
    WRAP(int, pthread_rwlock_##real##lock, pthread_rwlock_t *lock) { \
        return MODELLED ? lock_to_##kind(lock, 0, PLACE_HERE) : pthread_rwlock_##real##lock(lock); \
    } \
    WRAP(int, pthread_rwlock_clock##real##lock, pthread_rwlock_t *lock, clockid_t clock, \
         const struct timespec *time) { \
        if (!MODELLED || !model_is_deadline(clock, time)) \
            return pthread_rwlock_clock##real##lock(lock, clock, time); \
        return lock_to_##kind(lock, model_deadline(clock, time), PLACE_HERE); \
    } \
    WRAP(int, pthread_rwlock_timed##real##lock, pthread_rwlock_t *lock, \
         const struct timespec *time) { \
        if (!MODELLED || !model_is_deadline(CLOCK_REALTIME, time)) \
            return pthread_rwlock_timed##real##lock(lock, time); \
        return lock_to_##kind(lock, model_deadline(CLOCK_REALTIME, time), PLACE_HERE); \
    }
LOCKS(read, rd)
LOCKS(write, wr)

static struct object *visit_try(pthread_rwlock_t *lock, const char *name, bool reads,
                                uint32_t place) {
    const struct operation operation = {
        .name = name, .object = rwlock_of(lock, place), .reads = reads, .place = place};
    schedule_visit(&operation);
    return operation.object;
}

WRAP(int, pthread_rwlock_tryrdlock, pthread_rwlock_t *lock) {
    const uint32_t place = PLACE_HERE;
    if (!MODELLED)
        return pthread_rwlock_tryrdlock(lock);
    struct object *object = visit_try(lock, "tries to lock to read", true, place);
    if (!object->owner && !object->limit) {
        taken_to_read(object, place);
        return 0;
    }
    schedule_idle(EBUSY);
    return EBUSY;
}

WRAP(int, pthread_rwlock_trywrlock, pthread_rwlock_t *lock) {
    const uint32_t place = PLACE_HERE;
    if (!MODELLED)
        return pthread_rwlock_trywrlock(lock);
    struct object *object = visit_try(lock, "tries to lock to write", false, place);
    if (!object->owner && !object->depth && !object->limit) {
        taken_to_write(object, place);
        return 0;
    }
    schedule_idle(EBUSY);
    return EBUSY;
}

static void let_go(struct object *object) {
    if (object->owner) {
        object->owner = NULL;
        model_release_alone(object);
    } else {
        object->depth--;
        model_tell(object->more);
    }
    thread_release(object);
    schedule_changed(object);
}

WRAP(int, pthread_rwlock_unlock, pthread_rwlock_t *lock) {
    if (!MODELLED)
        return pthread_rwlock_unlock(lock);
    const uint32_t place = PLACE_HERE;
    struct object *object = rwlock_of(lock, place);
    const struct held *held = thread_holds(self, object);
    const struct operation operation = {
        .name = "unlocks", .object = object, .reads = held && held->shared, .place = place};
    schedule_visit(&operation);
    if (!held)
        model_misused(object, place,
                      object->owner || object->depth ? "unlocks it, though only others hold it"
                                                     : "unlocks it, though nobody holds it");
    let_go(object);
    return 0;
}

static bool is_held(const struct object *object) {
    return object && (object->owner || object->depth);
}

WRAP(int, pthread_rwlock_init, pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes) {
    const struct object *old = MODELLED ? object_find(lock, OBJECT_RWLOCK) : NULL;
    if (is_held(old))
        model_misused(old, PLACE_HERE, "initialises it while it is held");
    int error = pthread_rwlock_init(lock, attributes);
    if (MODELLED && error == 0) {
        object_forget(lock);
        if (!lock->__data.__shared)
            rwlock_of(lock, PLACE_HERE)->born = PLACE_HERE;
    }
    return error;
}

WRAP(int, pthread_rwlock_destroy, pthread_rwlock_t *lock) {
    if (!MODELLED)
        return pthread_rwlock_destroy(lock);
    const uint32_t place = PLACE_HERE;
    struct object *object = rwlock_of(lock, place);
    const struct operation operation = {.name = "destroys", .object = object, .place = place};
    schedule_visit(&operation);
    if (is_held(object))
        model_misused(object, place, "destroys it while it is held");
    if (object->pending)
        model_misused(object, place, "destroys it while a thread waits for it");
    int error = pthread_rwlock_destroy(lock);
    model_end_life(lock, OBJECT_RWLOCK, place);
    return error;
}
