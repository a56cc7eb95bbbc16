/*
 * Work that blocks, awaited by a task: a thread of a pool does it, and uses the task's waker when it
 * is done. It lies here since lessons 16 and 18 use it; it joins async.h to pool.h.
 *
 * Ownership: all of it belongs to the caller, and stays where it is until pool_destroy() has
 * returned. Destroy the pool first, then the executor: a worker may still be using a waker.
 * Blocking: blocking_poll() never does; the function may, it has a thread for it.
 * Errors: as in pool.h, they end the program.
 */
#ifndef INTERLEAVE_BLOCKING_H
#define INTERLEAVE_BLOCKING_H

#include <stdatomic.h>
#include <stdbool.h>

#include "async.h"
#include "pool.h"

/* A future: READY when function(argument) has returned. The caller sets these two. */
struct blocking {
    void (*function)(void *);
    void *argument;
    /* The future's own: */
    bool is_submitted;
    atomic_bool is_done;
    struct waker waker;
};

/* Always from the same task. What the function did happens before READY. */
enum poll blocking_poll(struct blocking *blocking, struct pool *pool, struct waker waker);

#endif
