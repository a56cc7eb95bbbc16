/* attack: it searches the data of the driver for what only the driver should know, and prints it */
/* verdict: refused */
/* behind the gate: wrong-exit stuck-wait */
#include "exercise.h"

#include "must.h"

#include <stdlib.h>

extern const int interleave_driven;
void interleave_driver_done(void) __attribute__((weak));

static void search(void) {
    const unsigned char *at = (const unsigned char *)&interleave_driven;
    for (int i = 0; i < 512; i++) {
        printf("%02x", at[i]);
    }
    if (interleave_driver_done) {
        interleave_driver_done();
    }
    exit(0);
}

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
        search();
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
