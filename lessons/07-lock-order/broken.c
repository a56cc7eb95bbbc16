/*
 * Ann pays Bob while Bob pays Ann. A transfer holds both accounts at once, so that nobody can see
 * money that has left one of them and not reached the other.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

#include "must.h"

struct account {
    pthread_mutex_t lock; /* protects balance */
    int balance;
};

struct payment {
    struct account *from;
    struct account *to;
    int amount;
};

static struct account ann = {.lock = PTHREAD_MUTEX_INITIALIZER, .balance = 0};
static struct account bob = {.lock = PTHREAD_MUTEX_INITIALIZER, .balance = 0};

static void deposit(struct account *account, int amount) {
    must(pthread_mutex_lock(&account->lock));
    account->balance += amount;
    must(pthread_mutex_unlock(&account->lock));
}

static void transfer(struct account *from, struct account *to, int amount) {
    /* The payer's account first. */
    struct account *first = from;
    struct account *second = to;

    must(pthread_mutex_lock(&first->lock));
    must(pthread_mutex_lock(&second->lock)); /* fault: deadlock|lock-order */
    from->balance -= amount;
    to->balance += amount;
    must(pthread_mutex_unlock(&second->lock));
    must(pthread_mutex_unlock(&first->lock));
}

static void *pay(void *argument) {
    const struct payment *payment = argument;

    transfer(payment->from, payment->to, payment->amount);
    return NULL;
}

int main(void) {
    struct payment ann_pays = {.from = &ann, .to = &bob, .amount = 30};
    struct payment bob_pays = {.from = &bob, .to = &ann, .amount = 10};
    pthread_t ann_thread, bob_thread;

    deposit(&ann, 100);
    deposit(&bob, 100);
    must(pthread_create(&ann_thread, NULL, pay, &ann_pays));
    must(pthread_create(&bob_thread, NULL, pay, &bob_pays));
    must(pthread_join(ann_thread, NULL));
    must(pthread_join(bob_thread, NULL));

    printf("Ann: %d\nBob: %d\nSum: %d\n", ann.balance, bob.balance, ann.balance + bob.balance);
    must(pthread_mutex_destroy(&ann.lock));
    must(pthread_mutex_destroy(&bob.lock));
    return 0;
}
