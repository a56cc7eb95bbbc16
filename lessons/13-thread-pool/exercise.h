/*
 * The contract of exercise.c: a crew of workers that carry out jobs side by side, and whom one can ask to
 * have everything done. It can be used again after that.
 *
 * One thread owns the crew: it alone calls these functions, and not from a job.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

enum { CREW_WORKERS = 2, CREW_JOBS = 8 };

struct crew;

/* Starts CREW_WORKERS threads. The caller owns the crew, and ends it with crew_free(). */
struct crew *crew_new(void);

/* Leaves a job: a worker will call job(argument), once. Does not wait for it. Jobs run at the same time,
 * as many as there are workers. At most CREW_JOBS jobs in the life of a crew. */
void crew_do(struct crew *crew, void (*job)(void *argument), void *argument);

/* Waits until every job so far has been done, not only begun. What the jobs did happens before it
 * returns. */
void crew_wait(struct crew *crew);

/* Waits until every job is done and the workers have ended, and frees the crew. */
void crew_free(struct crew *crew);

#endif
