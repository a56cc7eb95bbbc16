/*
 * TODO: what this program does, in one sentence.
 */
#include <pthread.h>
#include <stdio.h>

#include "must.h"

static void *run(void *unused) {
    return unused; /* TODO: the right way */
}

int main(void) {
    pthread_t thread;

    must(pthread_create(&thread, NULL, run, NULL));
    must(pthread_join(thread, NULL));
    printf("TODO\n");
    return 0;
}
