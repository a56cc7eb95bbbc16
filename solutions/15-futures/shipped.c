/*
 * The task: two futures are awaited at the same time, by one task. both_poll() is READY when both
 * are over, either_poll() when one is. Sometimes a task that awaits both sleeps for ever.
 */
#include "exercise.h"

#include "must.h"

static bool first_is_over(struct pair *pair, struct waker waker) {
    if (!pair->first.is_over) {
        pair->first.is_over = pair->first.future->poll(pair->first.future, waker) == READY;
    }
    return pair->first.is_over;
}

static bool second_is_over(struct pair *pair, struct waker waker) {
    if (!pair->second.is_over) {
        pair->second.is_over = pair->second.future->poll(pair->second.future, waker) == READY;
    }
    return pair->second.is_over;
}

enum poll both_poll(struct pair *pair, struct waker waker) {
    if (!pair->first.is_over) {
        first_is_over(pair, waker);
        return PENDING;
    }
    if (!pair->second.is_over) {
        second_is_over(pair, waker);
        return pair->second.is_over ? READY : PENDING;
    }
    return READY;
}

enum poll either_poll(struct pair *pair, struct waker waker) {
    if (first_is_over(pair, waker) || second_is_over(pair, waker)) {
        return READY;
    }
    return PENDING;
}
