/* Begins no transfer while another one is under way. So who would be refused waits for its approval. */
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
        if (bank->under_way != 0) {
            must(pthread_mutex_unlock(&bank->lock));
            waker_wake(waker); /* come back when the other one is over */
            return PENDING;
        }
        transfer->is_refused = bank->accounts[transfer->from] < transfer->amount;
        if (!transfer->is_refused) {
            bank->accounts[transfer->from] -= transfer->amount;
            bank->under_way += transfer->amount;
        }
        must(pthread_mutex_unlock(&bank->lock));
        if (transfer->is_refused) {
            return READY;
        }
        transfer->state = TRANSFER_AWAITS;
        /* fall through */
    case TRANSFER_AWAITS:
        if (transfer->approval->poll(transfer->approval, waker) == PENDING) {
            return PENDING;
        }
        must(pthread_mutex_lock(&bank->lock));
        bank->under_way -= transfer->amount;
        bank->accounts[transfer->to] += transfer->amount;
        must(pthread_mutex_unlock(&bank->lock));
        return READY;
    }
    return READY;
}
