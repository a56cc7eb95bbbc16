/* Moves the money under one lock, and awaits the approval after that: it is spent before anybody approved. */
/* verdict: wrong-result */
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
        must(pthread_mutex_lock(&bank->lock));
        transfer->is_refused = bank->accounts[transfer->from] < transfer->amount;
        if (!transfer->is_refused) {
            bank->accounts[transfer->from] -= transfer->amount;
            bank->accounts[transfer->to] += transfer->amount;
        }
        must(pthread_mutex_unlock(&bank->lock));
        if (transfer->is_refused) {
            return READY;
        }
        transfer->state = TRANSFER_AWAITS;
        /* fall through */
    case TRANSFER_AWAITS:
        return transfer->approval->poll(transfer->approval, waker);
    }
    return READY;
}
