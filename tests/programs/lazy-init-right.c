/* expect: clean */
/* Double-checked locking with an atomic pointer. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct table { int squares[32]; };

static _Atomic(struct table *) table;
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;

static struct table *get_table(void)
{
    struct table *t = atomic_load_explicit(&table, memory_order_acquire);
    if (t == NULL) {
        pthread_mutex_lock(&table_lock);
        t = atomic_load_explicit(&table, memory_order_relaxed);
        if (t == NULL) {
            t = malloc(sizeof *t);
            if (t == NULL)
                abort();
            for (int i = 0; i < 32; i++)
                t->squares[i] = i * i;
            atomic_store_explicit(&table, t, memory_order_release);
        }
        pthread_mutex_unlock(&table_lock);
    }
    return t;
}

static void *user(void *arg)
{
    int i = *(int *)arg, sum = 0;
    for (int k = 0; k < 20; k++)
        sum += get_table()->squares[i];
    *(int *)arg = sum;
    return NULL;
}

int main(void)
{
    pthread_t t[4];
    int n[4] = {1, 2, 3, 4};
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, user, &n[i]);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    printf("%d %d\n", n[0], n[3]);
    free(atomic_load(&table));
    return 0;
}
