/* expect: data-race */
/* needs: explorer */
/* Two threads count words with strtok, which remembers where it is for all of them together. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct line {
    char text[40];
    int words;
};

static void *count(void *arg)
{
    struct line *line = arg;
    for (char *word = strtok(line->text, " "); word; /* fault: data-race */
         word = strtok(NULL, " ")) /* fault: data-race */
        line->words++;
    return NULL;
}

int main(void)
{
    struct line lines[2] = {{"the quick brown fox", 0}, {"jumps over the lazy dog", 0}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, count, &lines[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("counted\n");
    return 0;
}
