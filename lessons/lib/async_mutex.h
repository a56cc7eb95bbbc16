/*
 * A mutex that queues tasks, not threads: a task that cannot have it returns PENDING, and its thread
 * polls others. It may be held over an await. It lies here, beside the executor that it works with.
 *
 * All that use it are tasks of one executor, and so of one thread: it needs no lock itself.
 * Ownership: the mutex and the requests belong to the caller. A request stays where it is from the
 * first poll until the unlock. Nothing here blocks or fails.
 */
#ifndef INTERLEAVE_ASYNC_MUTEX_H
#define INTERLEAVE_ASYNC_MUTEX_H

#include <stdbool.h>

#include "async.h"

/* One wish of one task for the mutex. Begins as {0}; after the unlock it can be used again. */
struct async_request {
    struct async_request *next; /* behind this one in the queue */
    struct waker waker;
    bool is_queued;
    bool is_granted;
};

/* Begins as {0}. */
struct async_mutex {
    bool is_locked;
    struct async_request *first, *last; /* who waits, in order of arrival */
};

/* A future: READY when the task holds the mutex. */
enum poll async_mutex_poll(struct async_mutex *mutex, struct async_request *request,
                           struct waker waker);

/* By the task that holds it. Hands it to the first in the queue. */
void async_mutex_unlock(struct async_mutex *mutex);

#endif
