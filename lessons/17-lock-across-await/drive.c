/*
 * Two tasks transfer from the same account, which has enough for one of them; a thread looks at the
 * total meanwhile.
 */
#include "drive.h"

#include <pthread.h>

#include "exercise.h"
#include "must.h"

enum { TASKS = 2, TOTAL = 100, MILLISECONDS = 10 };

static struct clerk {
    struct task task;
    struct approval approval;
    bool is_asked; /* for the approval */
    bool is_over;
    struct delay delay;
    struct transfer transfer;
} clerks[TASKS];

static struct bank bank;
static struct executor executor;

static enum poll approval_poll(struct approval *approval, struct waker waker) {
    int which = approval == &clerks[1].approval;
    struct clerk *clerk = &clerks[which], *other = &clerks[1 - which];

    check(clerk->is_asked || bank.accounts[1] == 0,
          "the amount is in the other account before its approval is asked for");
    clerk->is_asked = true;
    enum poll result = delay_poll(&clerk->delay, MILLISECONDS, waker);
    check(result == PENDING || other->is_asked || other->is_over,
          "while an approval is awaited the other transfer stands still");
    return result;
}

static enum poll clerk_poll(struct task *task, struct waker waker) {
    struct clerk *clerk = (struct clerk *)task;

    enum poll result = transfer_poll(&clerk->transfer, waker);
    clerk->is_over = result == READY;
    return result;
}

static void *look(void *unused) {
    for (int i = 0; i < 2; i++) {
        int total = bank_total(&bank);
        check(total == TOTAL, "bank_total() is %d in mid-transfer, not %d", total, TOTAL);
    }
    return unused;
}

int main(void) {
    pthread_t looker;
    int amount = TOTAL / 2 + 1 + (int)drive_number(TOTAL / 2);

    bank_init(&bank, TOTAL, 0);
    executor_init(&executor);
    for (int i = 0; i < TASKS; i++) {
        clerks[i].task.poll = clerk_poll;
        clerks[i].approval.poll = approval_poll;
        clerks[i].transfer = (struct transfer){
            .bank = &bank, .from = 0, .to = 1, .amount = amount, .approval = &clerks[i].approval};
        executor_spawn(&executor, &clerks[i].task);
    }
    must(pthread_create(&looker, NULL, look, NULL));
    executor_run(&executor); /* until both transfers are approved or refused */
    must(pthread_join(looker, NULL));

    check(bank.accounts[0] >= 0, "an account is below 0: two transfers took the same money");
    check(clerks[0].transfer.is_refused != clerks[1].transfer.is_refused,
          "there is enough for one transfer: one is approved, and one is refused");
    for (int i = 0; i < TASKS; i++) {
        check(!clerks[i].transfer.is_refused || !clerks[i].is_asked,
              "a transfer is refused after its approval, and not at once");
    }
    check(bank.accounts[0] == TOTAL - amount && bank.accounts[1] == amount && bank.under_way == 0,
          "after all transfers the accounts have %d and %d, not %d and %d", bank.accounts[0],
          bank.accounts[1], TOTAL - amount, amount);
    executor_destroy(&executor);
    bank_destroy(&bank);
    drive_done();
    return 0;
}
