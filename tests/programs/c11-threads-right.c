/* expect: clean */
/* Only <threads.h>: a bounded buffer with mtx_t and cnd_t, call_once, and results through thrd_join. */
#include <stdio.h>
#include <stdlib.h>
#include <threads.h>

#define SLOTS 3
#define ITEMS 30

static mtx_t mtx;
static cnd_t changed;
static once_flag made = ONCE_FLAG_INIT;
static int slots[SLOTS], count, next_in, next_out;

static void make(void)
{
    if (mtx_init(&mtx, mtx_plain) != thrd_success || cnd_init(&changed) != thrd_success)
        abort();
}

static int produce(void *arg)
{
    int step = *(int *)arg;
    call_once(&made, make);
    for (int i = 0; i < ITEMS; i++) {
        mtx_lock(&mtx);
        while (count == SLOTS)
            cnd_wait(&changed, &mtx);
        slots[next_in++ % SLOTS] = step;
        count++;
        cnd_broadcast(&changed);
        mtx_unlock(&mtx);
    }
    return 0;
}

static int consume(void *arg)
{
    int sum = 0;
    (void)arg;
    call_once(&made, make);
    for (int i = 0; i < 2 * ITEMS; i++) {
        mtx_lock(&mtx);
        while (count == 0)
            cnd_wait(&changed, &mtx);
        sum += slots[next_out++ % SLOTS];
        count--;
        cnd_broadcast(&changed);
        mtx_unlock(&mtx);
    }
    return sum;
}

int main(void)
{
    thrd_t p[2], c;
    int steps[2] = {1, 4}, sum;

    if (thrd_create(&c, consume, NULL) != thrd_success)
        return 2;
    for (int i = 0; i < 2; i++)
        if (thrd_create(&p[i], produce, &steps[i]) != thrd_success)
            return 2;
    for (int i = 0; i < 2; i++)
        thrd_join(p[i], NULL);
    thrd_join(c, &sum);
    mtx_destroy(&mtx);
    cnd_destroy(&changed);
    printf("%d\n", sum);
    return sum == 150 ? EXIT_SUCCESS : EXIT_FAILURE;
}
