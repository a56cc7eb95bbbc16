#include "blocking.h"

/* In a thread of the pool. */
static void work(void *argument) {
    struct blocking *blocking = argument;

    blocking->function(blocking->argument);
    /* release: who sees that it is done sees what it has done */
    atomic_store_explicit(&blocking->is_done, true, memory_order_release);
    waker_wake(blocking->waker);
}

enum poll blocking_poll(struct blocking *blocking, struct pool *pool, struct waker waker) {
    if (!blocking->is_submitted) {
        blocking->is_submitted = true;
        blocking->waker = waker; /* before the work can be done */
        pool_submit(pool, work, blocking);
        return PENDING;
    }
    /* acquire: the other half of the release. A task may be polled before the work is done. */
    return atomic_load_explicit(&blocking->is_done, memory_order_acquire) ? READY : PENDING;
}
