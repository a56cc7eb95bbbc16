/* results: "0" "1" "2"
   main does not wait: the process may end before, between and after the thread's two stores. */
#include "litmus.h"

#include <stdlib.h>

static atomic_int x;

static void tell(void) {
    printf("%d\n", x);
}
static void *store(void *unused) {
    x = 1;
    x = 2;
    return unused;
}

int main(void) {
    pthread_t thread;
    atexit(tell);
    pthread_create(&thread, NULL, store, NULL);
    pthread_detach(thread);
    exit(0);
}
