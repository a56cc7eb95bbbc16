/* expect: use-after-free|data-race|double-free|crash */
/* The count is atomic, but the reader looks whether the object lives and takes its reference in two steps. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct obj {
    atomic_int refs;
    int data;
};

static struct obj *_Atomic current;

static void drop(struct obj *o)
{
    if (atomic_fetch_sub(&o->refs, 1) == 1) /* fault: use-after-free|data-race|double-free|crash */
        free(o); /* fault: use-after-free|data-race|double-free|crash */
}

static void *reader(void *arg)
{
    struct obj *o = atomic_load(&current);
    if (o == NULL)
        return NULL;
    atomic_fetch_add(&o->refs, 1); /* fault: use-after-free|data-race|double-free|crash */
    *(int *)arg = o->data; /* fault: use-after-free|data-race|double-free|crash */
    drop(o);
    return NULL;
}

static void *retire(void *arg)
{
    struct obj *o = atomic_exchange(&current, NULL);
    drop(o);
    return arg;
}

int main(void)
{
    pthread_t r, d;
    int seen = 0;
    struct obj *o = malloc(sizeof *o);
    if (o == NULL)
        return 1;
    atomic_init(&o->refs, 1);
    o->data = 5;
    atomic_store(&current, o);
    pthread_create(&r, NULL, reader, &seen);
    pthread_create(&d, NULL, retire, NULL);
    pthread_join(r, NULL);
    pthread_join(d, NULL);
    printf("%s\n", seen == 0 || seen == 5 ? "fine" : "odd");
    return 0;
}
