/*
 * The contract of exercise.c: TODO: what it is.
 *
 * TODO: who may call it, and at the same time as what; who owns what; what waits.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

/* TODO: what it does, what it returns, and when it waits or fails. */
void exercise(void);

#endif
