/* Returns READY when the first future is over, and does not note which one it was. */
/* verdict: wrong-result */
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
    /* Both, every time: whoever is PENDING must have the waker before this is. */
    bool first = first_is_over(pair, waker);
    bool second = second_is_over(pair, waker);
    return first && second ? READY : PENDING;
}

enum poll either_poll(struct pair *pair, struct waker waker) {
    if (pair->first.future->poll(pair->first.future, waker) == READY) {
        return READY;
    }
    return second_is_over(pair, waker) ? READY : PENDING;
}
