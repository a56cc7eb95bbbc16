/* expect: clean */
/* Each of two processes makes its own threads; the parent reads what the child counted. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int n;

static void *add(void *by)
{
    for (int i = 0; i < 100; i++) {
        pthread_mutex_lock(&m);
        n += *(int *)by;
        pthread_mutex_unlock(&m);
    }
    return NULL;
}

static int count(int by)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        if (pthread_create(&t[i], NULL, add, &by) != 0)
            exit(3);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return n;
}

int main(void)
{
    int fd[2], status, child_count;
    char text[32] = "";

    if (pipe(fd) != 0)
        return 2;
    switch (fork()) {
    case -1:
        return 2;
    case 0:
        close(fd[0]);
        snprintf(text, sizeof text, "%d", count(2));
        if (write(fd[1], text, strlen(text) + 1) < 0)
            _exit(1);
        _exit(0);
    }
    close(fd[1]);
    int mine = count(1);
    if (read(fd[0], text, sizeof text - 1) <= 0)
        return 2;
    child_count = atoi(text);
    wait(&status);
    close(fd[0]);
    printf("%d %d %d\n", mine, child_count, WEXITSTATUS(status));
    return 0;
}
