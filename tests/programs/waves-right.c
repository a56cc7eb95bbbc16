/* expect: clean */
/* A thousand threads, fifty at a time. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAVE 50
#define WAVES 20

static void check(int err, const char *what)
{
    if (err) {
        fprintf(stderr, "%s: %s\n", what, strerror(err));
        exit(EXIT_FAILURE);
    }
}

static void *bee(void *arg)
{
    long *cell = arg;
    *cell += 1;
    return NULL;
}

int main(void)
{
    static long honey[WAVE];
    pthread_t hive[WAVE];
    long total = 0;

    for (int w = 0; w < WAVES; w++) {
        for (int i = 0; i < WAVE; i++)
            check(pthread_create(&hive[i], NULL, bee, &honey[i]), "pthread_create");
        for (int i = 0; i < WAVE; i++)
            check(pthread_join(hive[i], NULL), "pthread_join");
    }
    for (int i = 0; i < WAVE; i++)
        total += honey[i];
    printf("%ld\n", total);
    return EXIT_SUCCESS;
}
