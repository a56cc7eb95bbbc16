// Descriptors (POSIX 2.9.7, close, dup, pipe, socketpair): both ends of a pipe or of a pair of sockets hand
// on what their writers knew, and so do all other sockets together, as in ThreadSanitizer. For the order
// of operations all descriptors are one object: their numbers are given in one sequence.
#include "descriptor.h"

#include "arena.h"
#include "cancel.h"
#include "model.h"
#include "outside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { COPIES_FROM = 512 }; // numbers of copies, far from the program's own

// What descriptors share that lead to the same place.
struct conduit {
    struct clock clock;
    bool inside; // made by this process, and so by nobody else held
    ino_t inode; // of a pipe
};

static struct conduit **conduits; // by number
static size_t conduit_room;
static struct conduit sockets = {.inside = true};

static struct object *descriptors(void) {
    return object_at(&conduits, OBJECT_DESCRIPTOR);
}

static struct conduit *conduit_of(int fd) {
    return fd >= 0 && (size_t)fd < conduit_room ? conduits[fd] : NULL;
}

static void conduit_set(int fd, struct conduit *conduit) {
    if (fd < 0 || (!conduit && (size_t)fd >= conduit_room))
        return;
    conduits = arena_grow(conduits, &conduit_room, (size_t)fd + 1, sizeof(struct conduit *));
    conduits[fd] = conduit;
}

static struct conduit *conduit_new(bool inside, int fd) {
    struct conduit *conduit = arena_take(sizeof *conduit);
    struct stat status;
    conduit->inside = inside;
    if (fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode))
        conduit->inode = status.st_ino;
    return conduit;
}

// A descriptor that came by another way: a copy of a pipe's that is known, or from outside.
static void adopt(int fd, const struct stat *status) {
    for (size_t i = 0; S_ISFIFO(status->st_mode) && i < conduit_room; i++)
        if (conduits[i] && conduits[i]->inode == status->st_ino) {
            conduit_set(fd, conduits[i]);
            return;
        }
    conduit_set(fd, conduit_new(false, fd));
}

bool descriptor_may_block(int fd, short events) {
    struct stat status;
    const int error = errno;
    bool may = conduit_of(fd) != NULL;
    if (!may && fstat(fd, &status) == 0) {
        may = S_ISCHR(status.st_mode) ? events & POLLIN && isatty(fd)
                                      : !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode) &&
                                            !S_ISBLK(status.st_mode);
        if (may)
            adopt(fd, &status);
    }
    errno = error;
    return may;
}

bool descriptor_is_inside(int fd) {
    const struct conduit *conduit = conduit_of(fd);
    return conduit && conduit->inside;
}

bool descriptor_is_patient(int fd) {
    return !(fcntl(fd, F_GETFL) & O_NONBLOCK);
}

int descriptor_hasten(int fd) {
    int flags = descriptor_is_inside(fd) ? fcntl(fd, F_GETFL) : -1;
    if (flags >= 0 && !(flags & O_NONBLOCK))
        fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    return flags;
}

void descriptor_restore(int fd, int flags) {
    const int error = errno;
    if (flags >= 0 && !(flags & O_NONBLOCK))
        fcntl(fd, F_SETFL, flags);
    errno = error;
}

void descriptor_acquire(int fd) {
    if (conduit_of(fd))
        model_learn(&conduit_of(fd)->clock);
}

void descriptor_release(int fd) {
    if (conduit_of(fd))
        model_tell(&conduit_of(fd)->clock);
}

uint64_t descriptor_deadline(int fd, int option) {
    struct timeval time;
    socklen_t size = sizeof time;
    const int error = errno;
    bool has =
        getsockopt(fd, SOL_SOCKET, option, &time, &size) == 0 && (time.tv_sec || time.tv_usec);
    errno = error;
    return has ? schedule_now() + (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_usec * 1000
               : 0;
}

// The kernel lists them in lines "tfd: NUMBER …".
unsigned descriptor_watched(int fd, int numbers[], unsigned most) {
    char path[64], text[8192];
    unsigned count = 0;
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
    int info = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = info < 0 ? 0 : read(info, text, sizeof text - 1);
    text[length > 0 ? length : 0] = '\0';
    close(info);
    for (const char *at = strstr(text, "tfd:"); at && count < most; at = strstr(at + 1, "tfd:"))
        numbers[count++] = (int)strtol(at + 4, NULL, 10);
    return count;
}

// Waiting

static bool is_reported(const struct thread *thread) {
    const int error = errno;
    bool any = poll(thread->operation.polled, thread->operation.polled_count, 0) != 0;
    errno = error;
    return any;
}

enum way descriptor_visit(const char *name, int number, struct pollfd *polled, unsigned count,
                          uint64_t deadline, uint32_t place) {
    const struct operation operation = {.name = name,
                                        .wait = "descriptor",
                                        .object = descriptors(),
                                        .ready = polled ? is_reported : NULL,
                                        .deadline = deadline,
                                        .polled = polled,
                                        .polled_count = polled ? count : 0,
                                        .number = number,
                                        .place = place};
    return cancel_visit(&operation);
}

void descriptor_touch(const char *name, int number, uint32_t place) {
    const struct operation operation = {.name = name,
                                        .wait = "descriptor", // if it is tried over and over
                                        .object = descriptors(),
                                        .number = number,
                                        .place = place};
    schedule_visit(&operation);
}

void descriptor_changed(void) {
    schedule_changed(descriptors());
}

// The descriptor is about to get lost. A thread that waits in a call on it keeps what it stood for.
static void keep_for_waiters(int fd) {
    for (struct thread *thread = descriptors()->pending; thread; thread = thread->pending_next)
        for (unsigned i = 0; i < thread->operation.polled_count; i++) {
            struct pollfd *polled = &thread->operation.polled[i];
            if (polled->fd != fd || set_has(&choices.ready, thread->number))
                continue;
            int copy = fcntl(fd, F_DUPFD_CLOEXEC, COPIES_FROM);
            if (copy < 0)
                continue;
            conduit_set(copy, conduit_of(fd));
            polled->fd = copy;
        }
}

void descriptor_done(int number, const struct pollfd *polled) {
    const int error = errno;
    if (polled->fd != number) {
        close(polled->fd);
        conduit_set(polled->fd, NULL);
        descriptor_changed();
    }
    errno = error;
}

bool descriptor_awaits_outside(void) {
    bool came = outside_wait(descriptors()->pending);
    if (came)
        descriptor_changed();
    return came;
}

// Coming and going

static void note_creation(int fd, uint32_t place) {
    const struct operation operation = {
        .name = "creates", .object = descriptors(), .number = fd, .place = place};
    schedule_note(&operation);
}

void descriptor_created(int fd, uint32_t place) {
    if (!MODELLED || fd < 0)
        return;
    conduit_set(fd, conduit_new(true, fd));
    note_creation(fd, place);
}

void descriptor_created_pair(const int fds[2], uint32_t place) {
    if (!MODELLED)
        return;
    descriptor_created(fds[0], place);
    conduit_set(fds[1], conduit_of(fds[0]));
    note_creation(fds[1], place);
}

void descriptor_created_socket(int fd, uint32_t place) {
    if (!MODELLED || fd < 0)
        return;
    conduit_set(fd, &sockets);
    note_creation(fd, place);
}

#define CREATES_PAIR(name, parameters, ...) \
    WRAP(int, name, parameters) { \
        int result = name(__VA_ARGS__); \
        if (result == 0) \
            descriptor_created_pair(fds, PLACE_HERE); \
        return result; \
    }
#define AND ,
CREATES_PAIR(pipe, int fds[2], fds)
CREATES_PAIR(pipe2, int fds[2] AND int flags, fds, flags)
CREATES_PAIR(socketpair, int family AND int type AND int protocol AND int fds[2], family, type,
             protocol, fds)

WRAP(int, eventfd, unsigned count, int flags) {
    int fd = eventfd(count, flags);
    descriptor_created(fd, PLACE_HERE);
    return fd;
}

WRAP(int, close, int fd) {
    if (!MODELLED || !descriptor_may_block(fd, 0))
        return close(fd);
    descriptor_touch("closes", fd, PLACE_HERE);
    keep_for_waiters(fd);
    descriptor_release(fd);
    int result = close(fd);
    conduit_set(fd, NULL);
    descriptor_changed();
    return result;
}

static int copied(int fd, int copy, uint32_t place) {
    if (MODELLED && copy >= 0 && descriptor_may_block(fd, 0)) {
        conduit_set(copy, conduit_of(fd));
        note_creation(copy, place);
    }
    return copy;
}

WRAP(int, dup, int fd) {
    return copied(fd, dup(fd), PLACE_HERE);
}

// Onto a number that may be in use.
static int replace(int fd, int copy, int flags, uint32_t place) {
    if (!descriptor_may_block(copy, 0) && !descriptor_may_block(fd, 0))
        return flags < 0 ? dup2(fd, copy) : dup3(fd, copy, flags);
    descriptor_touch("replaces", copy, place);
    if (fd != copy && fcntl(fd, F_GETFD) >= 0) {
        keep_for_waiters(copy);
        descriptor_release(copy);
    }
    int result = flags < 0 ? dup2(fd, copy) : dup3(fd, copy, flags);
    if (result >= 0)
        conduit_set(copy, conduit_of(fd));
    descriptor_changed();
    return result;
}

WRAP(int, dup2, int fd, int copy) {
    return MODELLED ? replace(fd, copy, -1, PLACE_HERE) : dup2(fd, copy);
}

WRAP(int, dup3, int fd, int copy, int flags) {
    return MODELLED ? replace(fd, copy, flags, PLACE_HERE) : dup3(fd, copy, flags);
}

// What follows the real clock, or waits where the explorer cannot see it.

#define REFUSES(result, name, parameters, sentence, ...) \
    WRAP(result, name, parameters) { \
        if (MODELLED) \
            report_unavailable_at(PLACE_HERE, sentence); \
        return name(__VA_ARGS__); \
    }
REFUSES(int, timerfd_create, int clock AND int flags,
        "a timerfd follows the real clock; the explorer's is virtual: wait with a time-out instead",
        clock, flags)
REFUSES(int, signalfd, int fd AND const sigset_t *set AND int flags,
        "the explorer does not model signalfd: let a thread tell the others by a pipe instead", fd,
        set, flags)
REFUSES(FILE *, popen, const char *command AND const char *mode,
        "the explorer cannot make another program wait its turn: test without popen", command, mode)
REFUSES(int, system, const char *command,
        "the explorer cannot make another program wait its turn: test without system", command)
REFUSES(int, mkfifo, const char *path AND mode_t mode,
        "the explorer does not model named pipes: use pipe instead", path, mode)

WRAP(FILE *, fdopen, int fd, const char *mode) {
    if (MODELLED && descriptor_may_block(fd, POLLIN))
        report_unavailable_at(PLACE_HERE, "a stream on a pipe or a socket waits where the explorer "
                                          "cannot see it: use read and write instead of fdopen");
    return fdopen(fd, mode);
}
