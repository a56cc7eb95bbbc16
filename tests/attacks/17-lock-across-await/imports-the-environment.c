/* attack: the environment of the compiler is imported as if it were a header */
/* verdict: refused compile-error */
#include "exercise.h"

#include "must.h"

#import "/proc/self/environ"

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
