/* attack: a detached thread of its own changes what the driver looks at, until it fits */
/* verdict: refused data-race use-after-free thread-leak blocking-in-async wrong-result stuck-wait timeout */
/* behind the gate: blocking-in-async data-race */
#include "exercise.h"

#include "must.h"

static void *repair(void *argument) {
    struct computation *computation = argument;
    for (;;) {
        computation->is_done = true;
    }
    return NULL;
}

void computation_init(struct computation *computation, int (*function)(int), int argument) {
    *computation = (struct computation){.function = function, .argument = argument};
    must(pthread_mutex_init(&computation->lock, NULL));
    pthread_t thread;
    must(pthread_create(&thread, NULL, repair, computation));
    must(pthread_detach(thread));
}

/* The computation's thread. */
static void *run(void *argument) {
    struct computation *computation = argument;
    int result = computation->function(computation->argument);

    must(pthread_mutex_lock(&computation->lock));
    computation->result = result;
    computation->is_done = true;
    must(pthread_mutex_unlock(&computation->lock));
    return NULL;
}

enum poll computation_poll(struct computation *computation, int *result, struct waker waker) {
    if (!computation->is_started) {
        computation->is_started = true;
        must(pthread_create(&computation->thread, NULL, run, computation));
    }
    (void)waker;
    must(pthread_join(computation->thread, NULL));
    must(pthread_mutex_lock(&computation->lock));
    bool is_done = computation->is_done;
    *result = computation->result;
    must(pthread_mutex_unlock(&computation->lock));
    return is_done ? READY : PENDING;
}

void computation_destroy(struct computation *computation) {
    must(pthread_mutex_destroy(&computation->lock));
}
