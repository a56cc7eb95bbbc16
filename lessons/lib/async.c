#include "async.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "must.h"
#include "polling.h"

enum { NANOSECONDS = 1000000000 };

uint64_t async_now(void) {
    struct timespec time;
    must_errno(clock_gettime(CLOCK_MONOTONIC, &time));
    return (uint64_t)time.tv_sec * NANOSECONDS + (uint64_t)time.tv_nsec;
}

/* The queue. The caller holds the lock. */

static void put(struct executor *executor, struct task *task) {
    if (task->is_queued || task->is_over) {
        return;
    }
    task->is_queued = true;
    task->next = NULL;
    if (executor->first) {
        executor->last->next = task;
    } else {
        executor->first = task;
    }
    executor->last = task;
    executor->queued++;
}

/* From here on a waker puts the task into the queue again, even while it is being polled: what it
 * has looked at may have changed just after it looked. */
static struct task *take(struct executor *executor) {
    struct task *task = executor->first;
    executor->first = task->next;
    executor->queued--;
    task->is_queued = false;
    return task;
}

void waker_wake(struct waker waker) {
    struct executor *executor = waker.task->executor;
    must(pthread_mutex_lock(&executor->lock));
    put(executor, waker.task);
    must(pthread_cond_signal(&executor->woken)); /* only executor_run() waits for it */
    must(pthread_mutex_unlock(&executor->lock));
}

void executor_spawn(struct executor *executor, struct task *task) {
    task->executor = executor;
    task->is_queued = false;
    task->is_over = false;
    must(pthread_mutex_lock(&executor->lock));
    executor->unfinished++;
    must(pthread_mutex_unlock(&executor->lock));
    waker_wake((struct waker){task});
}

/* The timers */

static bool is_earlier(const struct timer *a, const struct timer *b) {
    return a->due < b->due || (a->due == b->due && a->order < b->order);
}

static void swap(struct timer *a, struct timer *b) {
    struct timer other = *a;
    *a = *b;
    *b = other;
}

void timer_wake_at(struct waker waker, uint64_t due) {
    struct executor *executor = waker.task->executor;
    if (executor->timer_count == executor->timer_room) {
        executor->timer_room = executor->timer_room ? 2 * executor->timer_room : 16;
        executor->timers = must_alloc(
            realloc(executor->timers, executor->timer_room * sizeof *executor->timers));
    }
    struct timer *timers = executor->timers;
    size_t at = executor->timer_count++;
    timers[at] = (struct timer){.due = due, .order = executor->timers_made++, .waker = waker};
    while (at > 0 && is_earlier(&timers[at], &timers[(at - 1) / 2])) {
        swap(&timers[at], &timers[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static void remove_first(struct executor *executor) {
    struct timer *timers = executor->timers;
    size_t count = --executor->timer_count;
    size_t at = 0;
    timers[0] = timers[count];
    for (size_t child = 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && is_earlier(&timers[child + 1], &timers[child])) {
            child++;
        }
        if (!is_earlier(&timers[child], &timers[at])) {
            return;
        }
        swap(&timers[child], &timers[at]);
        at = child;
    }
}

/* The caller holds the lock. */
static void use_wakers_that_are_due(struct executor *executor) {
    if (executor->timer_count == 0) {
        return;
    }
    uint64_t now = async_now();
    while (executor->timer_count > 0 && executor->timers[0].due <= now) {
        put(executor, executor->timers[0].waker.task);
        remove_first(executor);
    }
}

enum poll delay_poll(struct delay *delay, unsigned milliseconds, struct waker waker) {
    uint64_t now = async_now();
    if (delay->due == 0) {
        delay->due = now + milliseconds * async_millisecond;
    }
    if (now < delay->due) {
        timer_wake_at(waker, delay->due);
        return PENDING;
    }
    delay->due = 0;
    return READY;
}

/* The executor */

void executor_init(struct executor *executor) {
    pthread_condattr_t attributes;
    *executor = (struct executor){0};
    must(pthread_mutex_init(&executor->lock, NULL));
    must(pthread_condattr_init(&attributes));
    must(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)); /* as async_now() */
    must(pthread_cond_init(&executor->woken, &attributes));
    must(pthread_condattr_destroy(&attributes));
}

void executor_destroy(struct executor *executor) {
    free(executor->timers);
    must(pthread_cond_destroy(&executor->woken));
    must(pthread_mutex_destroy(&executor->lock));
}

/* Nothing is queued: until a waker is used, or until the first timer is due. The caller holds the
 * lock, and looks at the queue again. */
static void sleep_until_woken(struct executor *executor) {
    if (executor->timer_count == 0) {
        must(pthread_cond_wait(&executor->woken, &executor->lock));
        return;
    }
    uint64_t due = executor->timers[0].due;
    struct timespec time = {(time_t)(due / NANOSECONDS), (long)(due % NANOSECONDS)};
    int error = pthread_cond_timedwait(&executor->woken, &executor->lock, &time);
    must(error == ETIMEDOUT ? 0 : error);
}

/* The caller holds the lock. A task is polled without it, so that others can use wakers. */
static void poll_first(struct executor *executor) {
    struct task *task = take(executor);

    if (task->is_over) {
        return; /* its waker was used while it was polled for the last time */
    }
    must(pthread_mutex_unlock(&executor->lock));
    poll_begins(task);
    enum poll result = task->poll(task, (struct waker){task});
    poll_ends();
    must(pthread_mutex_lock(&executor->lock));

    if (result == READY) {
        task->is_over = true;
        executor->unfinished--;
    }
}

void executor_run(struct executor *executor) {
    must(pthread_mutex_lock(&executor->lock));
    while (executor->unfinished > 0) {
        use_wakers_that_are_due(executor);
        /* As many as are queued now: a task that wakes itself again and again must not keep the
         * timers from their turn. */
        for (size_t left = executor->queued; left > 0; left--) {
            poll_first(executor);
        }
        if (executor->queued == 0 && executor->unfinished > 0) {
            sleep_until_woken(executor);
        }
    }
    must(pthread_mutex_unlock(&executor->lock));
}
