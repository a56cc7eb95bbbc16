/*
 * Two futures awaited at the same time, by one task.
 *
 * A future is the first member of a struct that holds its state. Its poll() returns READY when it
 * is over; otherwise it has kept the waker, will use it when there is more to do, and returns
 * PENDING. After READY it must not be polled again.
 *
 * None of these functions blocks or allocates. Both are called from the poll of one task, with the
 * waker of that task. The futures belong to the caller and outlive `pair`.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <stdbool.h>

#include "lib/async.h"

struct future {
    enum poll (*poll)(struct future *future, struct waker waker);
};

/* Begins as {.first = {.future = …}, .second = {.future = …}}. */
struct pair {
    struct {
        struct future *future;
        bool is_over; /* it has been READY */
    } first, second;
};

/* READY when both futures are over. Until then both are under way: neither waits for the other to
 * begin. A task that got PENDING may sleep until one of the two wakes it. */
enum poll both_poll(struct pair *pair, struct waker waker);

/* READY when one of the futures is over; `is_over` says which. The other one is not polled any
 * more. */
enum poll either_poll(struct pair *pair, struct waker waker);

#endif
