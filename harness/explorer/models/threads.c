// Threads (POSIX pthread_create, pthread_join): a new thread knows what its creator did before, and who
// joins it knows all that it did. A join waits for the end; a thread is joined once or detached. When
// main leaves by pthread_exit the process ends with the last thread.
#include "keys.h"
#include "model.h"
#include "signals.h"
#include "stacks.h"

#include <errno.h>
#include <stdlib.h>

static bool has_ended(const struct thread *thread) {
    return thread->operation.target->ended;
}

static struct thread *thread_of(pthread_t handle) {
    for (unsigned i = thread_count(); i-- > 0;) {
        struct thread *thread = thread_numbered(i);
        if (!thread->joined && pthread_equal(thread->handle, handle))
            return thread;
    }
    return NULL;
}

// The end of a thread, however it came: nothing of it may run between this and its real end that another
// thread could notice.
void threads_end(void *unused) {
    (void)unused;
    keys_destroy();
    const struct operation operation = {.name = "ends", .object = self->object};
    schedule_note(&operation);
    thread_ended(self);
    model_release(self->object);
    schedule_changed(self->object);
    if (!threads_alive())
        exit(0);
    schedule_retire();
}

static void *start(void *argument) {
    thread_begin(argument);
    signals_use_own_stack();
    thread_wait();
    pthread_cleanup_push(threads_end, NULL);
    self->result = self->function(self->argument);
    pthread_cleanup_pop(1);
    return self->result;
}

// The attributes asked for, with a stack of ours; one that the program provides is left as it is. False
// when there is no room for it.
static bool choose_attributes(pthread_attr_t *chosen, const pthread_attr_t *asked,
                              struct thread *thread) {
    int state = PTHREAD_CREATE_JOINABLE;
    void *base = NULL;
    size_t size = STACK_ROOM, own_size = 0;
    if (asked) {
        pthread_attr_getdetachstate(asked, &state);
        pthread_attr_getstacksize(asked, &size);
        pthread_attr_getstack(asked, &base, &own_size);
    }
    bool provided = (uintptr_t)base + own_size != 0; // glibc keeps the end of the stack, 0: none
    if (!provided)
        base = stack_take(thread->number, size);
    if (!base)
        return false;
    if (!provided && size > STACK_ROOM - 4096)
        size = STACK_ROOM - 4096;
    thread->detached = state == PTHREAD_CREATE_DETACHED;
    pthread_attr_init(chosen);
    pthread_attr_setdetachstate(chosen, state);
    return pthread_attr_setstack(chosen, base, size) == 0;
}

static int create(pthread_t *handle, const pthread_attr_t *attributes, void *(*function)(void *),
                  void *argument, uint32_t place) {
    struct thread *thread = thread_new(place);
    pthread_attr_t chosen;
    thread->function = function;
    thread->argument = argument;
    model_tick();
    int error = choose_attributes(&chosen, attributes, thread)
                    ? pthread_create(&thread->handle, &chosen, start, thread)
                    : EAGAIN;
    if (error) {
        thread_ended(thread);
        thread->joined = true;
        return error;
    }
    *handle = thread->handle;
    const struct operation operation = {
        .name = "creates", .object = thread->object, .place = place};
    schedule_note(&operation);
    schedule_admit(thread);
    return 0;
}

WRAP(int, pthread_create, pthread_t *handle, const pthread_attr_t *attributes,
     void *(*function)(void *), void *argument) {
    return MODELLED ? create(handle, attributes, function, argument, PLACE_HERE)
                    : pthread_create(handle, attributes, function, argument);
}

static int join(pthread_t handle, void **result, uint64_t deadline, uint32_t place) {
    struct thread *thread = thread_of(handle);
    if (!thread)
        return ESRCH;
    if (thread->detached || thread == self)
        return thread == self ? EDEADLK : EINVAL;
    const struct operation operation = {.name = "joins",
                                        .wait = "join",
                                        .object = thread->object,
                                        .ready = has_ended,
                                        .target = thread,
                                        .deadline = deadline,
                                        .place = place};
    if (schedule_visit(&operation) == WAY_TIME_OUT)
        return ETIMEDOUT;
    model_acquire(thread->object);
    thread->joined = true;
    return pthread_join(handle, result);
}

WRAP(int, pthread_join, pthread_t handle, void **result) {
    return MODELLED ? join(handle, result, 0, PLACE_HERE) : pthread_join(handle, result);
}

WRAP(int, pthread_timedjoin_np, pthread_t handle, void **result, const struct timespec *time) {
    return MODELLED ? join(handle, result, model_deadline(CLOCK_REALTIME, time), PLACE_HERE)
                    : pthread_timedjoin_np(handle, result, time);
}

WRAP(int, pthread_clockjoin_np, pthread_t handle, void **result, clockid_t clock,
     const struct timespec *time) {
    return MODELLED ? join(handle, result, model_deadline(clock, time), PLACE_HERE)
                    : pthread_clockjoin_np(handle, result, clock, time);
}

WRAP(int, pthread_tryjoin_np, pthread_t handle, void **result) {
    if (!MODELLED)
        return pthread_tryjoin_np(handle, result);
    struct thread *thread = thread_of(handle);
    if (!thread || thread->detached)
        return EINVAL;
    const struct operation operation = {.name = "tries to join",
                                        .object = thread->object,
                                        .place = PLACE_HERE};
    schedule_visit(&operation);
    if (thread->ended)
        return join(handle, result, 0, operation.place);
    schedule_idle(EBUSY);
    return EBUSY;
}

WRAP(int, pthread_detach, pthread_t handle) {
    struct thread *thread = MODELLED ? thread_of(handle) : NULL;
    if (thread)
        thread->detached = true;
    return pthread_detach(handle);
}

void __wrap_pthread_exit(void *result) __attribute__((noreturn));
void __wrap_pthread_exit(void *result) {
    if (MODELLED)
        self->result = result;
    pthread_exit(result);
}
