// Threads (POSIX pthread_create, pthread_join): a new thread knows what its creator did before, and who
// joins it knows all that it did. A join waits for the end; a thread is joined once or detached. When
// main leaves by pthread_exit the process ends with the last thread.
#include "threads.h"

#include "cancel.h"
#include "frames.h"
#include "keys.h"
#include "model.h"
#include "settings.h"
#include "signals.h"
#include "stacks.h"

#include <errno.h>
#include <stdlib.h>

static bool has_ended(const struct thread *thread) {
    return thread->operation.target->ended;
}

// Threads are known by their handle as well. The latest, where the program gives a stack to several in
// turn.
struct thread *threads_find(pthread_t handle) {
    struct thread *main = thread_numbered(0);
    if (pthread_equal(handle, main->handle))
        return main;
    const struct object *known = object_find((const void *)handle, OBJECT_THREAD);
    return known ? known->more : NULL;
}

// Nobody else may let go what an ending thread still holds. Its own stack ends with it.
static void check_held(void) {
    for (size_t i = 0; i < self->held_count && threads_alive() > 1; i++) {
        const struct held *held = &self->held[i];
        if (held->object->kind == OBJECT_NONE ||
            stack_owner(held->object->address) == (int)self->number)
            continue;
        report_fault("lock-misuse");
        report_object("object", held->object);
        report_part(self->number, held->place, "locks it, and ends without unlocking it",
                    held->object, false);
        report_fault_end();
        report_end(END_FAULT, 0);
    }
}

// The end of a thread, however it came: nothing of it may run between this and its real end that another
// thread could notice.
void threads_end(void *unused) {
    (void)unused;
    self->leaving = true;
    keys_destroy();
    check_held();
    const struct operation operation = {.name = "ends", .object = self->object};
    schedule_note(&operation);
    thread_ended(self);
    model_release(self->object);
    schedule_changed(self->object);
    if (!threads_alive())
        exit(0);
    schedule_retire();
}

// Until it may run, nothing but waiting: its creator runs at the same time.
static void *start(void *argument) {
    thread_begin(argument);
    thread_wait();
    signals_use_own_stack();
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
    if (!provided && size > STACK_MOST)
        size = STACK_MOST;
    thread->detached = state == PTHREAD_CREATE_DETACHED;
    pthread_attr_init(chosen);
    pthread_attr_setdetachstate(chosen, state);
    return pthread_attr_setstack(chosen, base, size) == 0;
}

// More than the ceiling in lesson.ini.
static void check_crowd(uint32_t place) {
    if (!settings.threads || threads_alive() < settings.threads)
        return;
    self->frames = frames_of_program(place);
    report_fault("memory-growth");
    report_number("threads", settings.threads);
    report_part(self->number, place, "creates one too many", NULL, false);
    report_callers(self);
    report_fault_end();
    report_end(END_FAULT, 0);
}

int threads_create(pthread_t *handle, const pthread_attr_t *attributes, void *(*function)(void *),
                   void *argument, uint32_t place) {
    check_crowd(place);
    struct thread *thread = thread_new(place);
    pthread_attr_t chosen;
    thread->function = function;
    thread->argument = argument;
    int error = choose_attributes(&chosen, attributes, thread)
                    ? pthread_create(&thread->handle, &chosen, start, thread)
                    : EAGAIN;
    if (error) {
        thread_ended(thread);
        thread->joined = true;
        return error;
    }
    *handle = thread->handle;
    object_at((const void *)thread->handle, OBJECT_THREAD)->more = thread;
    const struct operation operation = {
        .name = "creates", .object = thread->object, .place = place};
    schedule_note(&operation);
    model_tick();
    schedule_admit(thread);
    return 0;
}

uint32_t threads_early;

WRAP(int, pthread_create, pthread_t *handle, const pthread_attr_t *attributes,
     void *(*function)(void *), void *argument) {
    if (!schedule_runs())
        threads_early = PLACE_HERE;
    return MODELLED ? threads_create(handle, attributes, function, argument, PLACE_HERE)
                    : pthread_create(handle, attributes, function, argument);
}

// Neither to be joined nor to be detached again (POSIX: undefined).
static void check_joinable(const struct thread *thread, uint32_t place, const char *after_join,
                           const char *after_detach) {
    if (thread->joined || thread->detached)
        model_misused(thread->object, place, thread->joined ? after_join : after_detach);
}

int threads_join(pthread_t handle, void **result, uint64_t deadline, uint32_t place) {
    static const char again[] = "joins it, which was joined before";
    static const char detached[] = "joins it, which is detached";
    struct thread *thread = threads_find(handle);
    if (!thread || thread == self)
        return thread ? EDEADLK : ESRCH;
    check_joinable(thread, place, again, detached);
    const struct operation operation = {.name = "joins",
                                        .wait = "join",
                                        .object = thread->object,
                                        .ready = has_ended,
                                        .target = thread,
                                        .deadline = deadline,
                                        .place = place};
    if (cancel_visit(&operation) == WAY_TIME_OUT)
        return ETIMEDOUT;
    check_joinable(thread, place, again, detached);
    model_acquire(thread->object);
    thread->joined = true;
    return pthread_join(handle, result);
}

WRAP(int, pthread_join, pthread_t handle, void **result) {
    return MODELLED ? threads_join(handle, result, 0, PLACE_HERE) : pthread_join(handle, result);
}

WRAP(int, pthread_timedjoin_np, pthread_t handle, void **result, const struct timespec *time) {
    return MODELLED ? threads_join(handle, result, model_deadline(CLOCK_REALTIME, time), PLACE_HERE)
                    : pthread_timedjoin_np(handle, result, time);
}

WRAP(int, pthread_clockjoin_np, pthread_t handle, void **result, clockid_t clock,
     const struct timespec *time) {
    return MODELLED ? threads_join(handle, result, model_deadline(clock, time), PLACE_HERE)
                    : pthread_clockjoin_np(handle, result, clock, time);
}

WRAP(int, pthread_tryjoin_np, pthread_t handle, void **result) {
    if (!MODELLED)
        return pthread_tryjoin_np(handle, result);
    struct thread *thread = threads_find(handle);
    if (!thread)
        return ESRCH;
    const struct operation operation = {
        .name = "tries to join", .object = thread->object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (thread->ended)
        return threads_join(handle, result, 0, operation.place);
    schedule_idle(EBUSY);
    return EBUSY;
}

int threads_detach(pthread_t handle, uint32_t place) {
    struct thread *thread = threads_find(handle);
    if (!thread)
        return ESRCH;
    check_joinable(thread, place, "detaches it, which was joined before",
                   "detaches it, which is detached already");
    thread->detached = true;
    return pthread_detach(handle);
}

WRAP(int, pthread_detach, pthread_t handle) {
    return MODELLED ? threads_detach(handle, PLACE_HERE) : pthread_detach(handle);
}

_Noreturn void threads_exit(void *result) {
    self->leaving = true;
    self->result = result;
    pthread_exit(result);
}

void __wrap_pthread_exit(void *result) __attribute__((noreturn));
void __wrap_pthread_exit(void *result) {
    if (MODELLED)
        threads_exit(result);
    pthread_exit(result);
}
