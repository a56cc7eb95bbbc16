/* expect: clean */
/* The parent is blocked in waitpid, and its thread on a pipe, while the child works for a second. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *listen_child(void *arg)
{
    int fd = *(int *)arg;
    long value = -1;
    if (read(fd, &value, sizeof value) != sizeof value)
        value = -1;
    return (void *)value;
}

int main(void)
{
    int fd[2], status;
    pid_t pid;
    pthread_t t;
    void *value;

    if (pipe(fd) < 0)
        return 2;
    fflush(stdout);
    pid = fork();
    if (pid < 0)
        return 2;
    if (pid == 0) {
        long v = 17;
        close(fd[0]);
        sleep(1);
        _exit(write(fd[1], &v, sizeof v) == sizeof v ? 5 : 6);
    }
    close(fd[1]);
    pthread_create(&t, NULL, listen_child, &fd[0]);
    waitpid(pid, &status, 0);
    pthread_join(t, &value);
    close(fd[0]);
    printf("child said %ld and left with %d\n", (long)value, WEXITSTATUS(status));
    return 0;
}
