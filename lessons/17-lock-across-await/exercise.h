/*
 * Transfers between accounts, by tasks. Another office has to approve each one, and that takes time.
 *
 * The tasks belong to one executor, and so to one thread; bank_total() may be called from any thread
 * at the same time. While an approval is awaited everybody else may use the bank.
 * Ownership: all belongs to the caller. Nothing here waits for more than a short lock.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>
#include <stdbool.h>

#include "lib/async.h"

enum { ACCOUNTS = 2 };

struct bank {
    pthread_mutex_t lock; /* protects all below */
    int accounts[ACCOUNTS];
    int under_way; /* taken from an account, and not yet in another one */
};

/* A future: READY when the transfer is approved. After READY it is not polled again. */
struct approval {
    enum poll (*poll)(struct approval *approval, struct waker waker);
};

/* Begins with bank, from, to, amount and approval set, and all else 0. */
struct transfer {
    struct bank *bank;
    int from, to, amount;
    struct approval *approval;
    enum { TRANSFER_BEGINS, TRANSFER_AWAITS } state;
    bool is_refused;
};

void bank_init(struct bank *bank, int first, int second);
void bank_destroy(struct bank *bank);

/* All money, also what is under way: at every moment the same sum. */
int bank_total(struct bank *bank);

/* READY when the amount is in the other account, where it comes after the approval and not before; or
 * when it was refused at once (is_refused), since the account had too little. No account is ever below
 * 0. */
enum poll transfer_poll(struct transfer *transfer, struct waker waker);

#endif
