/* results: "2"
   main ends as a thread: the process goes on until the last one has ended. */
#include "litmus.h"

#include <stdlib.h>

static atomic_int x;

static void tell(void) {
    printf("%d\n", x);
}
static void *add(void *unused) {
    x++;
    return unused;
}

int main(void) {
    pthread_t thread;
    atexit(tell);
    for (int i = 0; i < 2; i++) {
        pthread_create(&thread, NULL, add, NULL);
        pthread_detach(thread);
    }
    pthread_exit(NULL);
}
