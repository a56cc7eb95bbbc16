// Cancellation (POSIX 2.9.5). A request waits until the thread comes to a cancellation point with
// cancellation enabled, or is waiting at one; of an asynchronous thread, until its next operation. It
// then ends by a real pthread_exit, so that its cleanup handlers run as the program's own code; real
// cancellation is never used.
#include "cancel.h"

#include "model.h"
#include "threads.h"

#include <errno.h>

static bool is_due(const struct thread *thread) {
    return thread->cancel_wanted && !thread->cancel_disabled && !thread->leaving;
}

bool cancel_is_due(void) {
    return is_due(self);
}

void cancel_point(uint32_t place) {
    if (!is_due(self))
        return;
    const struct operation operation = {
        .name = "is cancelled", .object = self->object, .place = place};
    schedule_note(&operation);
    threads_exit(PTHREAD_CANCELED);
}

void cancel_wake(struct thread *thread) {
    struct operation operation = thread->operation;
    operation.ready = NULL;
    operation.deadline = 0;
    operation.may_wake = false;
    operation.target = NULL;
    schedule_replace(thread, &operation);
}

enum way cancel_visit(const struct operation *operation) {
    struct operation visited = *operation;
    visited.cancelled = cancel_wake;
    if (is_due(self))
        visited.ready = NULL;
    enum way way = schedule_visit(&visited);
    cancel_point(operation->place);
    return way;
}

static void ask(struct thread *thread) {
    if (thread->ended)
        return;
    thread->cancel_wanted = true;
    if (!is_due(thread) || thread == self)
        return;
    if (thread->operation.cancelled)
        thread->operation.cancelled(thread);
    else if (thread->interrupt)
        cancel_wake(thread);
    schedule_changed(thread->object);
}

WRAP(int, pthread_cancel, pthread_t handle) {
    struct thread *thread = MODELLED ? threads_find(handle) : NULL;
    if (!MODELLED)
        return pthread_cancel(handle);
    if (!thread)
        return ESRCH;
    const struct operation operation = {
        .name = "cancels", .object = thread->object, .place = PLACE_HERE};
    schedule_visit(&operation);
    ask(thread);
    if (self->interrupt)
        cancel_point(operation.place);
    return 0;
}

// A loop of these spins until somebody cancels it.
WRAP(void, pthread_testcancel, void) {
    if (!MODELLED)
        return;
    const struct operation operation = {
        .name = "looks for a cancellation of", .object = self->object, .place = PLACE_HERE};
    cancel_visit(&operation);
    schedule_idle(0);
}

WRAP(int, pthread_setcancelstate, int state, int *old) {
    if (!MODELLED)
        return pthread_setcancelstate(state, old);
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (old)
        *old = self->cancel_disabled ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE;
    self->cancel_disabled = state == PTHREAD_CANCEL_DISABLE;
    if (self->interrupt)
        cancel_point(PLACE_HERE);
    return 0;
}

WRAP(int, pthread_setcanceltype, int type, int *old) {
    if (!MODELLED)
        return pthread_setcanceltype(type, old);
    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
        return EINVAL;
    if (old)
        *old = self->interrupt ? PTHREAD_CANCEL_ASYNCHRONOUS : PTHREAD_CANCEL_DEFERRED;
    self->interrupt = type == PTHREAD_CANCEL_ASYNCHRONOUS ? cancel_point : NULL;
    if (self->interrupt)
        cancel_point(PLACE_HERE);
    return 0;
}
