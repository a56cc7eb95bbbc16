// Semaphores (POSIX sem_wait): a number that post raises and wait lowers, waiting while it is 0; anybody
// may post. Who waits successfully knows what all that posted before did. The number is the real
// semaphore's, which is never waited for. A named one is this process's own: what other processes would
// do with it cannot be known. A wait is not interrupted by signals.
#include "arena.h"
#include "cancel.h"
#include "model.h"

#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>
#include <string.h>

static struct object *semaphore_at(const sem_t *semaphore, uint32_t place) {
    model_check_life(semaphore, OBJECT_SEMAPHORE, place);
    return object_at(semaphore, OBJECT_SEMAPHORE);
}

static bool is_positive(const struct thread *thread) {
    int value = 0;
    sem_getvalue((sem_t *)thread->operation.object->address, &value);
    return value > 0;
}

static void lowered(struct object *object) {
    model_acquire(object);
    schedule_changed(object);
}

static int fails(int error) {
    errno = error;
    return -1;
}

static int wait(sem_t *semaphore, uint64_t deadline, uint32_t place) {
    struct object *object = semaphore_at(semaphore, place);
    const struct operation operation = {.name = "waits for",
                                        .wait = "semaphore",
                                        .object = object,
                                        .ready = is_positive,
                                        .deadline = deadline,
                                        .place = place};
    if (cancel_visit(&operation) == WAY_TIME_OUT)
        return fails(ETIMEDOUT);
    sem_trywait(semaphore);
    lowered(object);
    return 0;
}

WRAP(int, sem_wait, sem_t *semaphore) {
    return MODELLED ? wait(semaphore, 0, PLACE_HERE) : sem_wait(semaphore);
}

WRAP(int, sem_timedwait, sem_t *semaphore, const struct timespec *time) {
    if (!MODELLED || !model_is_deadline(CLOCK_REALTIME, time))
        return sem_timedwait(semaphore, time);
    return wait(semaphore, model_deadline(CLOCK_REALTIME, time), PLACE_HERE);
}

WRAP(int, sem_clockwait, sem_t *semaphore, clockid_t clock, const struct timespec *time) {
    if (!MODELLED || !model_is_deadline(clock, time))
        return sem_clockwait(semaphore, clock, time);
    return wait(semaphore, model_deadline(clock, time), PLACE_HERE);
}

WRAP(int, sem_trywait, sem_t *semaphore) {
    if (!MODELLED)
        return sem_trywait(semaphore);
    struct object *object = semaphore_at(semaphore, PLACE_HERE);
    const struct operation operation = {
        .name = "tries to wait for", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (sem_trywait(semaphore) == 0) {
        lowered(object);
        return 0;
    }
    schedule_idle(EAGAIN);
    return fails(EAGAIN);
}

WRAP(int, sem_post, sem_t *semaphore) {
    if (!MODELLED)
        return sem_post(semaphore);
    struct object *object = semaphore_at(semaphore, PLACE_HERE);
    const struct operation operation = {.name = "posts", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (sem_post(semaphore) != 0)
        return -1; // it cannot be raised further
    model_release(object);
    schedule_changed(object);
    return 0;
}

// A loop that looks at the number until it changes spins.
WRAP(int, sem_getvalue, sem_t *semaphore, int *value) {
    if (!MODELLED)
        return sem_getvalue(semaphore, value);
    const struct operation operation = {.name = "looks at",
                                        .object = semaphore_at(semaphore, PLACE_HERE),
                                        .reads = true,
                                        .place = PLACE_HERE};
    schedule_visit(&operation);
    sem_getvalue(semaphore, value);
    schedule_idle((uint64_t)*value);
    return 0;
}

static bool is_awaited(const struct object *object) {
    for (const struct thread *thread = object->pending; thread; thread = thread->pending_next)
        if (thread->operation.ready == is_positive && !is_positive(thread))
            return true;
    return false;
}

WRAP(int, sem_init, sem_t *semaphore, int shared, unsigned value) {
    const struct object *old = MODELLED ? object_find(semaphore, OBJECT_SEMAPHORE) : NULL;
    if (old && is_awaited(old))
        model_misused(old, PLACE_HERE, "initialises it while a thread waits for it");
    int error = sem_init(semaphore, shared, value);
    if (MODELLED && error == 0) {
        object_forget(semaphore);
        object_at(semaphore, OBJECT_SEMAPHORE)->born = PLACE_HERE;
    }
    return error;
}

WRAP(int, sem_destroy, sem_t *semaphore) {
    if (!MODELLED)
        return sem_destroy(semaphore);
    struct object *object = semaphore_at(semaphore, PLACE_HERE);
    const struct operation operation = {.name = "destroys", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (is_awaited(object))
        model_misused(object, operation.place, "destroys it while a thread waits for it");
    model_end_life(semaphore, OBJECT_SEMAPHORE, operation.place);
    return sem_destroy(semaphore);
}

// Those with a name

struct named {
    struct named *next;
    char *name; // NULL: unlinked
    sem_t semaphore;
};

static struct named *all;

static struct named *named(const char *name) {
    struct named *one = all;
    while (one && !(one->name && strcmp(one->name, name) == 0))
        one = one->next;
    return one;
}

// Without the slash at the front; NULL when it is no name.
static const char *bare(const char *name) {
    while (*name == '/')
        name++;
    return *name && !strchr(name, '/') && strlen(name) <= 251 ? name : NULL;
}

static void visit_names(const char *does, uint32_t place) {
    const struct operation operation = {
        .name = does, .object = object_at(&all, OBJECT_SEMAPHORE), .place = place};
    schedule_visit(&operation);
}

static sem_t *open_named(const char *name, int flags, unsigned value, uint32_t place) {
    struct named *one;
    visit_names("opens", place);
    errno = EINVAL;
    if (!(name = bare(name)))
        return SEM_FAILED;
    one = named(name);
    errno = one ? EEXIST : ENOENT;
    if (one)
        return (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL) ? SEM_FAILED : &one->semaphore;
    if (!(flags & O_CREAT))
        return SEM_FAILED;
    one = arena_take(sizeof *one);
    if (sem_init(&one->semaphore, 0, value) != 0)
        return SEM_FAILED;
    one->name = strcpy(arena_take(strlen(name) + 1), name);
    one->next = all;
    all = one;
    object_at(&one->semaphore, OBJECT_SEMAPHORE)->born = place;
    return &one->semaphore;
}

WRAP(sem_t *, sem_open, const char *name, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
    unsigned value = flags & O_CREAT ? va_arg(list, unsigned) : 0;
    va_end(list);
    return MODELLED ? open_named(name, flags, value, PLACE_HERE)
                    : sem_open(name, flags, mode, value);
}

static bool is_named(const sem_t *semaphore) {
    for (const struct named *one = all; one; one = one->next)
        if (semaphore == &one->semaphore)
            return true;
    return false;
}

// It lives on: others may have it open, or open it again.
WRAP(int, sem_close, sem_t *semaphore) {
    return is_named(semaphore) ? 0 : sem_close(semaphore);
}

WRAP(int, sem_unlink, const char *name) {
    if (!MODELLED)
        return sem_unlink(name);
    visit_names("unlinks", PLACE_HERE);
    const char *known = bare(name);
    struct named *one = known ? named(known) : NULL;
    if (!one)
        return fails(ENOENT);
    one->name = NULL;
    return 0;
}
