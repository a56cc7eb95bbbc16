// Making connections (POSIX bind, listen, connect, accept): accept waits for a connection, and knows what
// the client did before it connected; connect waits while the server's queue is full.
#include "descriptor.h"
#include "model.h"
#include "outside.h"

#include <errno.h>
#include <sys/socket.h>

WRAP(int, socket, int family, int type, int protocol) {
    int fd = socket(family, type, protocol);
    descriptor_created_socket(fd, PLACE_HERE);
    return fd;
}

// Calls that others may notice and that never wait.
#define AT_ONCE(name, does, ...) \
    if (!MODELLED || !descriptor_may_block(fd, 0)) \
        return name(__VA_ARGS__); \
    descriptor_touch(does, fd, PLACE_HERE); \
    descriptor_release(fd); \
    int result = name(__VA_ARGS__); \
    descriptor_changed(); \
    return result

WRAP(int, bind, int fd, const struct sockaddr *address, socklen_t length) {
    AT_ONCE(bind, "binds", fd, address, length);
}

WRAP(int, listen, int fd, int backlog) {
    AT_ONCE(listen, "listens at", fd, backlog);
}

WRAP(int, shutdown, int fd, int how) {
    AT_ONCE(shutdown, "shuts down", fd, how);
}

static int accept_one(int fd, struct sockaddr *address, socklen_t *length, int flags,
                      uint32_t place) {
    const bool waits = descriptor_is_patient(fd);
    int result;
    bool again;
    do {
        struct pollfd polled = {.fd = fd, .events = POLLIN};
        if (descriptor_visit("accepts at", fd, waits ? &polled : NULL, 1,
                             waits ? descriptor_deadline(fd, SO_RCVTIMEO) : 0,
                             place) == WAY_TIME_OUT) {
            descriptor_done(fd, &polled);
            errno = EAGAIN;
            return -1;
        }
        int old = descriptor_hasten(polled.fd);
        result = accept4(polled.fd, address, length, flags);
        descriptor_restore(polled.fd, old);
        again = result < 0 && errno == EAGAIN;
        if (again)
            schedule_idle(EAGAIN);
        descriptor_created_socket(result, place);
        descriptor_acquire(result);
        descriptor_changed();
        descriptor_done(fd, &polled);
    } while (again && waits);
    return result;
}

WRAP(int, accept, int fd, struct sockaddr *address, socklen_t *length) {
    return MODELLED && descriptor_may_block(fd, 0) ? accept_one(fd, address, length, 0, PLACE_HERE)
                                                   : accept(fd, address, length);
}

WRAP(int, accept4, int fd, struct sockaddr *address, socklen_t *length, int flags) {
    return MODELLED && descriptor_may_block(fd, 0)
               ? accept_one(fd, address, length, flags, PLACE_HERE)
               : accept4(fd, address, length, flags);
}

// A connection that is under way: 0 or -1, as connect.
static int finish(int fd, uint32_t place) {
    struct pollfd polled = {.fd = fd, .events = POLLOUT};
    int error = 0;
    socklen_t size = sizeof error;
    if (poll(&polled, 1, 0) == 0)
        descriptor_visit("connects", fd, &polled, 1, 0, place);
    getsockopt(polled.fd, SOL_SOCKET, SO_ERROR, &error, &size);
    descriptor_changed();
    descriptor_done(fd, &polled);
    errno = error;
    return error ? -1 : 0;
}

WRAP(int, connect, int fd, const struct sockaddr *address, socklen_t length) {
    if (!MODELLED || !descriptor_may_block(fd, 0))
        return connect(fd, address, length);
    const uint32_t place = PLACE_HERE;
    const bool waits = descriptor_is_patient(fd);
    int result;
    bool again;
    outside_addressed();
    do {
        descriptor_touch("connects", fd, place);
        descriptor_release(fd);
        int old = descriptor_hasten(fd);
        result = connect(fd, address, length);
        descriptor_restore(fd, old);
        again = result < 0 && errno == EAGAIN; // the queue of a server's local socket is full
        if (again)
            schedule_idle(EAGAIN);
        else
            descriptor_changed();
    } while (again && waits);
    return result < 0 && errno == EINPROGRESS && waits ? finish(fd, place) : result;
}
