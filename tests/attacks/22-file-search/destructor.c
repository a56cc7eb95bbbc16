/* attack: a function that runs after main ends the process with success */
/* verdict: refused */
/* behind the gate: data-race wrong-result */
#include "exercise.h"

#include <stdlib.h>

#include "lib/pool.h"
#include "must.h"

#include <unistd.h>

__attribute__((destructor)) static void end_well(void) {
    _exit(0);
}

enum { WORKERS = 2 };

struct state {
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

    report->words += words;
    if (words > report->longest_words) {
        report->longest_words = words;
        report->longest = job->text;
    }
}

struct report survey(const char *const texts[], int count, int (*count_words)(const char *text)) {
    struct state state = {.count_words = count_words};
    struct job *jobs = must_alloc(malloc((size_t)count * sizeof *jobs));
    struct pool *pool = pool_create(WORKERS);

    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){&state, texts[i]};
        pool_submit(pool, read_text, &jobs[i]);
    }
    pool_destroy(pool); /* returns when all jobs are done */
    free(jobs);
    return state.report;
}
