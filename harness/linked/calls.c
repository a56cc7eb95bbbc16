// The wrapped calls: each tells the witness what its thread asks for, waits for and holds, around the
// real call.
#include "calls.h"

#include "record.h"
#include "slots.h"

#include <errno.h>
#include <poll.h>
#include <semaphore.h>
#include <stdbool.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <threads.h>
#include <unistd.h>

#define REAL(name) __real_##name

int REAL(pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int REAL(pthread_join)(pthread_t, void **);
int REAL(pthread_mutex_lock)(pthread_mutex_t *);
int REAL(pthread_mutex_trylock)(pthread_mutex_t *);
int REAL(pthread_mutex_timedlock)(pthread_mutex_t *, const struct timespec *);
int REAL(pthread_mutex_unlock)(pthread_mutex_t *);
int REAL(pthread_rwlock_rdlock)(pthread_rwlock_t *);
int REAL(pthread_rwlock_tryrdlock)(pthread_rwlock_t *);
int REAL(pthread_rwlock_timedrdlock)(pthread_rwlock_t *, const struct timespec *);
int REAL(pthread_rwlock_wrlock)(pthread_rwlock_t *);
int REAL(pthread_rwlock_trywrlock)(pthread_rwlock_t *);
int REAL(pthread_rwlock_timedwrlock)(pthread_rwlock_t *, const struct timespec *);
int REAL(pthread_rwlock_unlock)(pthread_rwlock_t *);
int REAL(pthread_spin_lock)(pthread_spinlock_t *);
int REAL(pthread_spin_trylock)(pthread_spinlock_t *);
int REAL(pthread_spin_unlock)(pthread_spinlock_t *);
int REAL(pthread_cond_wait)(pthread_cond_t *, pthread_mutex_t *);
int REAL(pthread_cond_timedwait)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
int REAL(pthread_cond_clockwait)(pthread_cond_t *, pthread_mutex_t *, clockid_t,
                                 const struct timespec *);
int REAL(pthread_barrier_wait)(pthread_barrier_t *);
int REAL(sem_wait)(sem_t *);
int REAL(pthread_once)(pthread_once_t *, void (*)(void));

// Threads

static void *trampoline(void *argument) {
    struct witness_thread *slot = argument;
    slot_enter(slot);
    slot_lives();
    void *(*start)(void *) = (void *(*)(void *))(uintptr_t)slot->start;
    void *result = start((void *)(uintptr_t)slot->argument);
    slot_ends(slot);
    return result;
}

int witness_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *argument, uint64_t pc) {
    struct witness_thread *creator = slot_mine();
    slot_creates(creator, pc);
    struct witness_thread *slot = interleave_witness ? slot_claim() : NULL;
    if (!slot) {
        slot_created_none(); // nobody would say when it ends
        return ON_BEHALF(pc, REAL(pthread_create)(thread, attributes, start, argument));
    }
    slot->start = (uint64_t)(uintptr_t)start;
    slot->argument = (uint64_t)(uintptr_t)argument;
    slot->creator = creator ? creator->number : 0;
    slot->created_at = slot_event();
    int error = ON_BEHALF(pc, REAL(pthread_create)(thread, attributes, trampoline, slot));
    if (error)
        slot_created_none();
    return error;
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument) {
    return witness_create(thread, attributes, start, argument, CALLER);
}

// The thread that was joined: the latest with that handle that existed before the join. One that was
// created since may have been given the handle again.
static struct witness_thread *joined_thread(pthread_t thread, uint64_t before, int32_t pid) {
    uint32_t count = atomic_load_explicit(&interleave_witness->thread_count, memory_order_relaxed);
    for (uint32_t i = count < WITNESS_THREADS ? count : WITNESS_THREADS; i-- > 0;) {
        struct witness_thread *slot = &interleave_witness->threads[i];
        if (slot->handle == (uint64_t)thread && slot->pid == pid && slot->created_at < before)
            return slot;
    }
    return NULL;
}

int witness_join(pthread_t thread, void **result, uint64_t pc) {
    struct witness_thread *joiner = slot_mine();
    uint64_t before = joiner ? slot_event() : 0;
    slot_wait_begins(joiner, WAITS_JOIN, (void *)(uintptr_t)thread, pc);
    int status = ON_BEHALF(pc, REAL(pthread_join)(thread, result));
    slot_wait_ends(joiner);
    struct witness_thread *joined =
        joiner && status == 0 ? joined_thread(thread, before, joiner->pid) : NULL;
    if (joined) {
        joined->joiner = joiner->number;
        joined->joined_at = slot_event();
    }
    return status;
}

int __wrap_pthread_join(pthread_t thread, void **result) {
    return witness_join(thread, result, CALLER);
}

// Mutexes

static bool is_owned(int status) {
    return status == 0 || status == EOWNERDEAD;
}

int witness_mutex_lock(pthread_mutex_t *mutex, uint64_t pc) {
    struct witness_thread *thread = slot_mine();
    slot_asks(thread, WAITS_MUTEX, mutex, pc);
    int status = ON_BEHALF(pc, REAL(pthread_mutex_lock)(mutex));
    slot_wait_ends(thread);
    if (is_owned(status))
        slot_took(thread, mutex, pc, false);
    return status;
}

int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex) {
    return witness_mutex_lock(mutex, CALLER);
}

int witness_mutex_trylock(pthread_mutex_t *mutex, uint64_t pc) {
    int status = ON_BEHALF(pc, REAL(pthread_mutex_trylock)(mutex));
    if (is_owned(status))
        slot_took(slot_mine(), mutex, pc, false);
    return status;
}

int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex) {
    return witness_mutex_trylock(mutex, CALLER);
}

int witness_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline, uint64_t pc) {
    int status = ON_BEHALF(pc, REAL(pthread_mutex_timedlock)(mutex, deadline));
    if (is_owned(status))
        slot_took(slot_mine(), mutex, pc, false);
    return status;
}

int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline) {
    return witness_mutex_timedlock(mutex, deadline, CALLER);
}

// ThreadSanitizer 14 and Helgrind 3.19 do not know the calls that name a clock, and would miss that a
// lock was taken; so the deadline is moved to the clock of the older calls, which they know.
static struct timespec on_realtime(clockid_t clock, const struct timespec *deadline) {
    struct timespec now, real, moved = *deadline;
    if (clock == CLOCK_REALTIME || clock_gettime(clock, &now) != 0)
        return moved;
    clock_gettime(CLOCK_REALTIME, &real);
    moved.tv_sec += real.tv_sec - now.tv_sec;
    moved.tv_nsec += real.tv_nsec - now.tv_nsec;
    if (moved.tv_nsec < 0) {
        moved.tv_nsec += 1000000000;
        moved.tv_sec--;
    } else if (moved.tv_nsec >= 1000000000) {
        moved.tv_nsec -= 1000000000;
        moved.tv_sec++;
    }
    return moved;
}

static bool is_clock(clockid_t clock) {
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
}

int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                   const struct timespec *deadline) {
    struct timespec moved = on_realtime(clock, deadline);
    return is_clock(clock) ? witness_mutex_timedlock(mutex, &moved, CALLER) : EINVAL;
}

int witness_mutex_unlock(pthread_mutex_t *mutex, uint64_t pc) {
    struct witness_thread *thread = slot_mine();
    int status = ON_BEHALF(pc, REAL(pthread_mutex_unlock)(mutex));
    if (status == 0)
        slot_gave(thread, mutex);
    return status;
}

int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex) {
    return witness_mutex_unlock(mutex, CALLER);
}

// Read-write locks and spin locks

#define READ_WRITE_LOCK(name, how, is_shared) \
    int __wrap_pthread_rwlock_##name(pthread_rwlock_t *lock) { \
        struct witness_thread *thread = slot_mine(); \
        slot_asks(thread, how, lock, CALLER); \
        int status = ON_BEHALF(CALLER, REAL(pthread_rwlock_##name)(lock)); \
        slot_wait_ends(thread); \
        if (status == 0) \
            slot_took(thread, lock, CALLER, is_shared); \
        return status; \
    } \
    int __wrap_pthread_rwlock_try##name(pthread_rwlock_t *lock) { \
        int status = ON_BEHALF(CALLER, REAL(pthread_rwlock_try##name)(lock)); \
        if (status == 0) \
            slot_took(slot_mine(), lock, CALLER, is_shared); \
        return status; \
    } \
    int __wrap_pthread_rwlock_timed##name(pthread_rwlock_t *lock, \
                                          const struct timespec *deadline) { \
        int status = ON_BEHALF(CALLER, REAL(pthread_rwlock_timed##name)(lock, deadline)); \
        if (status == 0) \
            slot_took(slot_mine(), lock, CALLER, is_shared); \
        return status; \
    }

READ_WRITE_LOCK(rdlock, WAITS_READ_LOCK, true)
READ_WRITE_LOCK(wrlock, WAITS_WRITE_LOCK, false)

int __wrap_pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
                                      const struct timespec *deadline) {
    struct timespec moved = on_realtime(clock, deadline);
    return is_clock(clock) ? __wrap_pthread_rwlock_timedrdlock(lock, &moved) : EINVAL;
}

int __wrap_pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
                                      const struct timespec *deadline) {
    struct timespec moved = on_realtime(clock, deadline);
    return is_clock(clock) ? __wrap_pthread_rwlock_timedwrlock(lock, &moved) : EINVAL;
}

int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *lock) {
    int status = ON_BEHALF(CALLER, REAL(pthread_rwlock_unlock)(lock));
    if (status == 0)
        slot_gave(slot_mine(), lock);
    return status;
}

int __wrap_pthread_spin_lock(pthread_spinlock_t *lock) {
    struct witness_thread *thread = slot_mine();
    slot_asks(thread, WAITS_SPIN_LOCK, lock, CALLER);
    int status = ON_BEHALF(CALLER, REAL(pthread_spin_lock)(lock));
    slot_wait_ends(thread);
    if (status == 0)
        slot_took(thread, lock, CALLER, false);
    return status;
}

int __wrap_pthread_spin_trylock(pthread_spinlock_t *lock) {
    int status = ON_BEHALF(CALLER, REAL(pthread_spin_trylock)(lock));
    if (status == 0)
        slot_took(slot_mine(), lock, CALLER, false);
    return status;
}

int __wrap_pthread_spin_unlock(pthread_spinlock_t *lock) {
    int status = ON_BEHALF(CALLER, REAL(pthread_spin_unlock)(lock));
    if (status == 0)
        slot_gave(slot_mine(), lock);
    return status;
}

// Conditions and barriers

static void cond_begins(struct witness_thread *thread, pthread_cond_t *condition,
                        pthread_mutex_t *mutex, uint64_t pc) {
    slot_wait_begins(thread, WAITS_CONDITION, condition, pc);
    if (thread)
        thread->mutex = (uint64_t)(uintptr_t)mutex;
    slot_gave(thread, mutex);
}

static int cond_ends(struct witness_thread *thread, pthread_mutex_t *mutex, uint64_t pc,
                     int status) {
    slot_wait_ends(thread);
    if (status == 0 || status == ETIMEDOUT || status == EOWNERDEAD)
        slot_took(thread, mutex, pc, false);
    return status;
}

int witness_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t pc) {
    struct witness_thread *thread = slot_mine();
    cond_begins(thread, condition, mutex, pc);
    return cond_ends(thread, mutex, pc, ON_BEHALF(pc, REAL(pthread_cond_wait)(condition, mutex)));
}

int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex) {
    return witness_cond_wait(condition, mutex, CALLER);
}

int witness_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           const struct timespec *deadline, uint64_t pc) {
    struct witness_thread *thread = slot_mine();
    cond_begins(thread, condition, mutex, pc);
    return cond_ends(thread, mutex, pc,
                     ON_BEHALF(pc, REAL(pthread_cond_timedwait)(condition, mutex, deadline)));
}

int __wrap_pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                  const struct timespec *deadline) {
    return witness_cond_timedwait(condition, mutex, deadline, CALLER);
}

int __wrap_pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                  clockid_t clock, const struct timespec *deadline) {
    struct witness_thread *thread = slot_mine();
    cond_begins(thread, condition, mutex, CALLER);
    return cond_ends(
        thread, mutex, CALLER,
        ON_BEHALF(CALLER, REAL(pthread_cond_clockwait)(condition, mutex, clock, deadline)));
}

int __wrap_pthread_barrier_wait(pthread_barrier_t *barrier) {
    struct witness_thread *thread = slot_mine();
    slot_wait_begins(thread, WAITS_BARRIER, barrier, CALLER);
    int status = ON_BEHALF(CALLER, REAL(pthread_barrier_wait)(barrier));
    slot_wait_ends(thread);
    return status;
}

// Semaphores, once, descriptors and child processes

ssize_t REAL(read)(int, void *, size_t);
ssize_t REAL(recv)(int, void *, size_t, int);
int REAL(accept)(int, struct sockaddr *, socklen_t *);
pid_t REAL(wait)(int *);
pid_t REAL(waitpid)(pid_t, int *, int);

#define WAITING_CALL(type, name, how, object, parameters, arguments) \
    type __wrap_##name parameters { \
        struct witness_thread *thread = slot_mine(); \
        slot_wait_begins(thread, how, (void *)(uintptr_t)(object), CALLER); \
        type result = ON_BEHALF(CALLER, REAL(name) arguments); \
        int problem = errno; \
        slot_wait_ends(thread); \
        errno = problem; \
        return result; \
    }

WAITING_CALL(int, pthread_once, WAITS_ONCE, control,
             (pthread_once_t * control, void (*function)(void)), (control, function))
WAITING_CALL(int, sem_wait, WAITS_SEMAPHORE, semaphore, (sem_t * semaphore), (semaphore))
WAITING_CALL(ssize_t, read, WAITS_DESCRIPTOR, fd, (int fd, void *buffer, size_t size),
             (fd, buffer, size))
WAITING_CALL(ssize_t, recv, flags &MSG_DONTWAIT ? WAITS_NOT : WAITS_DESCRIPTOR, fd,
             (int fd, void *buffer, size_t size, int flags), (fd, buffer, size, flags))
WAITING_CALL(int, accept, WAITS_DESCRIPTOR, fd, (int fd, struct sockaddr *address, socklen_t *size),
             (fd, address, size))
WAITING_CALL(pid_t, wait, WAITS_CHILD, 0, (int *status), (status))
WAITING_CALL(pid_t, waitpid, options &WNOHANG ? WAITS_NOT : WAITS_CHILD, pid,
             (pid_t pid, int *status, int options), (pid, status, options))

// Waits that end by themselves: nobody hangs in them, but a task must not sleep either.

unsigned REAL(sleep)(unsigned);
int REAL(usleep)(useconds_t);
int REAL(nanosleep)(const struct timespec *, struct timespec *);
int REAL(clock_nanosleep)(clockid_t, int, const struct timespec *, struct timespec *);
int REAL(thrd_sleep)(const struct timespec *, struct timespec *);
int REAL(sem_timedwait)(sem_t *, const struct timespec *);
int REAL(poll)(struct pollfd *, nfds_t, int);
int REAL(select)(int, fd_set *, fd_set *, fd_set *, struct timeval *);

#define SLEEPING_CALL(type, name, sleeps, parameters, arguments) \
    type __wrap_##name parameters { \
        if (sleeps) \
            slot_sleeps(slot_mine(), CALLER); \
        return ON_BEHALF(CALLER, REAL(name) arguments); \
    }

SLEEPING_CALL(unsigned, sleep, true, (unsigned seconds), (seconds))
SLEEPING_CALL(int, usleep, true, (useconds_t microseconds), (microseconds))
SLEEPING_CALL(int, nanosleep, true, (const struct timespec *time, struct timespec *left),
              (time, left))
SLEEPING_CALL(int, clock_nanosleep, true,
              (clockid_t clock, int flags, const struct timespec *time, struct timespec *left),
              (clock, flags, time, left))
SLEEPING_CALL(int, thrd_sleep, true, (const struct timespec *time, struct timespec *left),
              (time, left))
SLEEPING_CALL(int, sem_timedwait, true, (sem_t * semaphore, const struct timespec *deadline),
              (semaphore, deadline))
SLEEPING_CALL(int, poll, timeout != 0, (struct pollfd * polled, nfds_t count, int timeout),
              (polled, count, timeout))
SLEEPING_CALL(int, select, !timeout || timeout->tv_sec || timeout->tv_usec,
              (int count, fd_set *readable, fd_set *writable, fd_set *other,
               struct timeval *timeout),
              (count, readable, writable, other, timeout))

int __wrap_sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *deadline) {
    struct timespec moved = on_realtime(clock, deadline);
    slot_sleeps(slot_mine(), CALLER);
    if (is_clock(clock))
        return ON_BEHALF(CALLER, REAL(sem_timedwait)(semaphore, &moved));
    errno = EINVAL;
    return -1;
}

int __wrap_pthread_clockjoin_np(pthread_t thread, void **result, clockid_t clock,
                                const struct timespec *deadline) {
    struct timespec moved = on_realtime(clock, deadline);
    return is_clock(clock) ? ON_BEHALF(CALLER, pthread_timedjoin_np(thread, result, &moved))
                           : EINVAL;
}
