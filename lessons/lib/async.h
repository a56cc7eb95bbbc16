/*
 * Tasks: many waits on one thread. It lies here, not in a lesson, because lessons 15 to 18 all use
 * it. They show what tasks do; how an executor works, this file and async.c show.
 *
 * A task is a state machine. Its poll() goes as far as it can without waiting. It returns READY
 * when the task is over. Otherwise it leaves its waker with somebody who will know when there is
 * more to do (a timer, a lock, another thread), and returns PENDING. The executor polls the task
 * again after the waker was used, and never without.
 *
 * Ownership: the executor, the tasks and all that they consist of belong to the caller. A task must
 * stay where it is until executor_run() has returned and nobody uses its waker any more.
 * Blocking: only executor_run() waits. A poll() must not.
 * Errors: what cannot go on, such as a lack of memory, ends the program with a message (must.h).
 */
#ifndef INTERLEAVE_ASYNC_H
#define INTERLEAVE_ASYNC_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum poll { PENDING, READY };

/* The right to have one task polled again. A plain value: copy it, keep it, forget it. */
struct waker {
    struct task *task;
};

/* The first member of a struct that holds the state of the task. */
struct task {
    enum poll (*poll)(struct task *task, struct waker waker); /* set by the caller */
    /* The executor's: */
    struct executor *executor;
    struct task *next; /* behind this one in the queue */
    bool is_queued;
    bool is_over;
};

struct timer {
    uint64_t due;   /* as of async_now() */
    uint64_t order; /* of two that are due at the same time, the earlier request is the first */
    struct waker waker;
};

struct executor {
    pthread_mutex_t lock; /* protects the queue and the count: wakers come from any thread */
    pthread_cond_t woken; /* the queue is no longer empty */
    struct task *first;   /* the queue of tasks to be polled */
    struct task *last;
    size_t queued;
    size_t unfinished; /* tasks that are not over */
    /* Only the thread in executor_run() touches these: */
    struct timer *timers; /* a heap: timers[i] is due no later than its children 2i+1 and 2i+2 */
    size_t timer_count;
    size_t timer_room;
    uint64_t timers_made;
};

void executor_init(struct executor *executor);
/* No task is unfinished, and nobody uses a waker of one any more. */
void executor_destroy(struct executor *executor);

/* Puts a task at the end of the queue. From any thread, also from a poll(). */
void executor_spawn(struct executor *executor, struct task *task);

/* Polls tasks on the calling thread until all are over. Sleeps while none can go on. */
void executor_run(struct executor *executor);

/* The task will be polled (again). From any thread; not while it holds the executor's lock. If the
 * task is queued already, or over, nothing changes. */
void waker_wake(struct waker waker);

/* Nanoseconds of a clock that only goes forward. */
uint64_t async_now(void);
static const uint64_t async_millisecond = 1000000;

/* Uses the waker once that time has come. Only within a poll(). */
void timer_wake_at(struct waker waker, uint64_t due);

/* A future: READY when so many milliseconds have passed since it was first polled. Begins as {0};
 * after READY it can be used again. */
struct delay {
    uint64_t due;
};
enum poll delay_poll(struct delay *delay, unsigned milliseconds, struct waker waker);

#endif
