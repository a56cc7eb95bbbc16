/* expect: stuck-wait */
/* needs: explorer */
/* The barber looks whether somebody waits, and then lies down; a customer who comes in between finds him
   awake and does not wake him. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

enum { CUSTOMERS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t awake = PTHREAD_COND_INITIALIZER;
static atomic_int waiting;
static atomic_bool asleep;

static void *barber(void *arg)
{
    for (int served = 0; served < CUSTOMERS; served++) {
        if (atomic_load(&waiting) == 0) { /* fault: stuck-wait */
            pthread_mutex_lock(&lock);
            atomic_store(&asleep, true); /* fault: stuck-wait */
            while (atomic_load(&asleep))
                pthread_cond_wait(&awake, &lock); /* fault: stuck-wait */
            pthread_mutex_unlock(&lock);
        }
        atomic_fetch_sub(&waiting, 1);
    }
    return arg;
}

static void *customer(void *arg)
{
    atomic_fetch_add(&waiting, 1); /* fault: stuck-wait */
    pthread_mutex_lock(&lock);
    if (atomic_load(&asleep)) { /* fault: stuck-wait */
        atomic_store(&asleep, false);
        pthread_cond_signal(&awake);
    }
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t shop, customers[CUSTOMERS];
    pthread_create(&shop, NULL, barber, NULL);
    for (int i = 0; i < CUSTOMERS; i++)
        pthread_create(&customers[i], NULL, customer, NULL);
    for (int i = 0; i < CUSTOMERS; i++)
        pthread_join(customers[i], NULL);
    pthread_join(shop, NULL); /* fault: stuck-wait */
    puts("shaved");
    return 0;
}
