/*
 * Ten thousand waits for one event, all at the same time, as tasks on one thread. Fewer of them as
 * threads, and both are measured. What varies from run to run goes to standard error.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/async.h"
#include "lib/limits.h"
#include "must.h"

enum { WAITS = 10000, BAR = 40 };

struct cost {
    size_t count;
    double microseconds, bytes; /* each */
};

/* `before` was taken when nobody had begun, `memory` when all waited. */
static struct cost cost_of(size_t count, uint64_t began, size_t before, size_t memory) {
    double time = (double)(async_now() - began) / 1e3;
    double taken = (double)(memory > before ? memory - before : 0);
    return (struct cost){count, time / (double)count, taken / (double)count};
}

static sem_t event;

static void *wait_in_thread(void *unused) {
    must_errno(sem_wait(&event));
    return unused;
}

/* Never all the threads that the system has left: others need some. */
static size_t bound(size_t wanted) {
    return wanted; /* the cause: no bound */
}

static struct cost run_threads(size_t count) {
    size_t before = limits_memory();
    uint64_t began = async_now();
    pthread_t *threads = must_alloc(malloc(count * sizeof *threads));

    must_errno(sem_init(&event, 0, 0));
    for (size_t i = 0; i < count; i++) {
        must(pthread_create(&threads[i], NULL, wait_in_thread, NULL)); /* fault: memory-growth */
    }
    size_t memory = limits_memory();
    for (size_t i = 0; i < count; i++) {
        must_errno(sem_post(&event));
    }
    for (size_t i = 0; i < count; i++) {
        must(pthread_join(threads[i], NULL));
    }
    must_errno(sem_destroy(&event));
    free(threads);
    return cost_of(count, began, before, memory);
}

static struct wait {
    struct task task;
    struct waker waker;
    bool is_waiting;
} *waits;

static size_t memory_of_tasks;

static enum poll wait_poll(struct task *task, struct waker waker) {
    struct wait *wait = (struct wait *)task;
    if (wait->is_waiting) {
        return READY; /* the event has come */
    }
    wait->is_waiting = true;
    wait->waker = waker;
    if (wait == &waits[WAITS - 1]) { /* all wait: now the event comes */
        memory_of_tasks = limits_memory();
        for (size_t i = 0; i < WAITS; i++) {
            waker_wake(waits[i].waker);
        }
    }
    return PENDING;
}

static struct cost run_tasks(void) {
    struct executor executor;
    size_t before = limits_memory();
    uint64_t began = async_now();

    waits = must_alloc(calloc(WAITS, sizeof *waits));
    executor_init(&executor);
    for (size_t i = 0; i < WAITS; i++) {
        waits[i].task.poll = wait_poll;
        executor_spawn(&executor, &waits[i].task);
    }
    executor_run(&executor);
    executor_destroy(&executor);
    free(waits);
    return cost_of(WAITS, began, before, memory_of_tasks);
}

static void print_row(const char *name, struct cost cost, double most) {
    int length = most > 0 ? (int)(cost.bytes / most * (double)BAR) : 0;
    fprintf(stderr, "%-8s %6zu %9.2f us %9.2f KiB  %.*s\n", name, cost.count, cost.microseconds,
            cost.bytes / 1024, length > 0 ? length : 1, "########################################");
}

int main(void) {
    struct cost threads = run_threads(bound(WAITS));
    struct cost tasks = run_tasks();

    fprintf(stderr, "         number    time each   memory each\n");
    print_row("threads", threads, threads.bytes);
    print_row("tasks", tasks, threads.bytes);
    printf("%d waits on one thread are over\n", WAITS);
    return 0;
}
