/* odd: jobs are a list of allocated nodes, a job is called through a table, each worker has a condition of its own */
/* verdict: correct */
#include "exercise.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

typedef void (*job_function)(void *);

struct node {
    struct node *next;
    union {
        struct {
            job_function function;
            void *argument;
        } job;
        char raw[2 * sizeof(void *)];
    } as;
};

struct crew {
    pthread_mutex_t lock;
    pthread_cond_t wake[CREW_WORKERS + 1]; /* the last one is for who waits for all */
    struct node *first, **last;
    int unfinished;
    bool closing;
    struct worker {
        struct crew *crew;
        int number;
        pthread_t thread;
    } workers[CREW_WORKERS];
};

static void wake_all(struct crew *crew) {
    for (int i = 0; i <= CREW_WORKERS; i++) {
        must(pthread_cond_signal(&crew->wake[i]));
    }
}

static void *work(void *argument) {
    struct worker *self = (struct worker *)argument;
    struct crew *crew = self->crew;

    must(pthread_mutex_lock(&crew->lock));
    for (;;) {
        struct node *node = crew->first;
        if (node == NULL && crew->closing) {
            break;
        }
        if (node == NULL) {
            must(pthread_cond_wait(&crew->wake[self->number], &crew->lock));
            continue;
        }
        crew->first = node->next;
        if (crew->first == NULL) {
            crew->last = &crew->first;
        }
        must(pthread_mutex_unlock(&crew->lock));
        job_function table[] = {node->as.job.function};
        (**table)(node->as.job.argument);
        free(node);
        must(pthread_mutex_lock(&crew->lock));
        crew->unfinished--;
        wake_all(crew);
    }
    must(pthread_mutex_unlock(&crew->lock));
    return NULL;
}

struct crew *crew_new(void) {
    struct crew *crew = must_alloc(calloc(1, sizeof *crew));

    crew->last = &crew->first;
    must(pthread_mutex_init(&crew->lock, NULL));
    for (int i = 0; i <= CREW_WORKERS; i++) {
        must(pthread_cond_init(&crew->wake[i], NULL));
    }
    for (int i = 0; i < CREW_WORKERS; i++) {
        crew->workers[i] = (struct worker){.crew = crew, .number = i};
        pthread_t thread;
        must(pthread_create(&thread, NULL, work, &crew->workers[i]));
        must(pthread_mutex_lock(&crew->lock));
        crew->workers[i].thread = thread;
        must(pthread_mutex_unlock(&crew->lock));
    }
    return crew;
}

void crew_do(struct crew *crew, void (*job)(void *argument), void *argument) {
    struct node *node = must_alloc(malloc(sizeof *node));

    *node = (struct node){.as.job = {job, argument}};
    must(pthread_mutex_lock(&crew->lock));
    *crew->last = node;
    crew->last = &node->next;
    crew->unfinished++;
    wake_all(crew);
    must(pthread_mutex_unlock(&crew->lock));
}

void crew_wait(struct crew *crew) {
    must(pthread_mutex_lock(&crew->lock));
    while (crew->unfinished) {
        must(pthread_cond_wait(&crew->wake[CREW_WORKERS], &crew->lock));
    }
    must(pthread_mutex_unlock(&crew->lock));
}

void crew_free(struct crew *crew) {
    must(pthread_mutex_lock(&crew->lock));
    crew->closing = true;
    wake_all(crew);
    must(pthread_mutex_unlock(&crew->lock));
    for (int i = 0; i < CREW_WORKERS; i++) {
        must(pthread_join(crew->workers[i].thread, NULL));
    }
    for (int i = 0; i <= CREW_WORKERS; i++) {
        must(pthread_cond_destroy(&crew->wake[i]));
    }
    must(pthread_mutex_destroy(&crew->lock));
    free(crew);
}
