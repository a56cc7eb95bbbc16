/* attack: a grandchild in a session of its own stays behind and ignores signals */
/* verdict: refused */
#include "exercise.h"

#include "must.h"

#include <signal.h>
#include <unistd.h>

static void stay_behind(void) {
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            for (int i = 1; i < 32; i++) {
                signal(i, SIG_IGN);
            }
            for (;;) {
                sleep(60);
            }
        }
        _exit(0);
    }
}

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
    stay_behind();
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
