/* The student lets the workers end as soon as the crew closes. Jobs that nobody waited for are left. */
/* verdict: wrong-result */
#include "exercise.h"

#include <pthread.h>
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
    pthread_cond_t idle;  /* unfinished is 0 */
    struct job jobs[CREW_JOBS];
    int given;
    int taken;
    int unfinished; /* given and not yet done */
    bool closing;
    pthread_t workers[CREW_WORKERS];
};

/* Waits for a job and gives it to the caller; false when there will be no more. */
static bool crew_take(struct crew *crew, struct job *job) {
    must(pthread_mutex_lock(&crew->lock));
    while (crew->taken == crew->given && !crew->closing) {
        must(pthread_cond_wait(&crew->work, &crew->lock));
    }
    bool there = !crew->closing;
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
        must(pthread_mutex_lock(&crew->lock));
        crew->unfinished--;
        if (crew->unfinished == 0) {
            must(pthread_cond_signal(&crew->idle));
        }
        must(pthread_mutex_unlock(&crew->lock));
    }
    return NULL;
}

struct crew *crew_new(void) {
    struct crew *crew = must_alloc(calloc(1, sizeof *crew));

    must(pthread_mutex_init(&crew->lock, NULL));
    must(pthread_cond_init(&crew->work, NULL));
    must(pthread_cond_init(&crew->idle, NULL));
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
    must(pthread_mutex_lock(&crew->lock));
    while (crew->unfinished > 0) {
        must(pthread_cond_wait(&crew->idle, &crew->lock));
    }
    must(pthread_mutex_unlock(&crew->lock));
}

void crew_free(struct crew *crew) {
    must(pthread_mutex_lock(&crew->lock));
    crew->closing = true;
    must(pthread_cond_broadcast(&crew->work));
    must(pthread_mutex_unlock(&crew->lock));
    for (int i = 0; i < CREW_WORKERS; i++) {
        must(pthread_join(crew->workers[i], NULL));
    }
    must(pthread_cond_destroy(&crew->idle));
    must(pthread_cond_destroy(&crew->work));
    must(pthread_mutex_destroy(&crew->lock));
    free(crew);
}
