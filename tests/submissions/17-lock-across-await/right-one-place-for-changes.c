/* Each change is made by one function under the lock, which moves an amount from one number to another. */
/* verdict: clean */
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

/* False when there is too little. */
static bool moved(struct bank *bank, int *from, int *to, int amount) {
    must(pthread_mutex_lock(&bank->lock));
    bool is_enough = *from >= amount;
    if (is_enough) {
        *from -= amount;
        *to += amount;
    }
    must(pthread_mutex_unlock(&bank->lock));
    return is_enough;
}

enum poll transfer_poll(struct transfer *transfer, struct waker waker) {
    struct bank *bank = transfer->bank;

    switch (transfer->state) {
    case TRANSFER_BEGINS:
        if (!moved(bank, &bank->accounts[transfer->from], &bank->under_way, transfer->amount)) {
            transfer->is_refused = true;
            return READY;
        }
        transfer->state = TRANSFER_AWAITS;
        /* fall through */
    case TRANSFER_AWAITS:
        if (transfer->approval->poll(transfer->approval, waker) == PENDING) {
            return PENDING;
        }
        moved(bank, &bank->under_way, &bank->accounts[transfer->to], transfer->amount);
        return READY;
    }
    return READY; /* there is no other state */
}
