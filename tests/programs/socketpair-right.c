/* expect: clean */
/* Two threads talk over a socketpair; the request lives on the heap and only its address travels. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct request {
    int a, b, sum;
};

static void *server(void *arg)
{
    int fd = *(int *)arg;
    struct request *r;

    while (recv(fd, &r, sizeof r, 0) == (ssize_t)sizeof r) {
        r->sum = r->a + r->b;
        if (send(fd, &r, sizeof r, 0) != (ssize_t)sizeof r)
            break;
    }
    close(fd);
    return NULL;
}

int main(void)
{
    int sv[2];
    pthread_t t;

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, sv) == -1) {
        perror("socketpair");
        return 1;
    }
    if (pthread_create(&t, NULL, server, &sv[1]) != 0)
        return 1;
    for (int i = 0; i < 4; i++) {
        struct request *r = malloc(sizeof *r), *back;
        if (r == NULL)
            return 1;
        r->a = i;
        r->b = 2 * i;
        if (send(sv[0], &r, sizeof r, 0) != (ssize_t)sizeof r)
            return 1;
        if (recv(sv[0], &back, sizeof back, MSG_WAITALL) != (ssize_t)sizeof back)
            return 1;
        printf("%d\n", back->sum);
        free(back);
    }
    shutdown(sv[0], SHUT_WR);
    pthread_join(t, NULL);
    close(sv[0]);
    return 0;
}
