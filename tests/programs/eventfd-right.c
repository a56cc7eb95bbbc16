/* expect: clean */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int filled, emptied;
static double cell;

static void tell(int fd)
{
    uint64_t one = 1;
    if (write(fd, &one, sizeof one) != sizeof one)
        perror("write");
}

static void hear(int fd)
{
    uint64_t n;
    if (read(fd, &n, sizeof n) != sizeof n)
        perror("read");
}

static void *measure(void *arg)
{
    for (int i = 0; i < 10; i++) {
        hear(emptied);
        cell = i / 2.0;
        tell(filled);
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    double sum = 0;

    filled = eventfd(0, EFD_CLOEXEC);
    emptied = eventfd(1, EFD_CLOEXEC | EFD_SEMAPHORE);
    if (filled < 0 || emptied < 0)
        return 2;
    pthread_create(&t, NULL, measure, NULL);
    for (int i = 0; i < 10; i++) {
        hear(filled);
        sum += cell;
        tell(emptied);
    }
    pthread_join(t, NULL);
    close(filled);
    close(emptied);
    printf("%.1f\n", sum);
    return 0;
}
