/* The student posts a semaphore when the count comes to 0, so that no wake-up is lost. But it may come to 0
 * several times before crew_wait(), or never again. */
/* verdict: wrong-result data-race stuck-wait */
#include "exercise.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

struct job {
    void (*function)(void *argument);
    void *argument;
};

struct crew {
    pthread_mutex_t lock; /* protects all below, up to closing */
    pthread_cond_t work;  /* a job has come, or closing is set */
    sem_t idle;           /* unfinished is 0 */
    struct job jobs[CREW_JOBS];
    int given;
    int taken;
    atomic_int unfinished; /* given and not yet done */
    bool closing;
    pthread_t workers[CREW_WORKERS];
};

/* Waits for a job and gives it to the caller; false when there will be no more. */
static bool crew_take(struct crew *crew, struct job *job) {
    must(pthread_mutex_lock(&crew->lock));
    while (crew->taken == crew->given && !crew->closing) {
        must(pthread_cond_wait(&crew->work, &crew->lock));
    }
    bool there = crew->taken < crew->given;
    if (there) {
        *job = crew->jobs[crew->taken++];
    }
    must(pthread_mutex_unlock(&crew->lock));
    return there;
}

static void *work(void *argument) {
    struct crew *crew = argument;
    struct job job;

    while (crew_take(crew, &job)) {
        job.function(job.argument);
        if (atomic_fetch_sub(&crew->unfinished, 1) == 1) {
            must_errno(sem_post(&crew->idle)); /* kept until somebody waits */
        }
    }
    return NULL;
}

struct crew *crew_new(void) {
    struct crew *crew = must_alloc(calloc(1, sizeof *crew));

    must(pthread_mutex_init(&crew->lock, NULL));
    must(pthread_cond_init(&crew->work, NULL));
    must_errno(sem_init(&crew->idle, 0, 0));
    for (int i = 0; i < CREW_WORKERS; i++) {
        must(pthread_create(&crew->workers[i], NULL, work, crew));
    }
    return crew;
}

void crew_do(struct crew *crew, void (*job)(void *argument), void *argument) {
    must(pthread_mutex_lock(&crew->lock));
    crew->jobs[crew->given++] = (struct job){.function = job, .argument = argument};
    crew->unfinished++;
    must(pthread_cond_signal(&crew->work));
    must(pthread_mutex_unlock(&crew->lock));
}

void crew_wait(struct crew *crew) {
    must_errno(sem_wait(&crew->idle));
}

void crew_free(struct crew *crew) {
    must(pthread_mutex_lock(&crew->lock));
    crew->closing = true;
    must(pthread_cond_broadcast(&crew->work));
    must(pthread_mutex_unlock(&crew->lock));
    for (int i = 0; i < CREW_WORKERS; i++) {
        must(pthread_join(crew->workers[i], NULL));
    }
    must_errno(sem_destroy(&crew->idle));
    must(pthread_cond_destroy(&crew->work));
    must(pthread_mutex_destroy(&crew->lock));
    free(crew);
}
