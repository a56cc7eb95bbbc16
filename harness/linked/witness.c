// Keeps the witness file (witness.h) while the program runs: threads, waits and held locks. Linked
// beside the program, never instrumented. Without the file the calls go straight through.
#include "witness.h"

#include "record.h"
#include "slots.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>
#include <valgrind/helgrind.h>

int __real_nanosleep(const struct timespec *time, struct timespec *left);

char interleave_witness_anchor;

struct witness *interleave_witness;
static _Thread_local struct witness_thread *self;
static bool forked;
static _Thread_local bool unrecorded; // more threads than the file has room for

uint64_t slot_event(void) {
    return atomic_fetch_add_explicit(&interleave_witness->events, 1, memory_order_relaxed) + 1;
}

struct witness_thread *slot_claim(void) {
    uint32_t index =
        atomic_fetch_add_explicit(&interleave_witness->thread_count, 1, memory_order_relaxed);
    if (index >= WITNESS_THREADS) {
        atomic_store(&interleave_witness->incomplete, 1);
        return NULL;
    }
    interleave_witness->threads[index].number = index;
    return &interleave_witness->threads[index];
}

// The frames of the program's functions on this thread's stack end below that address.
static _Thread_local uintptr_t stack_end;
extern void *__libc_stack_end; // of the main thread

void slot_enter(struct witness_thread *slot) {
    self = slot;
    uintptr_t caller = *(const uintptr_t *)__builtin_frame_address(0);
    stack_end = slot->number == 0 ? (uintptr_t)__libc_stack_end : caller + 2 * sizeof caller;
    slot->handle = (uint64_t)pthread_self();
    slot->pid = (int32_t)getpid();
    atomic_store_explicit(&slot->tid, (int32_t)syscall(SYS_gettid), memory_order_release);
}

// The slot of this thread, NULL when nothing is recorded.
struct witness_thread *slot_mine(void) {
    if (self || unrecorded || !interleave_witness)
        return self;
    struct witness_thread *slot = slot_claim();
    unrecorded = !slot;
    if (slot)
        slot_enter(slot);
    return self;
}

// Random yields, as ConTest does (Edelstein et al. 2002): a free run on one processor would let each
// thread go on until it blocks, and so always meet the same schedule.
static void make_noise(void) {
    static _Thread_local uint64_t state;
    if (!interleave_witness || !interleave_witness->noise)
        return;
    if (!state)
        state = interleave_witness->noise * 0x9e3779b97f4a7c15u + (self ? self->number : 0) + 1;
    state ^= state << 13; // xorshift64 (Marsaglia 2003)
    state ^= state >> 7;
    state ^= state << 17;
    if (state >> 63)
        sched_yield();
}

// Who called the function that made the call at pc, and so on. Code that keeps no frame pointer may leave
// anything in its place, so only what lies further up on this stack is followed.
static void record_callers(uint64_t pc, uint64_t callers[WITNESS_CALLERS]) {
    const uintptr_t *frame = __builtin_frame_address(0);
    size_t count = 0;
    bool beyond = false; // pc
    for (int depth = 0; depth < 16 && count < WITNESS_CALLERS - 1; depth++) {
        uintptr_t next = frame[0];
        if (beyond)
            callers[count++] = frame[1];
        beyond = beyond || frame[1] == pc;
        if (next <= (uintptr_t)frame || next + 2 * sizeof *frame > stack_end ||
            next % sizeof *frame)
            break;
        frame = (const uintptr_t *)next;
    }
    callers[count] = 0;
}

// Tasks: this thread polls one.
static _Thread_local bool polls;

void interleave_poll_begins(const void *task);
void interleave_poll_begins(const void *task) {
    (void)task;
    polls = true;
}

void interleave_poll_ends(void);
void interleave_poll_ends(void) {
    polls = false;
}

static void note_call(struct witness_call *call, const struct witness_thread *thread,
                      enum witness_wait wait, const volatile void *object, uint64_t pc) {
    uint32_t nobody = 0;
    if (!atomic_compare_exchange_strong_explicit(&call->claimed, &nobody, 1, memory_order_relaxed,
                                                 memory_order_relaxed))
        return; // the first one tells enough
    call->thread = thread ? thread->number : 0;
    call->wait = wait;
    call->object = (uint64_t)(uintptr_t)object;
    call->pc = pc;
    record_callers(pc, call->callers);
    atomic_store_explicit(&call->readable, 1, memory_order_release);
}

// The threads of the program, when there is a ceiling for them

static pthread_key_t alive; // its destructor runs however the thread ends

static void thread_ended(void *unused) {
    (void)unused;
    atomic_fetch_sub_explicit(&interleave_witness->threads_alive, 1, memory_order_relaxed);
}

static bool counts_threads(void) {
    return interleave_witness && interleave_witness->threads_allowed && !forked;
}

void slot_creates(const struct witness_thread *creator, uint64_t pc) {
    if (!counts_threads())
        return;
    uint32_t threads =
        atomic_fetch_add_explicit(&interleave_witness->threads_alive, 1, memory_order_relaxed) + 2;
    if (threads <= interleave_witness->threads_allowed)
        return;
    note_call(&interleave_witness->crowd, creator, WAITS_NOT, NULL, pc);
    _exit(EXIT_FAILURE); // before the machine has to bear them
}

void slot_lives(void) {
    if (counts_threads())
        pthread_setspecific(alive, &alive);
}

void slot_created_none(void) {
    if (counts_threads())
        thread_ended(NULL);
}

// What others must end may block, and a task must not. Whether it does this time is luck.

void slot_sleeps(struct witness_thread *thread, uint64_t pc) {
    if (thread && polls)
        note_call(&interleave_witness->blocked, thread, WAITS_TIME, NULL, pc);
}

// Waiting for a lock is not a wait in this sense: who holds it must not wait either.
static bool is_wait(enum witness_wait wait, const volatile void *object) {
    struct pollfd entry = {.fd = (int)(intptr_t)object, .events = POLLIN};
    switch (wait) {
    case WAITS_CONDITION:
    case WAITS_SEMAPHORE:
    case WAITS_BARRIER:
    case WAITS_JOIN:
    case WAITS_CHILD:
        return true;
    case WAITS_DESCRIPTOR: // not of a file, nor when there is something to be read already
        return !(fcntl(entry.fd, F_GETFL) & O_NONBLOCK) && poll(&entry, 1, 0) == 0;
    default:
        return false;
    }
}

void slot_wait_begins(struct witness_thread *thread, enum witness_wait wait,
                      const volatile void *object, uint64_t pc) {
    make_noise();
    if (!thread)
        return;
    thread->object = (uint64_t)(uintptr_t)object;
    thread->mutex = 0;
    thread->pc = pc;
    record_callers(pc, thread->callers);
    if (polls && is_wait(wait, object))
        note_call(&interleave_witness->blocked, thread, wait, object, pc);
    atomic_fetch_add_explicit(&thread->sequence, 1, memory_order_relaxed);
    atomic_store_explicit(&thread->wait, wait, memory_order_release);
}

void slot_wait_ends(struct witness_thread *thread) {
    if (thread)
        atomic_store_explicit(&thread->wait, WAITS_NOT, memory_order_release);
}

void slot_took(struct witness_thread *thread, const volatile void *lock, uint64_t pc, bool shared) {
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
    else
        atomic_store(&interleave_witness->incomplete, 1);
}

void slot_gave(struct witness_thread *thread, const volatile void *lock) {
    make_noise();
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

// Whether it is a mutex of that owner, and one that nobody can take over. Read as another process's memory
// would be, since the lock may be gone.
static bool is_kept(const struct witness_held *held, int32_t owner) {
    enum { ROBUST = 16 }; // in __kind of glibc's pthread_mutex_t
    struct {
        int32_t lock, count, owner, users, kind;
    } mutex; // as it begins, on every 64-bit Linux
    struct iovec local = {&mutex, sizeof mutex};
    struct iovec remote = {(void *)(uintptr_t)held->object, sizeof mutex};
    return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == (ssize_t)sizeof mutex &&
           mutex.owner == owner && !(mutex.kind & ROBUST);
}

void slot_ends(struct witness_thread *thread) {
    for (uint32_t i = 0; i < thread->held_count && !thread->kept.object; i++)
        if (is_kept(&thread->held[i], atomic_load_explicit(&thread->tid, memory_order_relaxed)))
            thread->kept = thread->held[i];
}

// A blocking request for `lock`: an edge of the lock-order graph for each lock already held.
void slot_asks(struct witness_thread *thread, enum witness_wait wait, const volatile void *lock,
               uint64_t pc) {
    if (!thread)
        return;
    if (thread->held_count)
        record_edges(interleave_witness, thread, (uint64_t)(uintptr_t)lock, pc,
                     wait == WAITS_READ_LOCK, slot_event());
    slot_wait_begins(thread, wait, lock, pc);
}

// A fatal signal: say which, stop, and let the harness read the stacks; afterwards the signal does
// what it would have done. A program that handles the signal itself replaces this.
static void crashed(int signal_number) {
    int32_t nobody = 0;
    if (!atomic_compare_exchange_strong(&interleave_witness->crash_claimed, &nobody, 1)) {
        raise(signal_number); // the first crash tells enough
        return;
    }
    interleave_witness->crash_pid = (int32_t)getpid();
    interleave_witness->crash_tid = (int32_t)syscall(SYS_gettid);
    atomic_store(&interleave_witness->crash_signal, signal_number);
    kill(getpid(), SIGSTOP); // tells the keeper, but another thread may take the signal first
    const struct timespec moment = {0, 1000000};
    while (!atomic_load(&interleave_witness->crash_read))
        __real_nanosleep(&moment, NULL);
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
    forked = true;
    self = NULL; // the child records for itself
}

bool witness_is_forked(void) {
    return forked;
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
    slot_mine();
    if (interleave_witness->threads_allowed)
        pthread_key_create(&alive, thread_ended);
    pthread_atfork(NULL, NULL, after_fork);
    catch_crashes();
}
