/* expect: clean */
/* A shell command is read line by line in a thread, while main waits for the answer. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *run(void *command)
{
    FILE *p = popen(command, "r");
    char *line = NULL, *last = NULL;
    size_t cap = 0;

    if (p == NULL)
        return NULL;
    while (getline(&line, &cap, p) > 0) {
        free(last);
        last = strdup(line);
    }
    free(line);
    if (pclose(p) != 0) {
        free(last);
        return NULL;
    }
    return last;
}

int main(void)
{
    pthread_t t;
    void *answer;
    int r = pthread_create(&t, NULL, run, "sleep 1; echo one; echo two");
    if (r != 0) {
        fprintf(stderr, "pthread_create: %s\n", strerror(r));
        return 1;
    }
    pthread_join(t, &answer);
    if (answer == NULL)
        return 1;
    fputs(answer, stdout);
    free(answer);
    return system("true") == 0 ? 0 : 1;
}
