/* The waker orders what comes after it; a task that is polled earlier reads is_done while the
   computation writes it. */
/* verdict: data-race */
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

    computation->result = result; /* fault: data-race */
    computation->is_done = true; /* fault: data-race */
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
    bool is_done = computation->is_done; /* fault: data-race */
    *result = computation->result; /* fault: data-race */
    return is_done ? READY : PENDING;
}

void computation_destroy(struct computation *computation) {
    must(pthread_join(computation->thread, NULL));
    must(pthread_mutex_destroy(&computation->lock));
}
