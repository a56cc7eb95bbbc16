/* expect: data-race */
/* Prefix smoothing in slices: each thread reads one element too far, into its neighbour's slice. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 4
#define CHUNK 64

struct slice { int *base; int from, to, last; };

static void *smooth(void *p)
{
    struct slice *s = p;
    for (int i = s->from; i < s->to; i++) {
        if (i + 1 < s->last)
            s->base[i] += s->base[i + 1]; /* fault: data-race */
    }
    return NULL;
}

int main(void)
{
    pthread_t id[THREADS];
    struct slice part[THREADS];
    int *v = calloc(THREADS * CHUNK, sizeof *v);

    if (v == NULL)
        return 1;
    for (int i = 0; i < THREADS * CHUNK; i++)
        v[i] = i % 5;
    for (int i = 0; i < THREADS; i++) {
        part[i] = (struct slice){v, i * CHUNK, (i + 1) * CHUNK, THREADS * CHUNK};
        pthread_create(&id[i], NULL, smooth, &part[i]);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(id[i], NULL);
    printf("%d\n", v[0]);
    free(v);
    return 0;
}
