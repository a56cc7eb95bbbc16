// Spin locks (POSIX pthread_spin_lock): one owner, who waits for itself when it asks again, and who alone
// may unlock. Others are said to wait, however busily. What its owner did before unlocking, the next
// owner knows.
#include "model.h"

#include <errno.h>

static struct object *spin_at(pthread_spinlock_t *lock, uint32_t place) {
    model_check_life((const void *)lock, OBJECT_SPIN, place);
    return object_at((const void *)lock, OBJECT_SPIN);
}

static bool is_free(const struct thread *thread) {
    return !thread->operation.object->owner;
}

static void taken(struct object *object, uint32_t place) {
    object->owner = self;
    object->since = place;
    thread_hold(object, place, false);
    model_acquire(object);
    schedule_changed(object);
}

WRAP(int, pthread_spin_lock, pthread_spinlock_t *lock) {
    if (!MODELLED)
        return pthread_spin_lock(lock);
    struct object *object = spin_at(lock, PLACE_HERE);
    const struct operation operation = {.name = "locks",
                                        .wait = "spin lock",
                                        .object = object,
                                        .ready = is_free,
                                        .place = PLACE_HERE};
    schedule_visit(&operation);
    taken(object, operation.place);
    return 0;
}

WRAP(int, pthread_spin_trylock, pthread_spinlock_t *lock) {
    if (!MODELLED)
        return pthread_spin_trylock(lock);
    struct object *object = spin_at(lock, PLACE_HERE);
    const struct operation operation = {
        .name = "tries to lock", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (!object->owner) {
        taken(object, operation.place);
        return 0;
    }
    schedule_idle(EBUSY);
    return EBUSY;
}

WRAP(int, pthread_spin_unlock, pthread_spinlock_t *lock) {
    if (!MODELLED)
        return pthread_spin_unlock(lock);
    struct object *object = spin_at(lock, PLACE_HERE);
    const struct operation operation = {.name = "unlocks", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (object->owner != self)
        model_misused(object, operation.place,
                      object->owner ? "unlocks it, though another thread holds it"
                                    : "unlocks it, though nobody holds it");
    object->owner = NULL;
    thread_release(object);
    model_release_alone(object);
    schedule_changed(object);
    return 0;
}

WRAP(int, pthread_spin_init, pthread_spinlock_t *lock, int shared) {
    const struct object *old = MODELLED ? object_find((const void *)lock, OBJECT_SPIN) : NULL;
    if (old && old->owner)
        model_misused(old, PLACE_HERE, "initialises it while it is held");
    if (MODELLED) {
        object_forget((const void *)lock);
        object_at((const void *)lock, OBJECT_SPIN)->born = PLACE_HERE;
    }
    return pthread_spin_init(lock, shared);
}

WRAP(int, pthread_spin_destroy, pthread_spinlock_t *lock) {
    if (!MODELLED)
        return pthread_spin_destroy(lock);
    struct object *object = spin_at(lock, PLACE_HERE);
    const struct operation operation = {.name = "destroys", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (object->owner)
        model_misused(object, operation.place, "destroys it while it is held");
    if (object->pending)
        model_misused(object, operation.place, "destroys it while a thread waits for it");
    model_end_life((void *)lock, OBJECT_SPIN, operation.place);
    return pthread_spin_destroy(lock);
}
