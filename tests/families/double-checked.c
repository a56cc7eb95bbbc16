/* expect: crash */
/* needs: explorer */
/* The first look needs no lock; but it may see that the table is there before it is filled. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { USERS = 3, SIZE = 4 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int *_Atomic table;
static atomic_int room[SIZE];

static void *use(void *arg)
{
    if (!atomic_load(&table)) { /* fault: crash */
        pthread_mutex_lock(&lock);
        if (!atomic_load(&table)) {
            atomic_store(&table, room); /* fault: crash */
            for (int i = 0; i < SIZE; i++)
                atomic_store(&room[i], i + 1); /* fault: crash */
        }
        pthread_mutex_unlock(&lock);
    }
    assert(atomic_load(&table)[SIZE - 1] == SIZE); /* fault: crash */
    return arg;
}

int main(void)
{
    pthread_t users[USERS];
    for (int i = 0; i < USERS; i++)
        pthread_create(&users[i], NULL, use, NULL);
    for (int i = 0; i < USERS; i++)
        pthread_join(users[i], NULL);
    puts("used");
    return 0;
}
