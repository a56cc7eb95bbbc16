/* A task that finds the lock taken gives up its turn, so the thread never waits for itself. But nobody
   wakes the task when the lock is free; and the lock is still held over the await. */
/* verdict: wrong-result stuck-wait */
#include "exercise.h"

#include "must.h"

void bank_init(struct bank *bank, int first, int second) {
    *bank = (struct bank){.accounts = {first, second}};
    must(pthread_mutex_init(&bank->lock, NULL));
}

void bank_destroy(struct bank *bank) {
    must(pthread_mutex_destroy(&bank->lock));
}

int bank_total(struct bank *bank) {
    must(pthread_mutex_lock(&bank->lock));
    int total = bank->accounts[0] + bank->accounts[1] + bank->under_way;
    must(pthread_mutex_unlock(&bank->lock));
    return total;
}

enum poll transfer_poll(struct transfer *transfer, struct waker waker) {
    struct bank *bank = transfer->bank;

    switch (transfer->state) {
    case TRANSFER_BEGINS:
        if (pthread_mutex_trylock(&bank->lock) != 0) {
            (void)waker;
            return PENDING;
        }
        transfer->is_refused = bank->accounts[transfer->from] < transfer->amount;
        if (transfer->is_refused) {
            must(pthread_mutex_unlock(&bank->lock));
            return READY;
        }
        transfer->state = TRANSFER_AWAITS;
        /* fall through */
    case TRANSFER_AWAITS:
        if (transfer->approval->poll(transfer->approval, waker) == PENDING) {
            return PENDING;
        }
        bank->accounts[transfer->from] -= transfer->amount;
        bank->accounts[transfer->to] += transfer->amount;
        must(pthread_mutex_unlock(&bank->lock));
        return READY;
    }
    return READY; /* there is no other state */
}
