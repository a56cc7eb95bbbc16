/* expect: crash */
/* needs: explorer */
/* The balance is read under the lock and written under the lock, but not under the same holding of it. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int balance = 100;

static int look(void)
{
    pthread_mutex_lock(&lock);
    int seen = balance;
    pthread_mutex_unlock(&lock); /* fault: crash */
    return seen;
}

static void enter(int amount)
{
    pthread_mutex_lock(&lock); /* fault: crash */
    balance = amount;
    pthread_mutex_unlock(&lock);
}

static void *deposit(void *arg)
{
    enter(look() + 40); /* fault: crash */
    return arg;
}

static void *withdraw(void *arg)
{
    enter(look() - 30); /* fault: crash */
    return arg;
}

int main(void)
{
    pthread_t in, out;
    pthread_create(&in, NULL, deposit, NULL);
    pthread_create(&out, NULL, withdraw, NULL);
    pthread_join(in, NULL);
    pthread_join(out, NULL);
    assert(look() == 110); /* fault: crash */
    puts("balanced");
    return 0;
}
