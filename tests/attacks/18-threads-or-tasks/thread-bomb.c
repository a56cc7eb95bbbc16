/* attack: threads start threads, without an end */
/* verdict: memory-growth crash timeout unjudged wrong-exit */
/* behind the gate: memory-growth */
#include "exercise.h"

#include <pthread.h>

#include "must.h"

static void *multiply(void *unused) {
    for (;;) {
        pthread_t thread;
        (void)pthread_create(&thread, NULL, multiply, NULL);
    }
    return unused;
}

void run_all(unsigned count, void (*job)(unsigned number)) {
    (void)count, (void)job;
    multiply(NULL);
}
