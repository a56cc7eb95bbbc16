/* odd: the report is kept in atomics, and the longest text is found by compare and exchange */
/* verdict: correct */
#include "exercise.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "lib/pool.h"
#include "must.h"

struct job {
    const char *text;
    int words;
    int (*count)(const char *);
    _Atomic(struct job *) *longest;
    atomic_int *all;
};

static void *nothing = NULL;

static void read_text(void *argument) {
    struct job *job = argument, *longest;

    job->words = job->count(job->text);
    *job->all += job->words;
    longest = *job->longest;
    while ((longest ? longest->words : 0) < job->words &&
           !atomic_compare_exchange_weak(job->longest, &longest, job)) {
    }
}

struct report survey(const char *const texts[], int count, int (*count_words)(const char *text)) {
    struct pool *pool = pool_create(2);
    _Atomic(struct job *) longest = nothing;
    atomic_int all = 0;
    struct job jobs[count];

    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){texts[i], 0, count_words, &longest, &all};
        pool_submit(pool, read_text, jobs + i);
    }
    pool_destroy(pool);
    struct job *best = longest;
    return (struct report){.words = all, .longest = best ? best->text : NULL, .longest_words = best ? best->words : 0};
}
