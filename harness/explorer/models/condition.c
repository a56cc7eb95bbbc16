// Condition variables (POSIX pthread_cond_wait): a wait gives the mutex up and begins to wait in one
// step, and returns only with the mutex taken back. A signal wakes one of those that wait, a broadcast
// all; with nobody waiting both do nothing. A wait may also return without any cause. Nothing is
// published by a signal itself: the mutex does that. All who wait at the same time must use the same mutex.
#include "condition.h"

#include "cancel.h"
#include "history.h"
#include "model.h"
#include "mutex.h"

#include <errno.h>

static struct object *condition_at(const pthread_cond_t *address, uint32_t place) {
    model_check_life(address, OBJECT_CONDITION, place);
    return object_at(address, OBJECT_CONDITION);
}

static bool was_signalled(const struct thread *thread) {
    return thread->signalled;
}

static void queue_add(struct object *condition, struct thread *thread) {
    thread->waiter_next = NULL;
    thread->waiter_previous = condition->last_waiter;
    if (condition->last_waiter)
        condition->last_waiter->waiter_next = thread;
    else
        condition->first_waiter = thread;
    condition->last_waiter = thread;
}

static void queue_remove(struct object *condition, struct thread *thread) {
    if (thread->waiter_previous)
        thread->waiter_previous->waiter_next = thread->waiter_next;
    else
        condition->first_waiter = thread->waiter_next;
    if (thread->waiter_next)
        thread->waiter_next->waiter_previous = thread->waiter_previous;
    else
        condition->last_waiter = thread->waiter_previous;
}

// The mutex that a wait gave up, to be taken back from where the wait is.
static struct operation taking_back(struct object *lock, uint32_t place) {
    struct operation taking = mutex_taking(lock, place);
    taking.name = "wakes up and locks";
    return taking;
}

// A cancelled one must not use a signal up, so it leaves the condition at once, to take the mutex back.
static void leave(struct thread *thread) {
    const struct operation taking = taking_back(thread->operation.beside, thread->operation.place);
    queue_remove(thread->operation.object, thread);
    schedule_replace(thread, &taking);
}

int condition_wait(pthread_cond_t *address, pthread_mutex_t *mutex, uint64_t deadline,
                   uint32_t place) {
    struct object *condition = condition_at(address, place);
    struct object *lock = mutex_of(mutex, place);
    const struct operation before = {
        .name = "is about to wait for", .object = condition, .place = place};
    schedule_visit(&before);
    if (!mutex_is_mine(lock))
        model_misused(lock, place, "waits for a condition with it, without holding it");
    if (condition->first_waiter && condition->more != lock)
        model_misused(condition, place,
                      "waits for it with another mutex than those who wait already");
    condition->more = lock;
    cancel_point(place);
    unsigned depth = lock->depth;
    mutex_let_go(lock, mutex);
    const struct operation given = {.object = lock, .place = place};
    history_add(self, &given, WAY_GO); // a try to lock it may come before or after
    self->signalled = false;
    queue_add(condition, self);
    const struct operation waiting = {.name = "waits for",
                                      .wait = "condition",
                                      .object = condition,
                                      .ready = was_signalled,
                                      .may_wake = true,
                                      .deadline = deadline,
                                      .beside = lock,
                                      .cancelled = leave,
                                      .place = place};
    enum way way = schedule_visit(&waiting);
    if (self->operation.object == condition) { // otherwise it stands at the mutex already
        queue_remove(condition, self);
        const struct operation taking = taking_back(lock, place);
        schedule_visit(&taking);
    }
    mutex_taken(lock, mutex, place);
    lock->depth = depth;
    if (way == WAY_GO && !self->signalled)
        cancel_point(place);
    return way == WAY_TIME_OUT ? ETIMEDOUT : 0;
}

WRAP(int, pthread_cond_wait, pthread_cond_t *condition, pthread_mutex_t *mutex) {
    return MODELLED ? condition_wait(condition, mutex, 0, PLACE_HERE)
                    : pthread_cond_wait(condition, mutex);
}

static clockid_t clock_of(const pthread_cond_t *condition) {
    return condition->__data.__wrefs & 2 ? CLOCK_MONOTONIC : CLOCK_REALTIME; // as glibc keeps it
}

static int wait_until(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock,
                      const struct timespec *time, uint32_t place) {
    return model_is_deadline(clock, time)
               ? condition_wait(condition, mutex, model_deadline(clock, time), place)
               : EINVAL;
}

int condition_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                        const struct timespec *time, uint32_t place) {
    return wait_until(condition, mutex, clock_of(condition), time, place);
}

WRAP(int, pthread_cond_timedwait, pthread_cond_t *condition, pthread_mutex_t *mutex,
     const struct timespec *time) {
    return MODELLED ? condition_timedwait(condition, mutex, time, PLACE_HERE)
                    : pthread_cond_timedwait(condition, mutex, time);
}

WRAP(int, pthread_cond_clockwait, pthread_cond_t *condition, pthread_mutex_t *mutex,
     clockid_t clock, const struct timespec *time) {
    return MODELLED ? wait_until(condition, mutex, clock, time, PLACE_HERE)
                    : pthread_cond_clockwait(condition, mutex, clock, time);
}

// The woken one has left the condition, and stands at the mutex like any other.
static void wake(struct object *condition) {
    struct thread *thread = condition->first_waiter;
    queue_remove(condition, thread);
    thread->signalled = true;
    const struct operation taking = taking_back(thread->operation.beside, thread->operation.place);
    schedule_replace(thread, &taking);
}

int condition_signal(pthread_cond_t *address, uint32_t place) {
    struct object *condition = condition_at(address, place);
    const struct operation operation = {.name = "signals", .object = condition, .place = place};
    schedule_visit(&operation);
    if (condition->first_waiter)
        wake(condition);
    return 0;
}

WRAP(int, pthread_cond_signal, pthread_cond_t *condition) {
    return MODELLED ? condition_signal(condition, PLACE_HERE) : pthread_cond_signal(condition);
}

int condition_broadcast(pthread_cond_t *address, uint32_t place) {
    struct object *condition = condition_at(address, place);
    const struct operation operation = {.name = "broadcasts", .object = condition, .place = place};
    schedule_visit(&operation);
    while (condition->first_waiter)
        wake(condition);
    return 0;
}

WRAP(int, pthread_cond_broadcast, pthread_cond_t *condition) {
    return MODELLED ? condition_broadcast(condition, PLACE_HERE)
                    : pthread_cond_broadcast(condition);
}

void condition_initialised(pthread_cond_t *condition, uint32_t place) {
    object_forget(condition);
    object_at(condition, OBJECT_CONDITION)->born = place;
}

WRAP(int, pthread_cond_init, pthread_cond_t *condition, const pthread_condattr_t *attributes) {
    int error = pthread_cond_init(condition, attributes);
    if (MODELLED && error == 0)
        condition_initialised(condition, PLACE_HERE);
    return error;
}

int condition_destroy(pthread_cond_t *address, uint32_t place) {
    struct object *condition = condition_at(address, place);
    const struct operation operation = {.name = "destroys", .object = condition, .place = place};
    schedule_visit(&operation);
    if (condition->first_waiter)
        model_misused(condition, place, "destroys it while a thread waits for it");
    model_end_life(address, OBJECT_CONDITION, place);
    return 0; // the real one would wait for waiters that it never had
}

WRAP(int, pthread_cond_destroy, pthread_cond_t *condition) {
    return MODELLED ? condition_destroy(condition, PLACE_HERE) : pthread_cond_destroy(condition);
}
