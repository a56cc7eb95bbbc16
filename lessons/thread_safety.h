/*
 * A lock that Clang's Thread Safety Analysis knows (-Wthread-safety). It follows each function from its
 * start to its end, and asks at each line which locks are held there. For other compilers the
 * annotations are empty.
 */
#ifndef INTERLEAVE_THREAD_SAFETY_H
#define INTERLEAVE_THREAD_SAFETY_H

#include <pthread.h>

#include "must.h"

#ifdef __clang__
#define ANNOTATION(text) __attribute__((text))
#define AS_PART_OF_CALLER __attribute__((always_inline, nodebug)) /* a report names its line */
#else
#define ANNOTATION(text)
#define AS_PART_OF_CALLER
#endif

/* Of data: it is touched only while this lock is held. */
#define GUARDED_BY(lock) ANNOTATION(guarded_by(lock))

/* Of functions: the caller holds this lock. */
#define REQUIRES(lock) ANNOTATION(requires_capability(lock))

/* Of functions: when it returns the caller holds this lock, or does not hold it any more. */
#define ACQUIRES(lock) ANNOTATION(acquire_capability(lock))
#define RELEASES(lock) ANNOTATION(release_capability(lock))

/* Of functions: believe what they promise, and do not look into them. Only for the two below:
 * the analysis does not know pthread_mutex_lock(), and could not see that they keep their word. */
#define UNCHECKED ANNOTATION(no_thread_safety_analysis)

struct ANNOTATION(capability("mutex")) lock {
    pthread_mutex_t mutex;
};

#define LOCK_INITIALIZER {PTHREAD_MUTEX_INITIALIZER}

AS_PART_OF_CALLER
static inline void lock_acquire(struct lock *lock) ACQUIRES(lock) UNCHECKED;
AS_PART_OF_CALLER
static inline void lock_release(struct lock *lock) RELEASES(lock) UNCHECKED;

static inline void lock_acquire(struct lock *lock) {
    must(pthread_mutex_lock(&lock->mutex));
}

static inline void lock_release(struct lock *lock) {
    must(pthread_mutex_unlock(&lock->mutex));
}

#endif
