/*
 * TODO: what the threads do with the exercise.
 */
#include <pthread.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

static void *run(void *unused) {
    exercise();
    return unused;
}

int main(void) {
    pthread_t threads[2];

    for (int i = 0; i < 2; i++) {
        must(pthread_create(&threads[i], NULL, run, NULL));
    }
    for (int i = 0; i < 2; i++) {
        must(pthread_join(threads[i], NULL));
    }
    check(1, "TODO: what is wrong when the condition does not hold"); /* TODO: what must be true */
    drive_done();
    return 0;
}
