/* expect: clean */
/* A conversation with another program over two pipes: tr makes it loud. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int to_child[2], from_child[2];

static void *feeder(void *text)
{
    const char *s = text;
    size_t left = strlen(s);
    while (left > 0) {
        ssize_t n = write(to_child[1], s, left);
        if (n <= 0)
            break;
        s += n;
        left -= (size_t)n;
    }
    close(to_child[1]);
    return NULL;
}

int main(void)
{
    pid_t pid;
    pthread_t t;
    char buf[128];
    ssize_t n;
    size_t used = 0;

    if (pipe(to_child) || pipe(from_child))
        return 2;
    pid = fork();
    if (pid == -1)
        return 2;
    if (pid == 0) {
        dup2(to_child[0], 0);
        dup2(from_child[1], 1);
        close(to_child[0]);
        close(to_child[1]);
        close(from_child[0]);
        close(from_child[1]);
        execlp("tr", "tr", "a-z", "A-Z", (char *)NULL);
        _exit(127);
    }
    close(to_child[0]);
    close(from_child[1]);
    pthread_create(&t, NULL, feeder, "speak up, please\n");
    while (used < sizeof buf - 1 && (n = read(from_child[0], buf + used, sizeof buf - 1 - used)) > 0)
        used += (size_t)n;
    buf[used] = '\0';
    pthread_join(t, NULL);
    close(from_child[0]);
    waitpid(pid, NULL, 0);
    fputs(buf, stdout);
    return 0;
}
