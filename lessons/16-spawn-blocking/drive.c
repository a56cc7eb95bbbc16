/*
 * Two tasks on one thread, each of which awaits a computation. The two computations meet: neither
 * ends before both are under way.
 */
#include "drive.h"

#include <pthread.h>

#include "exercise.h"
#include "must.h"

enum { TASKS = 2, POLLS_MOST = 3 }; /* at first, for nothing once, and when it is done */

static struct asker {
    struct task task;
    struct computation computation;
    int result;
    int polls;
} askers[TASKS];

static pthread_barrier_t meeting;
static struct executor executor;

static int square(int number) {
    /* Both computations must be under way at the same time. */
    int error = pthread_barrier_wait(&meeting);
    must(error == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : error);
    /* The task is woken for nothing. */
    waker_wake((struct waker){&askers[number % TASKS].task});
    return number * number;
}

static enum poll asker_poll(struct task *task, struct waker waker) {
    struct asker *asker = (struct asker *)task;

    check(asker->polls < POLLS_MOST,
          "a task is polled though nobody woke it: it must wait until its result is there");
    asker->polls++;
    return computation_poll(&asker->computation, &asker->result, waker);
}

int main(void) {
    must(pthread_barrier_init(&meeting, NULL, TASKS));
    executor_init(&executor);
    int number = TASKS * (int)drive_number(100);
    for (int i = 0; i < TASKS; i++) {
        askers[i].task.poll = asker_poll;
        computation_init(&askers[i].computation, square, number + i);
        executor_spawn(&executor, &askers[i].task);
    }
    executor_run(&executor); /* until both tasks have their result */
    for (int i = 0; i < TASKS; i++) {
        check(askers[i].result == (number + i) * (number + i),
              "the computation of %d gives %d, not its result", number + i, askers[i].result);
        computation_destroy(&askers[i].computation);
    }
    executor_destroy(&executor);
    must(pthread_barrier_destroy(&meeting));
    drive_done();
    return 0;
}
