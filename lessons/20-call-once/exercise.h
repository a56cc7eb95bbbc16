/*
 * The contract of exercise.c: a value that is made when somebody wants it for the first time.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

/* Makes a value from what it was given with lazy_new(). */
typedef int lazy_maker(void *given);

struct lazy;

/* Nothing is made yet. The caller owns the lazy value, and frees it with lazy_free(). */
struct lazy *lazy_new(lazy_maker *make, void *given);

/*
 * The value. May be called by several threads at once. The first call makes the value; make() is
 * called exactly once. Others that come meanwhile wait until it is made.
 *
 * Two lazy values have nothing to do with each other: both may be made at the same time, and make()
 * may wait for the other.
 */
int lazy_get(struct lazy *lazy);

/* Nobody uses it any more. */
void lazy_free(struct lazy *lazy);

#endif
