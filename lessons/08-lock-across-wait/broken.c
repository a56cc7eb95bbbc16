/*
 * A customer asks a clerk what all the apples on the shelf cost, and waits for the answer. Both
 * have to look at the shelf.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#include "must.h"

struct shelf {
    pthread_mutex_t lock; /* protects apples and price */
    int apples;
    int price;
};

/* A question and its answer. They need no lock: a number written before sem_post() is there for
 * the thread that sem_wait() lets through. */
struct question {
    sem_t asked;
    sem_t answered;
    int apples; /* the customer writes it before asked */
    int total;  /* the clerk writes it before answered */
};

static struct shelf shelf = {.lock = PTHREAD_MUTEX_INITIALIZER, .apples = 6, .price = 2};
static struct question question;

static void *customer(void *unused) {
    (void)unused;

    must(pthread_mutex_lock(&shelf.lock));
    question.apples = shelf.apples;

    must_errno(sem_post(&question.asked));
    must_errno(sem_wait(&question.answered)); /* fault: lock-across-wait */
    must(pthread_mutex_unlock(&shelf.lock));

    printf("%d apples cost %d\n", question.apples, question.total);
    return NULL;
}

static void *clerk(void *unused) {
    (void)unused;

    must_errno(sem_wait(&question.asked));

    must(pthread_mutex_lock(&shelf.lock));
    question.total = question.apples * shelf.price;
    must(pthread_mutex_unlock(&shelf.lock));

    must_errno(sem_post(&question.answered));
    return NULL;
}

int main(void) {
    pthread_t customer_thread, clerk_thread;

    must_errno(sem_init(&question.asked, 0, 0));
    must_errno(sem_init(&question.answered, 0, 0));
    must(pthread_create(&customer_thread, NULL, customer, NULL));
    must(pthread_create(&clerk_thread, NULL, clerk, NULL));
    must(pthread_join(customer_thread, NULL));
    must(pthread_join(clerk_thread, NULL));
    must_errno(sem_destroy(&question.asked));
    must_errno(sem_destroy(&question.answered));
    must(pthread_mutex_destroy(&shelf.lock));
    return 0;
}
