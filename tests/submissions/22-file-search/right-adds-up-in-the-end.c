/* Every job writes a place of its own; they are added up when the pool has ended. No lock is needed. */
/* verdict: clean */
#include "exercise.h"

#include <stdlib.h>

#include "lib/pool.h"
#include "must.h"

enum { WORKERS = 2 };

struct state {
    int (*count_words)(const char *text); /* never changes */
};

struct job {
    struct state *state;
    const char *text;
    int words;
};

static void read_text(void *argument) {
    struct job *job = argument;
    job->words = job->state->count_words(job->text);
}

struct report survey(const char *const texts[], int count, int (*count_words)(const char *text)) {
    struct state state = {.count_words = count_words};
    struct job *jobs = must_alloc(malloc((size_t)count * sizeof *jobs));
    struct pool *pool = pool_create(WORKERS);

    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){&state, texts[i], 0};
        pool_submit(pool, read_text, &jobs[i]);
    }
    pool_destroy(pool); /* returns when all jobs are done */

    struct report report = {0};
    for (int i = 0; i < count; i++) {
        report.words += jobs[i].words;
        if (jobs[i].words > report.longest_words) {
            report.longest_words = jobs[i].words;
            report.longest = jobs[i].text;
        }
    }
    free(jobs);
    return report;
}
