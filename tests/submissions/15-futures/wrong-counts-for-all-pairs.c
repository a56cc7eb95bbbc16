/* Counts what is over in a variable of its own, which the next pair goes on with. */
/* verdict: stuck-wait wrong-result */
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
    static int over;
    if (!pair->first.is_over && first_is_over(pair, waker)) {
        over++;
    }
    if (!pair->second.is_over && second_is_over(pair, waker)) {
        over++;
    }
    return over == 2 ? READY : PENDING;
}

enum poll either_poll(struct pair *pair, struct waker waker) {
    if (first_is_over(pair, waker) || second_is_over(pair, waker)) {
        return READY;
    }
    return PENDING;
}
