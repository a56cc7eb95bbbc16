/* expect: data-race */
/* C11 threads; one of the two functions forgets the mtx_t. */
#include <stdio.h>
#include <threads.h>

static mtx_t lock;
static int tickets = 1000;

static int sell(void *arg)
{
    (void)arg;
    for (int i = 0; i < 200; i++) {
        mtx_lock(&lock);
        tickets--; /* fault: data-race */
        mtx_unlock(&lock);
    }
    return 0;
}

static int refund(void *arg)
{
    (void)arg;
    for (int i = 0; i < 200; i++)
        tickets++; /* fault: data-race */
    return 0;
}

int main(void)
{
    thrd_t a, b;
    mtx_init(&lock, mtx_plain);
    if (thrd_create(&a, sell, NULL) != thrd_success || thrd_create(&b, refund, NULL) != thrd_success)
        return 1;
    thrd_join(a, NULL);
    thrd_join(b, NULL);
    mtx_destroy(&lock);
    printf("%s\n", tickets > 0 ? "on sale" : "sold out");
    return 0;
}
