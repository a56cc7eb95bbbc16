/*
 * Two workers put tasks on a pile, and one of them also takes. Meanwhile main takes, until it has got
 * something. In the end it takes what is left.
 */
#include <pthread.h>
#include <sched.h>
#include <stddef.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { TASKS = 2 };

static struct pile pile;
static struct task tasks[TASKS];
static int first;            /* task i has the number first + i; set before the threads start */
static int taken[TASKS];     /* how often; plain, because a task is taken by one thread only */
static atomic_int at_it = 2; /* workers that may still put something. relaxed: it orders nothing */

static void put(int i) {
    tasks[i].number = first + i; /* the pile must hand this on to the one who takes the task */
    pile_put(&pile, &tasks[i]);
}

/* The number of tasks in the list. */
static int keep(const struct task *list) {
    int count = 0;

    for (const struct task *task = list; task != NULL; task = task->below) {
        int i = (int)(task - tasks);
        check(count++ < TASKS, "pile_take() gave a list that goes round in circles");
        check(task->number == first + i, "task %d was taken with the number %d in it, and not %d",
              i + 1, task->number, first + i);
        taken[i]++; /* a race here: two threads were given the same task */
    }
    return count;
}

static void *putter(void *unused) {
    put(0);
    atomic_fetch_sub_explicit(&at_it, 1, memory_order_relaxed);
    return unused;
}

static void *putter_and_taker(void *unused) {
    put(1);
    (void)keep(pile_take(&pile));
    atomic_fetch_sub_explicit(&at_it, 1, memory_order_relaxed);
    return unused;
}

/* What can be said of a pile that one thread uses alone. */
static void drive_alone(void) {
    static struct pile alone;
    static struct task older, newer;

    pile_put(&alone, &older);
    pile_put(&alone, &newer);
    const struct task *list = pile_take(&alone);
    check(list == &newer && list->below == &older && older.below == NULL,
          "of two tasks, pile_take() did not give the newer, then the older, then NULL");
    check(pile_take(&alone) == NULL, "pile_take() gave a task, though all were taken before");
}

int main(void) {
    pthread_t threads[2];

    drive_alone();
    first = 1 + (int)drive_number(100);
    must(pthread_create(&threads[0], NULL, putter, NULL));
    must(pthread_create(&threads[1], NULL, putter_and_taker, NULL));
    while (keep(pile_take(&pile)) == 0 && atomic_load_explicit(&at_it, memory_order_relaxed) > 0) {
        sched_yield();
    }
    must(pthread_join(threads[0], NULL));
    must(pthread_join(threads[1], NULL));
    (void)keep(pile_take(&pile));
    for (int i = 0; i < TASKS; i++) {
        check(taken[i] == 1, "task %d was put once and taken %d times", i + 1, taken[i]);
    }
    drive_done();
    return 0;
}
