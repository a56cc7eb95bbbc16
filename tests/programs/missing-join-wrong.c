/* expect: data-race */
/* The last of the workers is forgotten in the loop of joins until its result has been used. */
#include <pthread.h>
#include <stdio.h>

#define N 4

struct part { pthread_t id; int from, to; long sum; };

static void *add_up(void *p)
{
    struct part *me = p;
    for (int i = me->from; i < me->to; i++)
        me->sum += i; /* fault: data-race */
    return NULL;
}

int main(void)
{
    struct part part[N] = {0};
    long total = 0;

    for (int i = 0; i < N; i++) {
        part[i].from = i * 1000;
        part[i].to = part[i].from + 1000;
        pthread_create(&part[i].id, NULL, add_up, &part[i]);
    }
    for (int i = 1; i < N; i++)
        pthread_join(part[i].id, NULL);
    for (int i = 0; i < N; i++)
        total += part[i].sum; /* fault: data-race */
    pthread_join(part[0].id, NULL);
    printf("%d\n", total > 0);
    return 0;
}
