/* expect: clean */
#include <pthread.h>
#include <stdio.h>

#define ACCOUNTS 4

typedef struct {
    int id;
    long cents;
    pthread_mutex_t lock;
} Account;

static Account bank[ACCOUNTS];

static int transfer(Account *from, Account *to, long cents)
{
    int done = 0;

    Account *first = from->id < to->id ? from : to;
    Account *second = from->id < to->id ? to : from;
    pthread_mutex_lock(&first->lock);
    pthread_mutex_lock(&second->lock);
    if (from->cents >= cents) {
        from->cents -= cents;
        to->cents += cents;
        done = 1;
    }
    pthread_mutex_unlock(&second->lock);
    pthread_mutex_unlock(&first->lock);
    return done;
}

static void *clerk_a(void *unused)
{
    (void)unused;
    for (int i = 0; i < 500; i++)
        transfer(&bank[1], &bank[3], 5);
    return NULL;
}

static void *clerk_b(void *unused)
{
    (void)unused;
    for (int i = 0; i < 500; i++)
        transfer(&bank[3], &bank[1], 7);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    long sum = 0;

    for (int i = 0; i < ACCOUNTS; i++) {
        bank[i].id = i;
        bank[i].cents = 100;
        pthread_mutex_init(&bank[i].lock, NULL);
    }
    if (pthread_create(&a, NULL, clerk_a, NULL) || pthread_create(&b, NULL, clerk_b, NULL))
        return 1;
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    for (int i = 0; i < ACCOUNTS; i++) {
        sum += bank[i].cents;
        pthread_mutex_destroy(&bank[i].lock);
    }
    printf("total %ld\n", sum);
    return sum == 100 * ACCOUNTS ? 0 : 1;
}
