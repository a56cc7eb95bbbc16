// What the programs of this directory share. Each is small enough that all its results are known by hand.
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

typedef void *body(void *);

// Starts them in order, and waits for them in order.
static inline void run(int count, body *const bodies[]) {
    pthread_t threads[8];
    for (long i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, bodies[i], (void *)i);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}
#define RUN(...)                                                                                   \
    run((int)(sizeof((body *[]){__VA_ARGS__}) / sizeof(body *)), (body *[]){__VA_ARGS__})
