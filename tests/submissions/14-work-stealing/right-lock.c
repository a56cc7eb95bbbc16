/* The student takes a lock. It is held for two lines, and it orders everything. */
/* verdict: clean */
#include "exercise.h"

#include <pthread.h>
#include <stddef.h>

#include "must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of every pile */

void pile_put(struct pile *pile, struct task *task) {
    must(pthread_mutex_lock(&lock));
    task->below = atomic_load_explicit(&pile->top, memory_order_relaxed);
    atomic_store_explicit(&pile->top, task, memory_order_relaxed);
    must(pthread_mutex_unlock(&lock));
}

struct task *pile_take(struct pile *pile) {
    must(pthread_mutex_lock(&lock));
    struct task *tasks = atomic_load_explicit(&pile->top, memory_order_relaxed);
    atomic_store_explicit(&pile->top, NULL, memory_order_relaxed);
    must(pthread_mutex_unlock(&lock));
    return tasks;
}
