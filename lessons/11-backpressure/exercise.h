/*
 * The contract of exercise.c: a spool of pages between those who write and a printer. Writing is fast and
 * printing is slow, so the spool says when it is full.
 *
 * Several threads may call spool_add(), and one spool_next(), at the same time.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

enum { SPOOL_PAGES = 1 }; /* as many may wait in a spool */

struct spool;

/* The caller owns the spool, and frees it when it is empty and nobody uses it. */
struct spool *spool_new(void);
void spool_free(struct spool *spool);

/* Takes a page over, as the last one. Waits while SPOOL_PAGES pages are in the spool. */
void spool_add(struct spool *spool, void *page);

/* Waits for a page, takes the oldest one out and gives it to the caller, who owns it now. */
void *spool_next(struct spool *spool);

#endif
