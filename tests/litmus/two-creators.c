/* results: "1 2" "2 1"
   Two threads create one each: which of the four got which number says nothing about who it is. */
#include "litmus.h"

static atomic_int next;
static int drawn[2];

static void *draw(void *number) {
    drawn[(long)number] = atomic_fetch_add(&next, 1) + 1;
    return number;
}
static void *create(void *number) {
    pthread_t thread;
    pthread_create(&thread, NULL, draw, number);
    pthread_join(thread, NULL);
    return number;
}

int main(void) {
    RUN(create, create);
    printf("%d %d\n", drawn[0], drawn[1]);
}
