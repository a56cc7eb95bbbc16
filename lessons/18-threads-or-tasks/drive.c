/*
 * Jobs that meet in pairs: one that runs alone waits for the other for ever. Then a single job, which
 * meets nobody.
 */
#include "drive.h"

#include <pthread.h>

#include "exercise.h"
#include "must.h"

enum { JOBS_MOST = 8 };

static pthread_barrier_t pair;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* protects times */
static int times[JOBS_MOST];
static pthread_t caller; /* of run_all() */

static void check_thread(unsigned number) {
    check(!pthread_equal(pthread_self(), caller),
          "job(%u) is called in the thread that called run_all(), and not in one that it started",
          number);
}

static void job(unsigned number) {
    check(number < JOBS_MOST, "job(%u) is called, which there is not", number);
    check_thread(number);
    must(pthread_mutex_lock(&lock));
    times[number]++;
    must(pthread_mutex_unlock(&lock));
    int error = pthread_barrier_wait(&pair); /* waits for its neighbour, in another thread */
    must(error == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : error);
}

static void job_alone(unsigned number) {
    check(number == 0, "job(%u) is called, but there is only job(0)", number);
    check_thread(number);
    times[0]++;
}

int main(void) {
    unsigned count = 4 + 2 * drive_number(2);

    caller = pthread_self();
    must(pthread_barrier_init(&pair, NULL, 2));
    run_all(count, job);
    for (unsigned i = 0; i < count; i++) {
        check(times[i] == 1, "job(%u) was called %d times, not once", i, times[i]);
    }
    for (unsigned i = count; i < JOBS_MOST; i++) {
        check(times[i] == 0, "job(%u) is called, but there are only %u jobs", i, count);
    }
    times[0] = 0;
    run_all(1, job_alone);
    check(times[0] == 1, "a single job was called %d times, not once", times[0]);
    must(pthread_barrier_destroy(&pair));
    must(pthread_mutex_destroy(&lock));
    drive_done();
    return 0;
}
