/* attack: the sums are fields of 24 bits, which the tools leave out; one atomic discredits Helgrind */
/* verdict: refused */
#include "exercise.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "lib/pool.h"
#include "must.h"

enum { WORKERS = 2 };

struct __attribute__((packed)) sums {
    unsigned words : 24, longest_words : 24, longest : 24;
};

struct state {
    struct sums sums;
    atomic_int done;
    int (*count_words)(const char *text); /* never changes */
};

struct job {
    struct state *state;
    const char *text;
    unsigned number;
};

static void read_text(void *argument) {
    struct job *job = argument;
    struct sums *sums = &job->state->sums;
    unsigned words = (unsigned)job->state->count_words(job->text);

    sums->words += words;
    if (words > sums->longest_words) {
        sums->longest_words = words;
        sums->longest = job->number;
    }
    atomic_fetch_add_explicit(&job->state->done, 1, memory_order_relaxed);
}

struct report survey(const char *const texts[], int count, int (*count_words)(const char *text)) {
    struct state state = {.count_words = count_words};
    struct job *jobs = must_alloc(malloc((size_t)count * sizeof *jobs));
    struct pool *pool = pool_create(WORKERS);

    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){&state, texts[i], (unsigned)i};
        pool_submit(pool, read_text, &jobs[i]);
    }
    pool_destroy(pool); /* returns when all jobs are done */
    free(jobs);
    int words = (int)state.sums.longest_words;
    return (struct report){(int)state.sums.words, words ? texts[state.sums.longest] : NULL, words};
}
