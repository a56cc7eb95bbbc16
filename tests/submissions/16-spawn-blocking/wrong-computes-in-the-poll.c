/* No thread at all: the task calls the function, and every other task waits for it. */
/* verdict: blocking-in-async */
#include "exercise.h"

#include "must.h"

void computation_init(struct computation *computation, int (*function)(int), int argument) {
    *computation = (struct computation){.function = function, .argument = argument};
    must(pthread_mutex_init(&computation->lock, NULL));
}

/* The computation's thread. */
static void *run(void *argument) {
    struct computation *computation = argument;
    int result = computation->function(computation->argument);

    must(pthread_mutex_lock(&computation->lock));
    computation->result = result;
    computation->is_done = true;
    must(pthread_mutex_unlock(&computation->lock));
    waker_wake(computation->waker);
    return NULL;
}

enum poll computation_poll(struct computation *computation, int *result, struct waker waker) {
    if (!computation->is_started) {
        computation->is_started = true;
        computation->waker = waker;
        run(computation);
    }
    must(pthread_mutex_lock(&computation->lock));
    bool is_done = computation->is_done;
    *result = computation->result;
    must(pthread_mutex_unlock(&computation->lock));
    return is_done ? READY : PENDING;
}

void computation_destroy(struct computation *computation) {
    must(pthread_mutex_destroy(&computation->lock));
}
