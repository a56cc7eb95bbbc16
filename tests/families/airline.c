/* expect: crash */
/* needs: explorer */
/* Ten agents sell until a flag says that the plane is full; the flag is set after the sale. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

enum { AGENTS = 10, SEATS = 8 };

static atomic_int sold;
static atomic_bool full;

static void *sell(void *arg)
{
    if (atomic_load(&full)) /* fault: crash */
        return arg;
    if (atomic_fetch_add(&sold, 1) + 1 >= SEATS) /* fault: crash */
        atomic_store(&full, true); /* fault: crash */
    return arg;
}

int main(void)
{
    pthread_t agents[AGENTS];
    for (int i = 0; i < AGENTS; i++)
        pthread_create(&agents[i], NULL, sell, NULL);
    for (int i = 0; i < AGENTS; i++)
        pthread_join(agents[i], NULL);
    assert(atomic_load(&sold) <= SEATS); /* fault: crash */
    puts("off we go");
    return 0;
}
