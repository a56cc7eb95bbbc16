/* The student does each job at once, in the thread that leaves it: there is nobody to wait for. */
/* verdict: stuck-wait */
#include "exercise.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

struct crew {
    int done;
};

struct crew *crew_new(void) {
    return must_alloc(calloc(1, sizeof(struct crew)));
}

void crew_do(struct crew *crew, void (*job)(void *argument), void *argument) {
    job(argument);
    crew->done++;
}

void crew_wait(struct crew *crew) {
    (void)crew;
}

void crew_free(struct crew *crew) {
    free(crew);
}
