/*
 * Three customers want a seat, and two seats are free. Whoever looks for a seat must have paid
 * before the next one looks, or a seat is sold twice. The bank takes 10 ms for a payment.
 */
#include <pthread.h>
#include <stdio.h>

#include "lib/async.h"
#include "must.h"

enum { CUSTOMERS = 3, SEATS = 2, MILLISECONDS = 10 };

static struct {
    pthread_mutex_t lock; /* protects free_seats */
    int free_seats;
} hall = {.lock = PTHREAD_MUTEX_INITIALIZER, .free_seats = SEATS};

struct customer {
    struct task task;
    enum { COMES, PAYS } state;
    int number;
    struct delay payment;
};

static enum poll hall_lock(struct customer *customer, struct waker waker) {
    (void)customer;
    (void)waker;
    must(pthread_mutex_lock(&hall.lock)); /* fault: double-lock */
    return READY;
}

static void hall_unlock(void) {
    must(pthread_mutex_unlock(&hall.lock));
}

static enum poll customer_poll(struct task *task, struct waker waker) {
    struct customer *customer = (struct customer *)task;

    switch (customer->state) {
    case COMES:
        if (hall_lock(customer, waker) == PENDING) {
            return PENDING;
        }
        if (hall.free_seats == 0) {
            printf("Customer %d comes too late\n", customer->number);
            hall_unlock();
            return READY;
        }
        customer->state = PAYS;
        /* fall through */
    case PAYS:
        if (delay_poll(&customer->payment, MILLISECONDS, waker) == PENDING) {
            return PENDING; /* with the lock */
        }
        hall.free_seats--;
        printf("Customer %d has a seat\n", customer->number);
        hall_unlock();
        return READY;
    }
    return READY; /* there is no other state */
}

static struct executor executor;
static struct customer customers[CUSTOMERS];

int main(void) {
    executor_init(&executor);
    for (int i = 0; i < CUSTOMERS; i++) {
        customers[i] = (struct customer){.task.poll = customer_poll, .number = i + 1};
        executor_spawn(&executor, &customers[i].task);
    }
    executor_run(&executor);
    executor_destroy(&executor);
    printf("Free seats: %d\n", hall.free_seats);
    return 0;
}
