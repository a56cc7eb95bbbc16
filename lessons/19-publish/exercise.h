/*
 * The contract of exercise.c: a ring that carries numbers from one thread to another, in order.
 *
 * At any time one thread may call ring_put() and one other thread ring_take(). Neither waits
 * until there is room, or a number.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <stdatomic.h>
#include <stdbool.h>

enum { RING_CAPACITY = 2 };

/* Number n lies in slot n % RING_CAPACITY. A ring of zeros is empty. */
struct ring {
    int slots[RING_CAPACITY]; /* plain: the counts say whose turn a slot is */
    atomic_uint put;          /* how many numbers were put; only the producer changes it */
    atomic_uint taken;        /* how many numbers were taken; only the consumer changes it */
};

/* Puts the number in behind the others. Returns false, and does nothing, while the ring is full. */
bool ring_put(struct ring *ring, int number);

/* Takes the oldest number out. Returns false, and does nothing, while the ring is empty. */
bool ring_take(struct ring *ring, int *number);

#endif
