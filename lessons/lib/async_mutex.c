#include "async_mutex.h"

#include <stddef.h>

enum poll async_mutex_poll(struct async_mutex *mutex, struct async_request *request,
                           struct waker waker) {
    if (request->is_granted || !mutex->is_locked) {
        request->is_granted = false;
        mutex->is_locked = true;
        return READY;
    }
    request->waker = waker;
    if (!request->is_queued) {
        request->is_queued = true;
        request->next = NULL;
        if (mutex->first) {
            mutex->last->next = request;
        } else {
            mutex->first = request;
        }
        mutex->last = request;
    }
    return PENDING;
}

void async_mutex_unlock(struct async_mutex *mutex) {
    struct async_request *request = mutex->first;
    if (!request) {
        mutex->is_locked = false;
        return;
    }
    /* It stays locked: a task that comes now must not overtake the one that has waited. */
    mutex->first = request->next;
    request->is_queued = false;
    request->is_granted = true;
    waker_wake(request->waker);
}
