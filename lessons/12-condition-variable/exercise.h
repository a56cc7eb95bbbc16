/*
 * The contract of exercise.c: a tank that some threads fill and others draw from. It is never less than
 * empty and never more than full.
 *
 * All functions but tank_init() and tank_destroy() may be called by several threads at once.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>

enum { TANK_LITRES = 2 }; /* what a full tank holds */

struct tank {
    pthread_mutex_t lock;   /* protects all below */
    pthread_cond_t changed; /* the level has changed */
    int level;              /* litres */
    int lowest;             /* the lowest level so far */
    int highest;            /* the highest level so far */
};

/* An empty tank. The caller owns the memory, and calls tank_destroy() when no thread uses it. */
void tank_init(struct tank *tank);
void tank_destroy(struct tank *tank);

/* Waits until there are that many litres, at most TANK_LITRES, and takes them all at once. Who waits for
 * more, or came earlier, holds up nobody for whom there is enough. */
void tank_draw(struct tank *tank, int litres);

/* Waits until there is room for that many litres, at most TANK_LITRES, and pours them in, all at once.
 * Here, too, who needs more room holds up nobody else. */
void tank_fill(struct tank *tank, int litres);

#endif
