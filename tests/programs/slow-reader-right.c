/* expect: clean */
/* The writer is blocked on a full pipe, main in join, and the reader takes its time. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define CHUNKS 40
#define CHUNK 4096

static int fd[2];

static void *writer(void *arg)
{
    char buf[CHUNK];
    memset(buf, 'w', sizeof buf);
    for (int i = 0; i < CHUNKS; i++)
        if (write(fd[1], buf, sizeof buf) != (ssize_t)sizeof buf)
            return arg;
    close(fd[1]);
    return NULL;
}

static void *reader(void *arg)
{
    struct timespec while_it_fills = {1, 200000000};
    long *total = arg;
    char buf[1000];
    ssize_t n;
    clock_nanosleep(CLOCK_MONOTONIC, 0, &while_it_fills, NULL);
    while ((n = read(fd[0], buf, sizeof buf)) > 0)
        *total += n;
    close(fd[0]);
    return NULL;
}

int main(void)
{
    pthread_t w, r;
    long total = 0;
    if (pipe(fd))
        return 1;
    pthread_create(&r, NULL, reader, &total);
    pthread_create(&w, NULL, writer, &total);
    pthread_join(w, NULL);
    pthread_join(r, NULL);
    printf("%ld\n", total);
    return total != (long)CHUNKS * CHUNK;
}
