/*
 * Two jobs are put into a queue, one after the other, and two consumers take one each. A consumer
 * that finds no job waits on a condition variable until it is told that one has come.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "must.h"

enum { CONSUMERS = 2 }; /* and as many jobs */

struct job {
    struct job *next; /* the one put in before this */
    int number;
};

struct queue {
    pthread_mutex_t lock;   /* protects newest */
    pthread_cond_t changed; /* a job has come */
    struct job *newest;     /* NULL: the queue is empty; it owns its jobs */
};

static struct queue queue = {
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .changed = PTHREAD_COND_INITIALIZER,
};

static void queue_put(int number) {
    struct job *job = must_alloc(malloc(sizeof *job));

    job->number = number;
    must(pthread_mutex_lock(&queue.lock));
    job->next = queue.newest;
    queue.newest = job;
    must(pthread_cond_signal(&queue.changed)); /* one job: one consumer has to look */
    must(pthread_mutex_unlock(&queue.lock));
}

/* Waits until there is a job and gives its number. */
static int queue_take(void) {
    must(pthread_mutex_lock(&queue.lock));
    if (queue.newest == NULL) {
        must(pthread_cond_wait(&queue.changed, &queue.lock));
    }
    struct job *job = queue.newest;
    int number = job->number; /* fault: crash|undefined-behaviour */
    queue.newest = job->next;
    must(pthread_mutex_unlock(&queue.lock));
    free(job);
    return number;
}

static void *consume(void *number) {
    *(int *)number = queue_take();
    return NULL;
}

int main(void) {
    pthread_t consumers[CONSUMERS];
    int numbers[CONSUMERS], sum = 0;

    for (int i = 0; i < CONSUMERS; i++) {
        must(pthread_create(&consumers[i], NULL, consume, &numbers[i]));
    }
    for (int number = 1; number <= CONSUMERS; number++) {
        queue_put(number);
    }
    for (int i = 0; i < CONSUMERS; i++) {
        must(pthread_join(consumers[i], NULL));
        sum += numbers[i];
    }
    printf("Jobs taken: %d, sum of their numbers: %d\n", CONSUMERS, sum);
    must(pthread_cond_destroy(&queue.changed));
    must(pthread_mutex_destroy(&queue.lock));
    return 0;
}
