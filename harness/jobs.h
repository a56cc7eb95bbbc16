// Runs jobs, so many at once, the earlier programs first. A job is a function that starts something on
// the event loop and calls jobs_done when that has ended; what it starts is not known here.
#ifndef INTERLEAVE_JOBS_H
#define INTERLEAVE_JOBS_H

#include <stdbool.h>
#include <stddef.h>

struct jobs;

struct jobs *jobs_new(unsigned at_once);
void jobs_free(struct jobs *jobs);

// Jobs of a lower `order` start first; equal ones in the order in which they were added.
void jobs_add(struct jobs *jobs, unsigned order, void (*start)(void *context), void *context);
// A started job has ended: another may start, before this returns.
void jobs_done(struct jobs *jobs);
// Waiting jobs are forgotten; no more are started.
void jobs_cancel(struct jobs *jobs);

#endif
