/* expect: clean */
/* A server loop: poll with a time-out, three beats of silence, then one message and the end. */
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int fds[2];
static int beats;

static void *server(void *arg)
{
    struct pollfd p = { .fd = fds[0], .events = POLLIN };
    char c;
    for (;;) {
        int n = poll(&p, 1, 150);
        if (n < 0)
            return arg;
        if (n == 0) {
            beats++;
            continue;
        }
        if (read(p.fd, &c, 1) <= 0)
            return NULL;
    }
}

int main(void)
{
    pthread_t t;
    void *r;
    if (pipe(fds))
        return 1;
    pthread_create(&t, NULL, server, fds);
    usleep(600000);
    if (write(fds[1], "x", 1) != 1)
        return 1;
    close(fds[1]);
    pthread_join(t, &r);
    close(fds[0]);
    puts(beats >= 1 ? "it beats" : "no beat");
    return r != NULL;
}
