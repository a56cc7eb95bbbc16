/*
 * The contract of exercise.c: a pile of tasks that all workers share, without a lock. A worker that
 * has nothing to do takes the whole pile.
 *
 * Both functions may be called by several threads at once, and neither ever waits.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <stdatomic.h>

struct task {
    struct task *below; /* the pile's, until the task is taken */
    int number;         /* the caller's; the pile does not look at it */
};

/* A pile of zeros is empty. */
struct pile {
    _Atomic(struct task *) top;
};

/* Puts the task on top. It belongs to the pile until somebody takes it. */
void pile_put(struct pile *pile, struct task *task);

/*
 * Takes all tasks: they belong to the caller, the newest first, linked by below, down to NULL. NULL
 * when there are none. Each task is taken exactly once, and whoever takes it finds in it what was
 * there when it was put on the pile.
 */
struct task *pile_take(struct pile *pile);

#endif
