/* expect: clean */
#include <pthread.h>
#include <stdio.h>
#include <stdatomic.h>
static atomic_int level;
static long seen[2];
static int enabled(void) {
    char line[16384];
    line[0] = 'x';
    return atomic_load(&level) > 0 && line[0];
}
static void *w(void *argument) {
    int me = *(int *)argument;
    long count = 0;
    for (int i = 0; i < 20000; i++)
        count += !enabled();
    seen[me] = count;
    return NULL;
}
int main(void) {
    pthread_t t[2];
    int id[2] = {0, 1};
    for (int i = 0; i < 2; i++) pthread_create(&t[i], 0, w, &id[i]);
    for (int i = 0; i < 2; i++) pthread_join(t[i], 0);
    return seen[0] + seen[1] != 40000;
}
