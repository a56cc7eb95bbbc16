/* attack: every line of a long expansion has a warning of its own */
/* verdict: refused data-race wrong-result unjudged compile-error */
#include "exercise.h"

#include <stdlib.h>

#include "lib/pool.h"
#include "must.h"

#define W _Pragma("message(\"\\033[2J<script>alert(1)</script>,=1+1\")")
#define WW W W W W W W W W W W W W W W W W
#define WWW WW WW WW WW WW WW WW WW WW WW WW WW WW WW WW WW
WWW WWW WWW WWW WWW WWW WWW WWW WWW WWW WWW WWW WWW WWW WWW WWW

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
