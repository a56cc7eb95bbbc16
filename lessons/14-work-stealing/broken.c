/*
 * A worker has a deque of tasks: it pushes and pops them at the bottom, thieves take them from the
 * top. It is the deque of Chase and Lev (SPAA 2005), in C11 after Lê, Pop, Cohen and Zappa Nardelli
 * (PPoPP 2013). Accesses that name no order are seq_cst.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#include "must.h"

enum { TASKS = 4, THIEVES = 2 };

struct task {
    int number; /* plain: the worker's until it is pushed, and then of the one who takes it */
};

struct array {
    long capacity;
    _Atomic(struct task *) slots[TASKS]; /* place i is in slot i % capacity */
};

/* Thieves may still read an array when the deque has grown out of it. So none is ever freed. */
static struct array arrays[] = {{.capacity = 2}, {.capacity = TASKS}};

static struct {
    atomic_long top;    /* the place of the oldest task; who counts it up has taken the task */
    atomic_long bottom; /* the place behind the newest task; only the worker changes it */
    _Atomic(struct array *) array;
} deque = {.array = arrays};

static struct task tasks[TASKS];
static atomic_int left = TASKS; /* tasks that have not run. relaxed: it orders nothing */
static atomic_int sum;          /* relaxed too: main reads it when the thieves have ended */

/* relaxed: a slot publishes nothing. bottom and array do that. */
static struct task *slot_get(struct array *array, long place) {
    return atomic_load_explicit(&array->slots[place % array->capacity], memory_order_relaxed);
}
static void slot_set(struct array *array, long place, struct task *task) {
    atomic_store_explicit(&array->slots[place % array->capacity], task, memory_order_relaxed);
}

/* The worker only. */
static void deque_push(struct task *task) {
    long bottom = atomic_load(&deque.bottom), top = atomic_load(&deque.top);
    struct array *array = atomic_load(&deque.array);

    if (bottom - top == array->capacity) {
        for (long i = top; i < bottom; i++) {
            slot_set(array + 1, i, slot_get(array, i));
        }
        atomic_store(&deque.array, ++array);
    }
    slot_set(array, bottom, task);
    /* relaxed: a thief sees that the task is there, and perhaps not what is in it. */
    atomic_store_explicit(&deque.bottom, bottom + 1, memory_order_relaxed);
}

/* Any thread. The oldest task, or NULL: there is none, or somebody else has just taken it. */
static struct task *deque_steal(void) {
    long top = atomic_load(&deque.top), bottom = atomic_load(&deque.bottom);
    if (top >= bottom) {
        return NULL;
    }
    struct task *task = slot_get(atomic_load(&deque.array), top);
    return atomic_compare_exchange_strong(&deque.top, &top, top + 1) ? task : NULL;
}

/* The worker only. The newest task, or NULL. The worker lowers bottom, then looks at top; a thief
 * looks at top, then at bottom. seq_cst: one of the two sees what the other does. */
static struct task *deque_pop(void) {
    long bottom = atomic_load(&deque.bottom) - 1;
    atomic_store(&deque.bottom, bottom);
    if (atomic_load(&deque.top) < bottom) {
        return slot_get(atomic_load(&deque.array), bottom); /* no thief can come so far */
    }
    atomic_store(&deque.bottom, bottom + 1); /* one task is left, or none: do as thieves do */
    return deque_steal();
}

static void run(const struct task *task) {
    int number = task->number; /* fault: data-race */
    atomic_fetch_add_explicit(&sum, number * number, memory_order_relaxed);
    atomic_fetch_sub_explicit(&left, 1, memory_order_relaxed);
}

static void *thief(void *unused) {
    while (atomic_load_explicit(&left, memory_order_relaxed) > 0) {
        struct task *task = deque_steal();
        if (task != NULL) {
            run(task);
        }
    }
    return unused;
}

int main(void) {
    pthread_t thieves[THIEVES];

    for (int i = 0; i < THIEVES; i++) {
        must(pthread_create(&thieves[i], NULL, thief, NULL));
    }
    for (int i = 0; i < TASKS; i++) {
        tasks[i].number = i + 1; /* fault: data-race */
        deque_push(&tasks[i]);
        while (atomic_load_explicit(&left, memory_order_relaxed) == TASKS) {
            sched_yield(); /* the first task is for the thieves */
        }
    }
    for (struct task *task = deque_pop(); task != NULL; task = deque_pop()) {
        run(task);
    }
    for (int i = 0; i < THIEVES; i++) {
        must(pthread_join(thieves[i], NULL));
    }
    printf("Sum of %d squares: %d\n", TASKS, atomic_load(&sum));
    return 0;
}
