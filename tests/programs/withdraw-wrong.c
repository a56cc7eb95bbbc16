/* expect: crash */
/* The balance is checked in one critical section and spent in the next. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static struct account {
    pthread_mutex_t mu;
    int balance;
} savings = {PTHREAD_MUTEX_INITIALIZER, 100};

static int can_pay(struct account *a, int n)
{
    pthread_mutex_lock(&a->mu);
    int ok = a->balance >= n;
    pthread_mutex_unlock(&a->mu);
    return ok;
}

static void pay(struct account *a, int n)
{
    pthread_mutex_lock(&a->mu);
    a->balance -= n;
    assert(a->balance >= 0); /* fault: crash */
    pthread_mutex_unlock(&a->mu);
}

static void *buy(void *price)
{
    int n = *(int *)price;
    if (can_pay(&savings, n)) /* fault: crash */
        pay(&savings, n); /* fault: crash */
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    int car = 80, boat = 70;
    pthread_create(&a, NULL, buy, &car);
    pthread_create(&b, NULL, buy, &boat);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%s\n", savings.balance < 100 ? "bought" : "poor");
    return 0;
}
