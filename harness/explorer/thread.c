#include "thread.h"

#include "arena.h"
#include "profile.h"
#include "report.h"
#include "set.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

__thread struct thread *self;

static struct thread *threads[THREADS_MOST];
static unsigned count, alive;

struct thread *thread_numbered(unsigned number) {
    return number < count ? threads[number] : NULL;
}

unsigned thread_count(void) {
    return count;
}

unsigned threads_alive(void) {
    return alive;
}

struct thread *thread_new(uint32_t place) {
    if (count == THREADS_MOST)
        report_unavailable_at(place, "the program creates more than %d threads", THREADS_MOST - 1);
    struct thread *thread = arena_take(sizeof *thread);
    thread->number = count;
    thread->created = place;
    thread->object = object_at(thread, OBJECT_THREAD);
    if (self) {
        report_learns(thread, &self->clock);
        clock_copy(&thread->clock, &self->clock);
    }
    clock_set(&thread->clock, count, 1);
    profile_created(thread);
    threads[count++] = thread;
    alive++;
    return thread;
}

void thread_ended(struct thread *thread) {
    thread->ended = true;
    alive--;
}

// The baton is looked at again after every return of the futex call, which may come without a cause.
void thread_wait(void) {
    while (!atomic_exchange_explicit(&self->baton, 0, memory_order_acquire))
        syscall(SYS_futex, &self->baton, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
    atomic_store_explicit(&channel->outcome.runner, self->kernel_id, memory_order_relaxed);
}

void thread_leave(struct thread *next) {
    atomic_store_explicit(&next->baton, 1, memory_order_release);
    syscall(SYS_futex, &next->baton, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static __attribute__((noinline)) void hand_over(struct thread *next) {
    const int error =
        errno; // the program's: the calls that pass the baton set it or not, as it comes
    self->depth = (uintptr_t)__builtin_frame_address(0);
    thread_leave(next);
    thread_wait();
    errno = error;
}

// Registers may hold the only pointer to a block: they are put on the stack, above that depth.
void thread_switch(struct thread *next) {
    __builtin_unwind_init();
    hand_over(next);
}

void thread_begin(struct thread *thread) {
    self = thread;
    self->top = *(const uintptr_t *)__builtin_frame_address(0); // the caller's frame
    self->kernel_id = (uint32_t)syscall(SYS_gettid);
    self->handle = pthread_self();
}

void thread_hold(struct object *object, uint32_t place, bool shared) {
    self->held = arena_grow(self->held, &self->held_room, self->held_count + 1, sizeof *self->held);
    self->held[self->held_count++] = (struct held){object, place, shared};
    self->lockset_known = false;
}

bool thread_release(struct object *object) {
    for (size_t i = self->held_count; i-- > 0;) {
        if (self->held[i].object != object)
            continue;
        for (size_t k = i; k + 1 < self->held_count; k++)
            self->held[k] = self->held[k + 1];
        self->held_count--;
        self->lockset_known = false;
        return true;
    }
    return false;
}

const struct held *thread_holds(const struct thread *thread, const struct object *object) {
    for (size_t i = 0; i < thread->held_count; i++)
        if (thread->held[i].object == object)
            return &thread->held[i];
    return NULL;
}
