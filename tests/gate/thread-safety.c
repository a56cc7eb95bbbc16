/* passes */
#include "thread_safety.h"

static struct lock lock = LOCK_INITIALIZER;
static int count GUARDED_BY(lock);

static void grow(void) REQUIRES(lock);
static void grow(void) { count++; }

AS_PART_OF_CALLER static inline void enter(struct lock *l) ACQUIRES(l) UNCHECKED;
static inline void enter(struct lock *l) { must(pthread_mutex_lock(&l->mutex)); }

void add(void) {
    lock_acquire(&lock);
    grow();
    lock_release(&lock);
    (void)enter;
}
