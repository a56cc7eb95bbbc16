/* expect: clean */
/* Threads that use the C library at the same time: stdio, rand, getline, strtok_r, qsort, localtime_r. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int compare(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static void *busy(void *arg)
{
    long id = (long)arg;
    char text[] = "red,green;blue", *save, when[32];
    int v[20], words = 0;
    struct tm tm;
    time_t then = 86400 * id;

    for (int i = 0; i < 20; i++)
        v[i] = rand() % 100;
    qsort(v, 20, sizeof v[0], compare);
    for (char *w = strtok_r(text, ",;", &save); w; w = strtok_r(NULL, ",;", &save))
        words++;
    gmtime_r(&then, &tm);
    strftime(when, sizeof when, "%Y-%m-%d", &tm);
    FILE *f = fopen("/dev/null", "r");
    char *line = NULL;
    size_t cap = 0;
    if (f) {
        while (getline(&line, &cap, f) != -1)
            words++;
        fclose(f);
    }
    free(line);
    flockfile(stdout);
    printf("thread %ld: ", id);
    printf("%d words, %s, %s\n", words, when, v[0] <= v[19] ? "sorted" : "unsorted");
    funlockfile(stdout);
    return NULL;
}

int main(void)
{
    pthread_t t[6];
    srand(1);
    for (long i = 0; i < 6; i++)
        if (pthread_create(&t[i], NULL, busy, (void *)i)) {
            perror("pthread_create");
            return 1;
        }
    for (int i = 0; i < 6; i++)
        pthread_join(t[i], NULL);
    return 0;
}
