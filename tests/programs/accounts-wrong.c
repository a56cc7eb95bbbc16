/* expect: lock-order|deadlock */
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

    pthread_mutex_lock(&from->lock); /* fault: lock-order|deadlock */
    pthread_mutex_lock(&to->lock);   /* fault: lock-order|deadlock */
    if (from->cents >= cents) {
        from->cents -= cents;
        to->cents += cents;
        done = 1;
    }
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
    return done;
}

static void *clerk_a(void *unused)
{
    (void)unused;
    transfer(&bank[1], &bank[3], 50);
    return NULL;
}

static void *clerk_b(void *unused)
{
    (void)unused;
    transfer(&bank[3], &bank[1], 70);
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
