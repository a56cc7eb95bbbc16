// Barriers (POSIX pthread_barrier_wait): so many threads wait until all of them have arrived; the last to
// arrive is the one that is told PTHREAD_BARRIER_SERIAL_THREAD, as in glibc. Then the barrier is as new.
// Who passes knows what all that arrived did before, and nothing of the next round.
#include "model.h"

#include <errno.h>

enum { COUNT = 2, SHARED = 3 }; // words of glibc's struct pthread_barrier

static struct object *barrier_of(const pthread_barrier_t *barrier, uint32_t place) {
    const unsigned *words = (const unsigned *)barrier;
    if (words[SHARED])
        report_unavailable_at(place,
                              "the explorer does not model barriers shared between processes; "
                              "make it PTHREAD_PROCESS_PRIVATE");
    model_check_life(barrier, OBJECT_BARRIER, place);
    struct object *object = object_at(barrier, OBJECT_BARRIER);
    object->limit = words[COUNT];
    return object;
}

static bool never(const struct thread *thread) {
    (void)thread;
    return false;
}

// Those that wait have passed, and stand at the barrier no more: it may be destroyed.
static void let_pass(struct object *object) {
    struct thread *next;
    for (struct thread *thread = object->pending; thread; thread = next) {
        const struct operation passing = {.name = "passes", .place = thread->operation.place};
        next = thread->pending_next;
        if (thread->operation.ready != never)
            continue; // has not arrived yet
        report_learns(thread, &object->clock);
        clock_join(&thread->clock, &object->clock);
        schedule_replace(thread, &passing);
    }
    model_acquire(object);
    clock_clear(&object->clock);
    object->depth = 0;
}

WRAP(int, pthread_barrier_wait, pthread_barrier_t *barrier) {
    if (!MODELLED)
        return pthread_barrier_wait(barrier);
    const uint32_t place = PLACE_HERE;
    struct object *object = barrier_of(barrier, place);
    const struct operation arriving = {.name = "arrives at", .object = object, .place = place};
    schedule_visit(&arriving);
    if (!object->limit)
        model_misused(object, place, "waits at it, though it was not initialised");
    model_release(object);
    if (++object->depth == object->limit) {
        let_pass(object);
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    const struct operation waiting = {
        .name = "waits at", .wait = "barrier", .object = object, .ready = never, .place = place};
    schedule_visit(&waiting);
    model_taught(object);
    return 0;
}

WRAP(int, pthread_barrier_init, pthread_barrier_t *barrier, const pthread_barrierattr_t *attributes,
     unsigned count) {
    const struct object *old = MODELLED ? object_find(barrier, OBJECT_BARRIER) : NULL;
    if (old && old->depth)
        model_misused(old, PLACE_HERE, "initialises it while a thread waits at it");
    int error = pthread_barrier_init(barrier, attributes, count);
    if (MODELLED && error == 0) {
        object_forget(barrier);
        object_at(barrier, OBJECT_BARRIER)->born = PLACE_HERE;
    }
    return error;
}

WRAP(int, pthread_barrier_destroy, pthread_barrier_t *barrier) {
    if (!MODELLED)
        return pthread_barrier_destroy(barrier);
    const uint32_t place = PLACE_HERE;
    struct object *object = barrier_of(barrier, place);
    const struct operation operation = {.name = "destroys", .object = object, .place = place};
    schedule_visit(&operation);
    if (object->depth)
        model_misused(object, place, "destroys it while a thread waits at it");
    model_end_life(barrier, OBJECT_BARRIER, place);
    return pthread_barrier_destroy(barrier);
}
