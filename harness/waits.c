#include "waits.h"

#include "text.h"

#include <linux/futex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

enum { OWNER_OFFSET = 8 }; // of __owner in glibc's pthread_mutex_t, on every 64-bit Linux

static uint32_t thread_count(const struct witness *witness) {
    if (!witness || witness->magic != WITNESS_MAGIC)
        return 0;
    uint32_t count = atomic_load_explicit(&witness->thread_count, memory_order_acquire);
    return count < WITNESS_THREADS ? count : WITNESS_THREADS;
}

const struct witness_thread *waits_thread(const struct witness *witness, pid_t tid) {
    for (uint32_t i = thread_count(witness); i-- > 0;) // the latest first: ids are used again
        if (atomic_load_explicit(&witness->threads[i].tid, memory_order_acquire) == tid)
            return &witness->threads[i];
    return NULL;
}

static bool unmoved(const struct tasks *before, const struct task *task) {
    const struct task *old = tasks_find(before, task->tid);
    return old && old->switches == task->switches && old->call == task->call &&
           old->pc == task->pc &&
           memcmp(old->arguments, task->arguments, sizeof old->arguments) == 0;
}

static bool holds(const struct witness_thread *thread, uint64_t object) {
    for (uint32_t i = 0; i < thread->held_count && i < WITNESS_HELD; i++)
        if (thread->held[i].object == object)
            return true;
    return false;
}

// Whoever holds the lock by the witness's account; the thread itself only when nobody else does. A lock
// of another process may have the same address, and is another lock.
static pid_t holder_by_witness(const struct witness *witness, uint64_t object,
                               const struct task *asking) {
    pid_t found = 0;
    for (uint32_t i = 0; i < thread_count(witness); i++) {
        const struct witness_thread *thread = &witness->threads[i];
        pid_t tid = atomic_load_explicit(&thread->tid, memory_order_acquire);
        if (tid && thread->pid == asking->pid && holds(thread, object) &&
            (found == 0 || found == asking->tid))
            found = tid;
    }
    return found;
}

static pid_t joined_thread(const struct witness *witness, uint64_t handle, pid_t pid) {
    for (uint32_t i = thread_count(witness); i-- > 0;)
        if (witness->threads[i].handle == handle && witness->threads[i].pid == pid)
            return atomic_load_explicit(&witness->threads[i].tid, memory_order_acquire);
    return 0;
}

static void set_holder(struct wait *wait, const struct tasks *now, pid_t holder) {
    const struct task *task = tasks_find(now, holder);
    wait->holder = holder;
    wait->holder_ended = holder && (!task || task->rest == TASK_ENDED);
}

// The thread waits on a futex. Without a witness the words around it say what it is: a mutex has its
// owner's id behind it, a join waits for a word that holds the id of the joined thread.
static void explain_futex(struct wait *wait, const struct task *task, const struct tasks *now) {
    uint64_t address = task->arguments[0];
    int operation = (int)task->arguments[1] & FUTEX_CMD_MASK;
    uint32_t word = 0;
    int32_t owner = 0;
    task_memory(task->pid, address, &word, sizeof word);
    if (operation == FUTEX_LOCK_PI || operation == 13 /* FUTEX_LOCK_PI2 */) {
        wait->kind = WAITS_MUTEX;
        wait->object = address;
        set_holder(wait, now, (pid_t)(word & FUTEX_TID_MASK));
        return;
    }
    const struct task *target = tasks_find(now, (pid_t)task->arguments[2]);
    if (target && target->pid == task->pid && word == (uint32_t)target->tid) {
        wait->kind = WAITS_JOIN;
        set_holder(wait, now, target->tid);
        return;
    }
    if (task->arguments[2] == 2 &&
        task_memory(task->pid, address + OWNER_OFFSET, &owner, sizeof owner) &&
        tasks_find(now, owner)) {
        wait->kind = WAITS_MUTEX;
        wait->object = address;
        set_holder(wait, now, owner);
    }
}

static void explain(struct wait *wait, const struct task *task, const struct tasks *now,
                    const struct witness *witness) {
    *wait = (struct wait){.pid = task->pid, .tid = task->tid};
    const struct witness_thread *thread = waits_thread(witness, task->tid);
    uint32_t kind = thread ? atomic_load_explicit(&thread->wait, memory_order_acquire) : WAITS_NOT;
    uint64_t futex;
    if (kind == WAITS_NOT) {
        if (task_waits_on_futex(task, &futex))
            explain_futex(wait, task, now);
        return;
    }
    wait->kind = (enum witness_wait)kind;
    wait->object = thread->object;
    wait->pc = thread->pc;
    wait->sequence = atomic_load_explicit(&thread->sequence, memory_order_relaxed);
    if (kind == WAITS_CONDITION && task_waits_on_futex(task, &futex) && futex == thread->mutex) {
        wait->kind = WAITS_MUTEX; // woken, and now waiting to take its mutex back
        wait->object = futex;
    }
    int32_t owner = 0;
    switch (wait->kind) {
    case WAITS_MUTEX:
        task_memory(task->pid, wait->object + OWNER_OFFSET, &owner, sizeof owner);
        set_holder(wait, now, owner);
        break;
    case WAITS_READ_LOCK:
    case WAITS_WRITE_LOCK:
    case WAITS_SPIN_LOCK:
        set_holder(wait, now, holder_by_witness(witness, wait->object, task));
        break;
    case WAITS_JOIN:
        set_holder(wait, now, joined_thread(witness, wait->object, task->pid));
        break;
    default:
        break;
    }
}

// When the kernel sees that taking a mutex with priority inheritance would be a deadlock, glibc lets the
// thread sleep for ever on a word of its own stack.
static bool inherits_priority(pid_t pid, uint64_t mutex) {
    enum { KIND_OFFSET = 16, INHERITS = 32 }; // of __kind in pthread_mutex_t
    int32_t kind = 0;
    return task_memory(pid, mutex + KIND_OFFSET, &kind, sizeof kind) && kind & INHERITS;
}

// Does the thread sleep in the call that the witness names? A tool makes its threads wait for its own
// locks too, before or after the real call: then the thread sleeps elsewhere, and will go on.
static bool sleeps_where_said(const struct task *task, const struct witness_thread *thread) {
    enum { LARGEST_OBJECT = 64, LARGEST_THREAD = 8192 }; // bytes of glibc's objects, or more
    uint64_t futex, object = thread ? thread->object : 0;
    bool on_futex = task_waits_on_futex(task, &futex);
    switch (thread ? atomic_load_explicit(&thread->wait, memory_order_acquire) : WAITS_NOT) {
    case WAITS_NOT:
        return true;
    case WAITS_SPIN_LOCK:
        return false;
    case WAITS_DESCRIPTOR:
    case WAITS_CHILD:
        return !on_futex;
    case WAITS_JOIN:
        return on_futex && futex >= object && futex - object < LARGEST_THREAD;
    case WAITS_MUTEX:
        if (on_futex && inherits_priority(task->pid, object))
            return true;
        __attribute__((fallthrough));
    default:
        return on_futex &&
               (futex == thread->mutex || (futex >= object && futex - object < LARGEST_OBJECT));
    }
}

static bool is_lock(enum witness_wait kind) {
    return kind == WAITS_MUTEX || kind == WAITS_READ_LOCK || kind == WAITS_WRITE_LOCK ||
           kind == WAITS_SPIN_LOCK;
}

static struct wait *wait_of(struct wait *all, size_t count, pid_t tid) {
    for (size_t i = 0; i < count; i++)
        if (all[i].tid == tid)
            return &all[i];
    return NULL;
}

// Each thread waits for at most one other, so a walk of as many steps as there are threads is on a
// cycle if there is one (Floyd's observation on functional graphs; Knuth, TAOCP 2, exercise 3.1-6).
static bool find_cycle(struct waits *waits, struct wait *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct wait *at = &all[i];
        for (size_t step = 0; at && step <= count; step++)
            at = at->holder ? wait_of(all, count, at->holder) : NULL;
        if (!at)
            continue;
        struct wait *first = at;
        for (struct wait *next = wait_of(all, count, at->holder); next != at;
             next = wait_of(all, count, next->holder))
            first = next->tid < first->tid ? next : first;
        at = first; // the same cycle is always told from the same thread on
        do {
            waits->items = memory_resize(waits->items, waits->count + 1, sizeof *waits->items);
            waits->items[waits->count++] = *at;
            at = wait_of(all, count, at->holder);
        } while (at && at != first);
        waits->hang = waits->count == 1 ? HANG_SELF : HANG_CYCLE;
        return true;
    }
    return false;
}

static int rank(const struct wait *wait, enum hang hang, pid_t culprit) {
    if (hang == HANG_ACROSS_WAIT && wait->tid == culprit)
        return 0;
    if (wait->kind == WAITS_JOIN)
        return 3;
    if (hang == HANG_ORPHAN && wait->holder_ended)
        return 1;
    return wait->kind == WAITS_NOT || wait->kind == WAITS_SEMAPHORE ? 2 : 1;
}

// All of them, the telling ones first, otherwise in the order of their ids.
static void take_all(struct waits *waits, const struct wait *all, size_t count, pid_t culprit) {
    waits->items = memory_zeroed(count, sizeof *waits->items);
    for (int level = 0; level <= 3; level++)
        for (size_t i = 0; i < count; i++)
            if (rank(&all[i], waits->hang, culprit) == level)
                waits->items[waits->count++] = all[i];
}

// The holder of a lock that another thread wants, itself asleep in something that is not a lock.
static pid_t across_wait(struct wait *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct wait *holder = is_lock(all[i].kind) ? wait_of(all, count, all[i].holder) : NULL;
        if (holder && !is_lock(holder->kind))
            return holder->tid;
    }
    return 0;
}

static bool any_orphan(const struct wait *all, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is_lock(all[i].kind) && all[i].holder_ended)
            return true;
    return false;
}

// It does so whether it happens to run or not: a tool may let only one thread run at a time.
static bool spins(const struct witness *witness, const struct task *task) {
    const struct witness_thread *thread = waits_thread(witness, task->tid);
    return thread && atomic_load_explicit(&thread->wait, memory_order_acquire) == WAITS_SPIN_LOCK;
}

void waits_find(struct waits *waits, const struct tasks *before, const struct tasks *now,
                const struct witness *witness) {
    *waits = (struct waits){0};
    struct wait *all = memory_zeroed(now->count, sizeof *all);
    size_t count = 0;
    bool everybody = true;
    for (size_t i = 0; i < now->count; i++) {
        const struct task *task = &now->items[i];
        if (task->rest == TASK_ENDED || task->rest == TASK_TOOL)
            continue;
        bool spinning = spins(witness, task);
        bool sleeping = !spinning && task->rest != TASK_RUNS && unmoved(before, task) &&
                        sleeps_where_said(task, waits_thread(witness, task->tid));
        everybody = everybody && (spinning || (sleeping && task->rest == TASK_ASLEEP));
        if (spinning || sleeping)
            explain(&all[count++], task, now, witness);
    }
    if (!find_cycle(waits, all, count) && everybody && count) {
        pid_t culprit = across_wait(all, count);
        waits->hang = culprit                  ? HANG_ACROSS_WAIT
                      : any_orphan(all, count) ? HANG_ORPHAN
                                               : HANG_ALL_ASLEEP;
        take_all(waits, all, count, culprit);
    }
    free(all);
}

void waits_free(struct waits *waits) {
    free(waits->items);
    *waits = (struct waits){0};
}
