/* expect: clean */
/* The balance is checked and spent in one critical section. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static struct account {
    pthread_mutex_t mu;
    int balance;
} savings = {PTHREAD_MUTEX_INITIALIZER, 100};

static void pay_if_possible(struct account *a, int n)
{
    pthread_mutex_lock(&a->mu);
    if (a->balance >= n)
        a->balance -= n;
    assert(a->balance >= 0);
    pthread_mutex_unlock(&a->mu);
}

static void *buy(void *price)
{
    int n = *(int *)price;
    pay_if_possible(&savings, n);
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
