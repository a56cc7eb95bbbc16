// pthread_once and call_once (POSIX pthread_once): the first runs the routine, the others wait until it
// has returned, and then know what it did. A routine that asks for itself waits for ever; one that is
// cancelled has not run. Whether it has run stands where glibc keeps it, so that a control that the
// program sets back to PTHREAD_ONCE_INIT begins again.
#include "once.h"

#include "model.h"

enum { DONE = 2 }; // as glibc says it

static bool nobody_runs_it(const struct thread *thread) {
    return !thread->operation.object->owner;
}

static void leave(void *object) {
    ((struct object *)object)->owner = NULL;
    thread_release(object);
    schedule_changed(object);
}

void once_run(pthread_once_t *control, void (*routine)(void), uint32_t place) {
    struct object *object = object_at(control, OBJECT_ONCE);
    const struct operation operation = {.name = "asks for",
                                        .wait = "once",
                                        .object = object,
                                        .ready = nobody_runs_it,
                                        .reads = *control & DONE,
                                        .place = place};
    schedule_visit(&operation);
    if (*control & DONE) {
        model_acquire(object);
        return;
    }
    object->owner = self;
    object->since = place;
    thread_hold(object, place, false);
    schedule_changed(object);
    pthread_cleanup_push(leave, object);
    routine();
    pthread_cleanup_pop(0);
    const struct operation done = {.name = "has made", .object = object, .place = place};
    schedule_note(&done);
    *control = DONE;
    model_release_alone(object);
    leave(object);
}

WRAP(int, pthread_once, pthread_once_t *control, void (*routine)(void)) {
    if (!MODELLED)
        return pthread_once(control, routine);
    once_run(control, routine, PLACE_HERE);
    return 0;
}
