/* Takes two texts at a time, and forgets the last of an odd number. */
/* verdict: wrong-result */
#include "exercise.h"

#include <pthread.h>
#include <stdlib.h>

#include "lib/pool.h"
#include "must.h"

enum { WORKERS = 2 };

struct state {
    pthread_mutex_t lock; /* protects report */
    struct report report;
    int (*count_words)(const char *text); /* never changes */
};

struct job {
    struct state *state;
    const char *text;
};

static void read_text(void *argument) {
    struct job *job = argument;
    struct report *report = &job->state->report;
    int words = job->state->count_words(job->text);

    must(pthread_mutex_lock(&job->state->lock));
    report->words += words;
    if (words > report->longest_words) {
        report->longest_words = words;
        report->longest = job->text;
    }
    must(pthread_mutex_unlock(&job->state->lock));
}

struct report survey(const char *const texts[], int count, int (*count_words)(const char *text)) {
    struct state state = {.count_words = count_words};
    struct job *jobs = must_alloc(malloc((size_t)count * sizeof *jobs));
    struct pool *pool = pool_create(WORKERS);

    must(pthread_mutex_init(&state.lock, NULL));
    for (int i = 0; i < count - count % 2; i++) {
        jobs[i] = (struct job){&state, texts[i]};
        pool_submit(pool, read_text, &jobs[i]);
    }
    pool_destroy(pool); /* returns when all jobs are done */
    must(pthread_mutex_destroy(&state.lock));
    free(jobs);
    return state.report;
}
