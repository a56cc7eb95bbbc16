/* results: "0 0" "0 1" "1 1"
   Between two joins: what the first thread did is seen, what the second did may be. */
#include "litmus.h"

static atomic_int x;
static int seen;

static void *nothing(void *unused) {
    return unused;
}
static void *store(void *unused) {
    x++;
    return unused;
}

int main(void) {
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, nothing, NULL);
    pthread_create(&threads[1], NULL, store, NULL);
    int before = x;
    pthread_join(threads[0], NULL);
    seen = x;
    pthread_join(threads[1], NULL);
    printf("%d %d\n", before, seen);
}
