/* expect: clean */
/* A thread that reads from a pipe for ever is cancelled and joined. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int fd[2];
static int bytes; /* read by main after the join only */

static void *collector(void *arg)
{
    char c;
    while (read(fd[0], &c, 1) == 1)
        bytes++;
    return arg;
}

int main(void)
{
    pthread_t t;
    void *how;
    if (pipe(fd) != 0)
        return 1;
    pthread_create(&t, NULL, collector, NULL);
    if (write(fd[1], "abc", 3) != 3)
        return 1;
    usleep(100000);
    pthread_cancel(t);
    pthread_join(t, &how);
    close(fd[0]);
    close(fd[1]);
    printf("%s\n", how == PTHREAD_CANCELED && bytes <= 3 ? "cancelled" : "strange");
    return 0;
}
