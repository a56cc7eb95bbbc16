/* expect: clean */
/* A byte through a pipe hands the buffer over; no lock anywhere. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct lane { int rd, wr; };

static struct lane there, back;
static int buffer[16];

static void *doubler(void *arg)
{
    char go;
    while (read(there.rd, &go, 1) == 1) {
        for (int i = 0; i < 16; i++)
            buffer[i] *= 2;
        if (write(back.wr, &go, 1) != 1)
            break;
    }
    return arg;
}

static struct lane lane_open(void)
{
    int fd[2];
    if (pipe(fd) != 0) {
        perror("pipe");
        exit(2);
    }
    return (struct lane){fd[0], fd[1]};
}

int main(void)
{
    pthread_t t;
    char c = '!';

    there = lane_open();
    back = lane_open();
    if (pthread_create(&t, NULL, doubler, NULL))
        return 2;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 16; i++)
            buffer[i] += i;
        if (write(there.wr, &c, 1) != 1 || read(back.rd, &c, 1) != 1)
            return 2;
    }
    close(there.wr);
    pthread_join(t, NULL);
    printf("%d\n", buffer[15]);
    return 0;
}
