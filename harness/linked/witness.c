// Keeps the witness file (witness.h) while the program runs: threads, waits and held locks. Linked
// beside the program, never instrumented. Without the file the calls go straight through.
#include "witness.h"

#include "calls.h"
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <valgrind/helgrind.h>

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

char interleave_witness_anchor;

struct witness *interleave_witness;
static _Thread_local struct witness_thread *self;
static _Thread_local bool unrecorded; // more threads than the file has room for

static uint64_t next_event(void) {
    return atomic_fetch_add_explicit(&interleave_witness->events, 1, memory_order_relaxed) + 1;
}

static struct witness_thread *claim_slot(void) {
    uint32_t index =
        atomic_fetch_add_explicit(&interleave_witness->thread_count, 1, memory_order_relaxed);
    if (index >= WITNESS_THREADS)
        return NULL;
    interleave_witness->threads[index].number = index;
    return &interleave_witness->threads[index];
}

static void enter_slot(struct witness_thread *slot) {
    self = slot;
    slot->handle = (uint64_t)pthread_self();
    atomic_store_explicit(&slot->tid, (int32_t)syscall(SYS_gettid), memory_order_release);
}

// The slot of this thread, NULL when nothing is recorded.
static struct witness_thread *me(void) {
    if (self || unrecorded || !interleave_witness)
        return self;
    struct witness_thread *slot = claim_slot();
    unrecorded = !slot;
    if (slot)
        enter_slot(slot);
    return self;
}

static void wait_begins(struct witness_thread *thread, enum witness_wait wait,
                        const volatile void *object, uint64_t pc) {
    if (!thread)
        return;
    thread->object = (uint64_t)(uintptr_t)object;
    thread->mutex = 0;
    thread->pc = pc;
    atomic_fetch_add_explicit(&thread->sequence, 1, memory_order_relaxed);
    atomic_store_explicit(&thread->wait, wait, memory_order_release);
}

static void wait_ends(struct witness_thread *thread) {
    if (thread)
        atomic_store_explicit(&thread->wait, WAITS_NOT, memory_order_release);
}

static void taken(struct witness_thread *thread, const volatile void *lock, uint64_t pc,
                  bool shared) {
    if (!thread)
        return;
    uint64_t object = (uint64_t)(uintptr_t)lock;
    for (uint32_t i = 0; i < thread->held_count; i++)
        if (thread->held[i].object == object) {
            thread->held[i].depth++;
            return;
        }
    if (thread->held_count < WITNESS_HELD)
        thread->held[thread->held_count++] = (struct witness_held){object, pc, shared, 1};
}

static void released(struct witness_thread *thread, const volatile void *lock) {
    if (!thread)
        return;
    uint64_t object = (uint64_t)(uintptr_t)lock;
    for (uint32_t i = thread->held_count; i-- > 0;) {
        if (thread->held[i].object != object)
            continue;
        if (--thread->held[i].depth == 0) {
            thread->held_count--;
            memmove(&thread->held[i], &thread->held[i + 1],
                    (thread->held_count - i) * sizeof thread->held[0]);
        }
        return;
    }
}

// A blocking request for `lock`: an edge of the lock-order graph for each lock already held.
static void asks(struct witness_thread *thread, enum witness_wait wait, const volatile void *lock,
                 uint64_t pc) {
    if (!thread)
        return;
    if (thread->held_count)
        record_edges(interleave_witness, thread, (uint64_t)(uintptr_t)lock, pc,
                     wait == WAITS_READ_LOCK, next_event());
    wait_begins(thread, wait, lock, pc);
}

// Threads

static void *trampoline(void *argument) {
    struct witness_thread *slot = argument;
    enter_slot(slot);
    void *(*start)(void *) = (void *(*)(void *))(uintptr_t)slot->start;
    return start((void *)(uintptr_t)slot->argument);
}

int witness_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *argument, uint64_t pc) {
    struct witness_thread *creator = me();
    struct witness_thread *slot = interleave_witness ? claim_slot() : NULL;
    if (!slot)
        return ON_BEHALF(pc, REAL(pthread_create)(thread, attributes, start, argument));
    slot->start = (uint64_t)(uintptr_t)start;
    slot->argument = (uint64_t)(uintptr_t)argument;
    slot->creator = creator ? creator->number : 0;
    slot->created_at = next_event();
    return ON_BEHALF(pc, REAL(pthread_create)(thread, attributes, trampoline, slot));
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument) {
    return witness_create(thread, attributes, start, argument, CALLER);
}

static void joined(struct witness_thread *joiner, pthread_t thread) {
    uint32_t count = atomic_load_explicit(&interleave_witness->thread_count, memory_order_relaxed);
    for (uint32_t i = count < WITNESS_THREADS ? count : WITNESS_THREADS; i-- > 0;) {
        struct witness_thread *slot = &interleave_witness->threads[i];
        if (slot->handle == (uint64_t)thread && slot->joined_at == 0) {
            slot->joiner = joiner->number;
            slot->joined_at = next_event();
            return;
        }
    }
}

int witness_join(pthread_t thread, void **result, uint64_t pc) {
    struct witness_thread *joiner = me();
    wait_begins(joiner, WAITS_JOIN, (void *)(uintptr_t)thread, pc);
    int status = ON_BEHALF(pc, REAL(pthread_join)(thread, result));
    wait_ends(joiner);
    if (joiner && status == 0)
        joined(joiner, thread);
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
    struct witness_thread *thread = me();
    asks(thread, WAITS_MUTEX, mutex, pc);
    int status = ON_BEHALF(pc, REAL(pthread_mutex_lock)(mutex));
    wait_ends(thread);
    if (is_owned(status))
        taken(thread, mutex, pc, false);
    return status;
}

int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex) {
    return witness_mutex_lock(mutex, CALLER);
}

int witness_mutex_trylock(pthread_mutex_t *mutex, uint64_t pc) {
    int status = ON_BEHALF(pc, REAL(pthread_mutex_trylock)(mutex));
    if (is_owned(status))
        taken(me(), mutex, pc, false);
    return status;
}

int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex) {
    return witness_mutex_trylock(mutex, CALLER);
}

int witness_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline, uint64_t pc) {
    int status = ON_BEHALF(pc, REAL(pthread_mutex_timedlock)(mutex, deadline));
    if (is_owned(status))
        taken(me(), mutex, pc, false);
    return status;
}

int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline) {
    return witness_mutex_timedlock(mutex, deadline, CALLER);
}

// ThreadSanitizer 14 and Helgrind 3.19 do not know pthread_mutex_clocklock and would miss that the
// lock was taken, so the deadline is moved to the clock of pthread_mutex_timedlock, which they know.
int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                   const struct timespec *deadline) {
    struct timespec now, real, moved = *deadline;
    if (clock != CLOCK_REALTIME) {
        if (clock_gettime(clock, &now) != 0)
            return EINVAL;
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
    }
    return witness_mutex_timedlock(mutex, &moved, CALLER);
}

int witness_mutex_unlock(pthread_mutex_t *mutex, uint64_t pc) {
    struct witness_thread *thread = me();
    int status = ON_BEHALF(pc, REAL(pthread_mutex_unlock)(mutex));
    if (status == 0)
        released(thread, mutex);
    return status;
}

int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex) {
    return witness_mutex_unlock(mutex, CALLER);
}

// Read-write locks and spin locks

#define READ_WRITE_LOCK(name, how, is_shared) \
    int __wrap_pthread_rwlock_##name(pthread_rwlock_t *lock) { \
        struct witness_thread *thread = me(); \
        asks(thread, how, lock, CALLER); \
        int status = ON_BEHALF(CALLER, REAL(pthread_rwlock_##name)(lock)); \
        wait_ends(thread); \
        if (status == 0) \
            taken(thread, lock, CALLER, is_shared); \
        return status; \
    } \
    int __wrap_pthread_rwlock_try##name(pthread_rwlock_t *lock) { \
        int status = ON_BEHALF(CALLER, REAL(pthread_rwlock_try##name)(lock)); \
        if (status == 0) \
            taken(me(), lock, CALLER, is_shared); \
        return status; \
    } \
    int __wrap_pthread_rwlock_timed##name(pthread_rwlock_t *lock, \
                                          const struct timespec *deadline) { \
        int status = ON_BEHALF(CALLER, REAL(pthread_rwlock_timed##name)(lock, deadline)); \
        if (status == 0) \
            taken(me(), lock, CALLER, is_shared); \
        return status; \
    }

READ_WRITE_LOCK(rdlock, WAITS_READ_LOCK, true)
READ_WRITE_LOCK(wrlock, WAITS_WRITE_LOCK, false)

int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *lock) {
    int status = ON_BEHALF(CALLER, REAL(pthread_rwlock_unlock)(lock));
    if (status == 0)
        released(me(), lock);
    return status;
}

int __wrap_pthread_spin_lock(pthread_spinlock_t *lock) {
    struct witness_thread *thread = me();
    asks(thread, WAITS_SPIN_LOCK, lock, CALLER);
    int status = ON_BEHALF(CALLER, REAL(pthread_spin_lock)(lock));
    wait_ends(thread);
    if (status == 0)
        taken(thread, lock, CALLER, false);
    return status;
}

int __wrap_pthread_spin_trylock(pthread_spinlock_t *lock) {
    int status = ON_BEHALF(CALLER, REAL(pthread_spin_trylock)(lock));
    if (status == 0)
        taken(me(), lock, CALLER, false);
    return status;
}

int __wrap_pthread_spin_unlock(pthread_spinlock_t *lock) {
    int status = ON_BEHALF(CALLER, REAL(pthread_spin_unlock)(lock));
    if (status == 0)
        released(me(), lock);
    return status;
}

// Conditions and barriers

static void cond_begins(struct witness_thread *thread, pthread_cond_t *condition,
                        pthread_mutex_t *mutex, uint64_t pc) {
    wait_begins(thread, WAITS_CONDITION, condition, pc);
    if (thread)
        thread->mutex = (uint64_t)(uintptr_t)mutex;
    released(thread, mutex);
}

static int cond_ends(struct witness_thread *thread, pthread_mutex_t *mutex, uint64_t pc,
                     int status) {
    wait_ends(thread);
    taken(thread, mutex, pc, false);
    return status;
}

int witness_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t pc) {
    struct witness_thread *thread = me();
    cond_begins(thread, condition, mutex, pc);
    return cond_ends(thread, mutex, pc, ON_BEHALF(pc, REAL(pthread_cond_wait)(condition, mutex)));
}

int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex) {
    return witness_cond_wait(condition, mutex, CALLER);
}

int witness_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           const struct timespec *deadline, uint64_t pc) {
    struct witness_thread *thread = me();
    cond_begins(thread, condition, mutex, pc);
    return cond_ends(thread, mutex, pc, ON_BEHALF(pc, REAL(pthread_cond_timedwait)(condition, mutex, deadline)));
}

int __wrap_pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                  const struct timespec *deadline) {
    return witness_cond_timedwait(condition, mutex, deadline, CALLER);
}

int __wrap_pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                  clockid_t clock, const struct timespec *deadline) {
    struct witness_thread *thread = me();
    cond_begins(thread, condition, mutex, CALLER);
    return cond_ends(thread, mutex, CALLER,
                     ON_BEHALF(CALLER, REAL(pthread_cond_clockwait)(condition, mutex,
                                                                    clock, deadline)));
}

int __wrap_pthread_barrier_wait(pthread_barrier_t *barrier) {
    struct witness_thread *thread = me();
    wait_begins(thread, WAITS_BARRIER, barrier, CALLER);
    int status = ON_BEHALF(CALLER, REAL(pthread_barrier_wait)(barrier));
    wait_ends(thread);
    return status;
}

// Semaphores, descriptors and child processes: calls that set errno

ssize_t REAL(read)(int, void *, size_t);
ssize_t REAL(recv)(int, void *, size_t, int);
int REAL(accept)(int, struct sockaddr *, socklen_t *);
pid_t REAL(wait)(int *);
pid_t REAL(waitpid)(pid_t, int *, int);

#define WAITING_CALL(type, name, how, object, parameters, arguments) \
    type __wrap_##name parameters { \
        struct witness_thread *thread = me(); \
        wait_begins(thread, how, (void *)(uintptr_t)(object), CALLER); \
        type result = ON_BEHALF(CALLER, REAL(name) arguments); \
        int problem = errno; \
        wait_ends(thread); \
        errno = problem; \
        return result; \
    }

WAITING_CALL(int, sem_wait, WAITS_SEMAPHORE, semaphore, (sem_t * semaphore), (semaphore))
WAITING_CALL(ssize_t, read, WAITS_DESCRIPTOR, fd, (int fd, void *buffer, size_t size),
             (fd, buffer, size))
WAITING_CALL(ssize_t, recv, WAITS_DESCRIPTOR, fd, (int fd, void *buffer, size_t size, int flags),
             (fd, buffer, size, flags))
WAITING_CALL(int, accept, WAITS_DESCRIPTOR, fd, (int fd, struct sockaddr *address, socklen_t *size),
             (fd, address, size))
WAITING_CALL(pid_t, wait, WAITS_CHILD, 0, (int *status), (status))
WAITING_CALL(pid_t, waitpid, WAITS_CHILD, pid, (pid_t pid, int *status, int options),
             (pid, status, options))

// A fatal signal: say which, stop, and let the harness read the stacks; afterwards the signal does
// what it would have done. A program that handles the signal itself replaces this.
static void crashed(int signal_number) {
    interleave_witness->crash_tid = (int32_t)syscall(SYS_gettid);
    atomic_store(&interleave_witness->crash_signal, signal_number);
    kill(getpid(), SIGSTOP); // tells the keeper, but another thread may take the signal first
    const struct timespec moment = {0, 1000000};
    while (!atomic_load(&interleave_witness->crash_read))
        nanosleep(&moment, NULL);
    raise(signal_number);
}

extern void __asan_init(void) __attribute__((weak));
extern void __tsan_init(void) __attribute__((weak));

static void catch_crashes(void) {
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    if (__asan_init || __tsan_init || RUNNING_ON_VALGRIND)
        return; // these tools say it better
    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++) {
        struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        sigaction(fatal[i], &action, NULL);
    }
}

static void after_fork(void) {
    self = NULL; // the child records for itself
}

__attribute__((constructor)) static void open_witness(void) {
    const char *path = getenv(WITNESS_VARIABLE);
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *map = mmap(NULL, sizeof(struct witness), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (map == MAP_FAILED)
        return;
    VALGRIND_HG_DISABLE_CHECKING(map, sizeof(struct witness));
    interleave_witness = map;
    interleave_witness->anchor = (uint64_t)(uintptr_t)&interleave_witness_anchor;
    interleave_witness->magic = WITNESS_MAGIC;
    me();
    pthread_atfork(NULL, NULL, after_fork);
    catch_crashes();
}
