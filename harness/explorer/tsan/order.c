// What threads learn from each other through objects that TSan does not see, since their models never
// make a real call. Mutexes, threads and atomics are left to its own judgement.
#include "model.h"

void __tsan_acquire(void *address);
void __tsan_release(void *address);

static bool is_seen(const struct object *object) {
    return object->kind == OBJECT_MUTEX || object->kind == OBJECT_THREAD;
}

void model_acquire(const struct object *object) {
    if (!is_seen(object))
        __tsan_acquire((void *)object->address);
}

void model_release(struct object *object) {
    if (!is_seen(object))
        __tsan_release((void *)object->address);
}

// Alone or not: who releases alone has acquired what was there.
void model_release_alone(struct object *object) {
    model_release(object);
}

void model_tick(void) {
}
