/*
 * A task awaits two letters that other threads deliver, another task the first of two. Then the same
 * with letters that are there already.
 */
#include "drive.h"

#include <pthread.h>
#include <semaphore.h>

#include "exercise.h"
#include "must.h"

struct letter {
    struct future future;
    pthread_mutex_t lock; /* protects is_there, is_awaited and waker */
    bool is_there, is_awaited;
    struct waker waker;
    bool is_over;
    int polls;       /* at most 3: at first, and once for each of two letters */
    sem_t asked_for; /* posted at the first poll */
};

static struct letter letters[2];
static struct executor executor;

static struct reader {
    struct task task;
    enum poll (*await)(struct pair *pair, struct waker waker);
    struct pair pair;
} reader;

static enum poll reader_poll(struct task *task, struct waker waker) {
    (void)task; /* it is the reader's */
    return reader.await(&reader.pair, waker);
}

static enum poll letter_poll(struct future *future, struct waker waker) {
    struct letter *letter = (struct letter *)future;

    check(!letter->is_over, "a future is polled again after it was READY");
    check(reader.await == both_poll || !(letters[0].is_over || letters[1].is_over),
          "either_poll() polls a future though the other one is over");
    check(letter->polls < 3,
          "a future is polled though nothing has happened: the task must wait to be woken");
    if (letter->polls++ == 0) {
        must_errno(sem_post(&letter->asked_for));
    }
    must(pthread_mutex_lock(&letter->lock));
    letter->is_over = letter->is_there;
    letter->is_awaited = true;
    letter->waker = waker;
    must(pthread_mutex_unlock(&letter->lock));
    return letter->is_over ? READY : PENDING;
}

/* The first letter is not sent before the second one is asked for, too. */
static void *deliver(void *argument) {
    struct letter *letter = argument;

    if (letter == &letters[0]) {
        must_errno(sem_wait(&letters[1].asked_for));
    }
    must(pthread_mutex_lock(&letter->lock));
    letter->is_there = true;
    if (letter->is_awaited) {
        waker_wake(letter->waker);
    }
    must(pthread_mutex_unlock(&letter->lock));
    return NULL;
}

static void check_what_is_read(void) {
    bool first = letters[0].is_over, second = letters[1].is_over;

    if (reader.await == both_poll) {
        check(first && second, "both_poll() is READY with a letter missing");
    } else {
        check(first || second, "either_poll() is READY without a letter");
        check(reader.pair.first.is_over == first && reader.pair.second.is_over == second,
              "either_poll() does not say which letter is there");
    }
}

/* Without couriers both letters are there already; one courier delivers the second letter. */
static void read_letters(enum poll (*await)(struct pair *pair, struct waker waker), int couriers) {
    pthread_t courier[2];

    reader = (struct reader){.task.poll = reader_poll, .await = await};
    reader.pair.first.future = &letters[0].future;
    reader.pair.second.future = &letters[1].future;
    for (int i = 0; i < 2; i++) {
        letters[i] = (struct letter){.future.poll = letter_poll, .is_there = couriers == 0};
        must(pthread_mutex_init(&letters[i].lock, NULL));
        must_errno(sem_init(&letters[i].asked_for, 0, 0));
    }
    executor_init(&executor);
    executor_spawn(&executor, &reader.task);
    for (int i = 0; i < couriers; i++) {
        must(pthread_create(&courier[i], NULL, deliver, &letters[1 - i]));
    }
    executor_run(&executor);
    check_what_is_read();
    for (int i = 0; i < couriers; i++) {
        must(pthread_join(courier[i], NULL));
    }
    executor_destroy(&executor);
    for (int i = 0; i < 2; i++) {
        must_errno(sem_destroy(&letters[i].asked_for));
        must(pthread_mutex_destroy(&letters[i].lock));
    }
}

int main(void) {
    read_letters(both_poll, 2);
    read_letters(either_poll, 1);
    read_letters(both_poll, 0);
    read_letters(either_poll, 0);
    drive_done();
    return 0;
}
