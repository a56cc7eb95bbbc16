/* expect: lock-across-wait */
/* call() keeps the table locked while it waits on the socket for the other thread's answer. It ends well, slowly. */
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static int answers[4], calls;
static int sv[2];

static void *service(void *arg)
{
    char c;
    while (read(sv[1], &c, 1) == 1) {
        usleep(10000);
        c = (char)(c * 2);
        if (write(sv[1], &c, 1) != 1)
            break;
    }
    return arg;
}

static void call(int n)
{
    char c = (char)n;
    pthread_mutex_lock(&table); /* fault: lock-across-wait */
    if (write(sv[0], &c, 1) == 1 && read(sv[0], &c, 1) == 1) /* fault: lock-across-wait */
        answers[n] = c;
    calls++;
    pthread_mutex_unlock(&table);
}

static void *client(void *arg)
{
    int n = *(int *)arg;
    call(n);
    call(n + 2);
    return NULL;
}

int main(void)
{
    pthread_t s, c[2];
    int from[2] = {0, 1};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, sv) != 0)
        return 1;
    pthread_create(&s, NULL, service, NULL);
    for (int i = 0; i < 2; i++)
        pthread_create(&c[i], NULL, client, &from[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(c[i], NULL);
    close(sv[0]);
    pthread_join(s, NULL);
    printf("%d calls, %d\n", calls, answers[3]);
    return 0;
}
