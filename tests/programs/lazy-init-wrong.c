/* expect: data-race */
/* Double-checked locking with a plain pointer. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct table { int squares[32]; };

static struct table *table;
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;

static struct table *get_table(void)
{
    if (table == NULL) { /* fault: data-race */
        pthread_mutex_lock(&table_lock);
        if (table == NULL) {
            struct table *t = malloc(sizeof *t);
            for (int i = 0; i < 32; i++)
                t->squares[i] = i * i; /* fault: data-race */
            table = t; /* fault: data-race */
        }
        pthread_mutex_unlock(&table_lock);
    }
    return table; /* fault: data-race */
}

static void *user(void *arg)
{
    int i = *(int *)arg, sum = 0;
    for (int k = 0; k < 20; k++)
        sum += get_table()->squares[i]; /* fault: data-race */
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
    free(table);
    return 0;
}
