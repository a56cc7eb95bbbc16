/* expect: crash */
/* needs: explorer */
/* Each station passes on what it finds at the one before it, once. Only in the order of the ring does the
   token come round. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

enum { STATIONS = 4 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int token[STATIONS + 1] = {1};
static int number[STATIONS] = {0, 1, 2, 3};

static void *pass(void *arg)
{
    int at = *(int *)arg;
    pthread_mutex_lock(&lock); /* fault: crash */
    token[at + 1] = token[at];
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t stations[STATIONS];
    for (int i = 0; i < STATIONS; i++)
        pthread_create(&stations[i], NULL, pass, &number[i]);
    for (int i = 0; i < STATIONS; i++)
        pthread_join(stations[i], NULL);
    assert(token[STATIONS] == 1); /* fault: crash */
    puts("round");
    return 0;
}
