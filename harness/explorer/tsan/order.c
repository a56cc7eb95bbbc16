// What threads learn from each other through objects that TSan does not see, since their models never
// make a real call. The others are left to its own judgement, and so are atomics.
#include "model.h"

void __tsan_acquire(void *address);
void __tsan_release(void *address);

static bool is_seen(const struct object *object) {
    return object->kind == OBJECT_MUTEX || object->kind == OBJECT_THREAD ||
           object->kind == OBJECT_SEMAPHORE;
}

void model_learn(const struct clock *clock) {
    __tsan_acquire((void *)clock);
}

void model_tell(struct clock *clock) {
    __tsan_release(clock);
}

void model_acquire(const struct object *object) {
    if (!is_seen(object))
        model_learn(&object->clock);
}

void model_release(struct object *object) {
    if (!is_seen(object))
        model_tell(&object->clock);
}

// Alone or not: who releases alone has acquired what was there.
void model_release_alone(struct object *object) {
    model_release(object);
}

void model_taught(const struct object *object) {
    model_acquire(object);
}

void model_tick(void) {
}
