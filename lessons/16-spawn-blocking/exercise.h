/*
 * A computation in a thread of its own, awaited by a task.
 *
 * Ownership: a computation belongs to the caller and stays where it is until computation_destroy().
 * Blocking: computation_poll() never waits for another thread; a short lock is not such a wait.
 * computation_destroy() may wait.
 * Errors: calls that fail end the program, as must() does.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>
#include <stdbool.h>

#include "lib/async.h"

struct computation {
    int (*function)(int);
    int argument;
    int result;
    pthread_mutex_t lock;
    bool is_done;
    bool is_started;
    pthread_t thread;
    struct waker waker;
};

void computation_init(struct computation *computation, int (*function)(int), int argument);

/* The first call starts a thread that calls the function, once. PENDING until it has returned; then
 * the task is woken. READY gives its result. Always polled by the same task, with the same waker;
 * perhaps also when it was not woken. */
enum poll computation_poll(struct computation *computation, int *result, struct waker waker);

/* Only after READY, and not from a task. Afterwards the thread has ended. */
void computation_destroy(struct computation *computation);

#endif
