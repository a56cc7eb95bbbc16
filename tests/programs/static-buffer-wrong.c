/* expect: data-race */
/* A helper that formats into a static buffer, called by two threads. */
#include <pthread.h>
#include <stdio.h>

static const char *hex(unsigned v)
{
    static char text[9];
    static const char digits[] = "0123456789abcdef";
    for (int i = 7; i >= 0; i--) {
        text[i] = digits[v & 15]; /* fault: data-race */
        v >>= 4;
    }
    return text;
}

static void *label(void *arg)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < 100; i++)
        sum += (unsigned char)hex(i * 77)[7]; /* fault: data-race */
    *(unsigned *)arg = sum;
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    unsigned sum[2];
    for (int i = 0; i < 2; i++)
        if (pthread_create(&t[i], NULL, label, &sum[i]))
            return 1;
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", sum[0] > 0);
    return 0;
}
