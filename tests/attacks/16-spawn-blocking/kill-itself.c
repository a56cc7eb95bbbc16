/* attack: the computation ends the process by a signal before anybody looks */
/* verdict: refused crash */
/* behind the gate: crash blocking-in-async wrong-exit */
#include "exercise.h"

#include "must.h"

#include <signal.h>
#include <unistd.h>

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
    return NULL;
}

enum poll computation_poll(struct computation *computation, int *result, struct waker waker) {
    if (!computation->is_started) {
        computation->is_started = true;
        must(pthread_create(&computation->thread, NULL, run, computation));
    }
    (void)waker;
    kill(getpid(), SIGTERM);
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
