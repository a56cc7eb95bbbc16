/* expect: clean */
/* Half a second of honest computing, by two threads that meet nobody. */
#include <pthread.h>
#include <stdio.h>

struct range { unsigned from, to, found; };

static void *count_primes(void *arg)
{
    struct range *r = arg;
    unsigned n = 0;
    for (unsigned p = r->from | 1; p < r->to; p += 2) {
        unsigned d = 3;
        while (d * d <= p && p % d != 0)
            d += 2;
        n += d * d > p;
    }
    r->found = n;
    return NULL;
}

int main(void)
{
    struct range r[2] = {{3, 500000, 0}, {500000, 800000, 0}};
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, count_primes, &r[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%u\n", 1 + r[0].found + r[1].found);
    return 0;
}
