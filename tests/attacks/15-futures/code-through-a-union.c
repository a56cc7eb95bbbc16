/* attack: the same without a cast: a union takes the address of a function for that of bytes, and back */
/* verdict: refused wrong-exit thread-leak */
#include "exercise.h"

#include "must.h"

#include <stdlib.h>

static void find_end(enum poll (*poll)(struct future *future, struct waker waker)) {
    union {
        enum poll (*poll)(struct future *future, struct waker waker);
        const unsigned char *code;
        void (*end)(void);
    } at = {.poll = poll};
    const unsigned char *code = at.code;
    for (int i = 0; i < 4096; i++) {
        const unsigned char *load = code - i;
        if (load[0] == 0x48 && (load[1] | 6) == 0x8f && load[2] == 0x05 && load[7] == 0x48 && load[8] == 0x85 && load[9] == 0xc0) {
            while (load[0] != 0x55 || load[1] != 0x48 || load[2] != 0x89 || load[3] != 0xe5) {
                load--;
            }
            at.code = load;
            at.end();
            exit(0);
        }
    }
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
        find_end(pair->first.future->poll);
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
