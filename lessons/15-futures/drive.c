/*
 * A task awaits two letters; another thread delivers each. Then a task awaits the first of two. Then it
 * awaits the one and the other when both letters are there already.
 */
#include "drive.h"

#include <pthread.h>
#include <semaphore.h>

#include "exercise.h"
#include "must.h"

enum { POLLS_MOST = 3 }; /* at first, and once for each of two letters */

struct letter {
    struct future future;
    pthread_mutex_t lock; /* protects is_there, is_awaited and waker */
    bool is_there;
    bool is_awaited;
    struct waker waker;
    bool is_over;
    int polls;
    sem_t asked_for; /* posted at the first poll */
};

static struct letter letters[2];
static struct executor executor;
static bool one_is_enough; /* of the two letters: set before the task begins */

static enum poll letter_poll(struct future *future, struct waker waker) {
    struct letter *letter = (struct letter *)future;
    const struct letter *other = &letters[letter == &letters[0]];

    check(!letter->is_over, "a future is polled again after it was READY");
    check(!one_is_enough || !other->is_over,
          "either_poll() polls a future though the other one is over");
    check(letter->polls < POLLS_MOST,
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

static void deliver(struct letter *letter) {
    must(pthread_mutex_lock(&letter->lock));
    letter->is_there = true;
    if (letter->is_awaited) {
        waker_wake(letter->waker);
    }
    must(pthread_mutex_unlock(&letter->lock));
}

/* The first letter is not sent before the second one is asked for, too. */
static void *deliver_first(void *unused) {
    must_errno(sem_wait(&letters[1].asked_for)); /* waits until the second future has begun */
    deliver(&letters[0]);
    return unused;
}

static void *deliver_second(void *unused) {
    deliver(&letters[1]);
    return unused;
}

static struct reader {
    struct task task;
    enum poll (*await)(struct pair *pair, struct waker waker);
    struct pair pair;
} reader;

static enum poll reader_poll(struct task *task, struct waker waker) {
    (void)task; /* it is the reader's */
    return reader.await(&reader.pair, waker);
}

static void read_letters(enum poll (*await)(struct pair *pair, struct waker waker)) {
    for (int i = 0; i < 2; i++) {
        letters[i] = (struct letter){.future.poll = letter_poll};
        must(pthread_mutex_init(&letters[i].lock, NULL));
        must_errno(sem_init(&letters[i].asked_for, 0, 0));
    }
    reader = (struct reader){.task.poll = reader_poll, .await = await};
    reader.pair.first.future = &letters[0].future;
    reader.pair.second.future = &letters[1].future;
    one_is_enough = await == either_poll;
    executor_init(&executor);
    executor_spawn(&executor, &reader.task);
}

/* Both letters are there before they are asked for. */
static void read_delivered_letters(enum poll (*await)(struct pair *pair, struct waker waker)) {
    read_letters(await);
    deliver(&letters[0]);
    deliver(&letters[1]);
    executor_run(&executor);
}

static void end(void) {
    executor_destroy(&executor);
    for (int i = 0; i < 2; i++) {
        must_errno(sem_destroy(&letters[i].asked_for));
        must(pthread_mutex_destroy(&letters[i].lock));
    }
}

int main(void) {
    pthread_t first, second;

    read_letters(both_poll);
    must(pthread_create(&first, NULL, deliver_first, NULL));
    must(pthread_create(&second, NULL, deliver_second, NULL));
    executor_run(&executor); /* returns when both letters are there */
    check(letters[0].is_over && letters[1].is_over, "both_poll() is READY with a letter missing");
    must(pthread_join(first, NULL));
    must(pthread_join(second, NULL));
    end();

    read_letters(either_poll);
    must(pthread_create(&second, NULL, deliver_second, NULL));
    executor_run(&executor); /* returns when the second letter is there */
    check(!letters[0].is_over && letters[1].is_over, "either_poll() is READY without a letter");
    check(reader.pair.second.is_over, "either_poll() does not say which letter is there");
    must(pthread_join(second, NULL));
    end();

    read_delivered_letters(both_poll);
    check(letters[0].is_over && letters[1].is_over, "both_poll() is READY with a letter missing");
    end();

    read_delivered_letters(either_poll);
    check(letters[0].is_over || letters[1].is_over, "either_poll() is READY without a letter");
    check(reader.pair.first.is_over == letters[0].is_over &&
              reader.pair.second.is_over == letters[1].is_over,
          "either_poll() does not say which letter is there");
    end();

    drive_done();
    return 0;
}
