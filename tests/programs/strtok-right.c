/* expect: clean */
/* strtok and localtime under one lock, and what localtime returns is read under it too. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct line {
    char text[40];
    time_t when;
    int words, hour;
};

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;

static void *count(void *arg)
{
    struct line *line = arg;
    pthread_mutex_lock(&mu);
    for (char *word = strtok(line->text, " "); word; word = strtok(NULL, " "))
        line->words++;
    line->hour = localtime(&line->when)->tm_min;
    pthread_mutex_unlock(&mu);
    return NULL;
}

int main(void)
{
    struct line lines[2] = {{"the quick brown fox", 60, 0, 0}, {"jumps over the lazy dog", 120, 0, 0}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, count, &lines[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d words, minute %d\n", lines[0].words + lines[1].words, lines[1].hour);
    return 0;
}
