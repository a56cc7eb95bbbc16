/*
 * A pool: a fixed number of threads that carry out jobs, in the order in which they were submitted.
 * Lesson 13 builds one; later lessons use this one. Lesson.ini links it: sources = ../lib/pool.c
 *
 * An error (no memory, no thread to be had) ends the program with a message, as must() does.
 */
#ifndef INTERLEAVE_LIB_POOL_H
#define INTERLEAVE_LIB_POOL_H

struct pool;

/* Starts the workers, at least 1. The caller owns the pool, and ends it with pool_destroy(). */
struct pool *pool_create(unsigned workers);

/*
 * Leaves a job: a worker will call function(argument), once. Never waits for a worker, since the queue
 * has no bound. Any thread may submit, also a job of this pool, until pool_destroy() is called; a job
 * may even then. What the submitter did before happens before the job. The argument belongs to the
 * submitter, or to the job if the two agree so; the pool never looks at it.
 */
void pool_submit(struct pool *pool, void (*function)(void *), void *argument);

/*
 * Waits until every job is done, then until the workers have ended, and frees the pool. What the jobs
 * did happens before it returns. Call it once, not from a job; by then nobody but the pool's own jobs
 * may submit any more.
 */
void pool_destroy(struct pool *pool);

#endif
