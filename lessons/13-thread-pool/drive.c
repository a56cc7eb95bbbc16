/*
 * A crew gets two jobs that can only end together; and then, as it can be used again, two that have
 * nothing to do with each other: the one may be done before the other is given. A last one is given
 * without a wait for it.
 */
#include <pthread.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { PARTNERS = CREW_WORKERS };

struct task {
    int number; /* set before the crew starts */
    int runs;   /* the job's own, until crew_wait() has returned */
};

static pthread_barrier_t meeting; /* of PARTNERS jobs */
static struct task partners[PARTNERS];

static void run(void *argument) {
    struct task *task = argument;

    task->runs++;
    task->number *= 2;
}

static void run_together(void *argument) {
    /* Stuck here? The jobs of the crew do not run at the same time. */
    int result = pthread_barrier_wait(&meeting);
    must(result == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : result);
    run(argument);
}

static void do_all(struct crew *crew, void (*job)(void *argument)) {
    for (int i = 0; i < PARTNERS; i++) {
        crew_do(crew, job, &partners[i]);
    }
    crew_wait(crew); /* stuck here? All jobs are done, and it was not told */
}

int main(void) {
    int number = 1 + (int)drive_number(100);

    must(pthread_barrier_init(&meeting, NULL, PARTNERS));
    for (int i = 0; i < PARTNERS; i++) {
        partners[i].number = number + i;
    }
    struct crew *crew = crew_new();
    for (int times = 1; times <= 2; times++) {
        do_all(crew, times == 1 ? run_together : run);
        for (int i = 0; i < PARTNERS; i++) {
            int runs = partners[i].runs, result = partners[i].number, right = (number + i) << times;
            check(runs == times, "after crew_wait() a job has been done %d times, not %d", runs,
                  times);
            check(result == right, "after crew_wait() a job has left %d instead of %d", result,
                  right);
        }
    }
    crew_wait(crew); /* stuck here? Nothing is left to wait for */
    crew_do(crew, run, &partners[0]);
    crew_free(crew);
    check(partners[0].runs == 3, "crew_free() has not waited until every job was done");
    must(pthread_barrier_destroy(&meeting));
    drive_done();
    return 0;
}
