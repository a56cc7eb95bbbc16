#include "jobs.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

struct job {
    unsigned order;
    void (*start)(void *context);
    void *context;
};

struct jobs {
    unsigned at_once, running;
    bool cancelled;
    struct job *waiting; // sorted: the next one last
    size_t count;
};

struct jobs *jobs_new(unsigned at_once) {
    struct jobs *jobs = memory_zeroed(1, sizeof *jobs);
    jobs->at_once = at_once ? at_once : 1;
    return jobs;
}

void jobs_free(struct jobs *jobs) {
    free(jobs->waiting);
    free(jobs);
}

static void start_waiting(struct jobs *jobs) {
    while (jobs->count && jobs->running < jobs->at_once && !jobs->cancelled) {
        struct job job = jobs->waiting[--jobs->count];
        jobs->running++;
        job.start(job.context);
    }
}

void jobs_add(struct jobs *jobs, unsigned order, void (*start)(void *context), void *context) {
    jobs->waiting = memory_resize(jobs->waiting, jobs->count + 1, sizeof *jobs->waiting);
    size_t at = 0;
    while (at < jobs->count && jobs->waiting[at].order > order)
        at++;
    memmove(&jobs->waiting[at + 1], &jobs->waiting[at], (jobs->count - at) * sizeof *jobs->waiting);
    jobs->waiting[at] = (struct job){order, start, context};
    jobs->count++;
    start_waiting(jobs);
}

void jobs_done(struct jobs *jobs) {
    jobs->running--;
    start_waiting(jobs);
}

void jobs_cancel(struct jobs *jobs) {
    jobs->cancelled = true;
    jobs->count = 0;
}
