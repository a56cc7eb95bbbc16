// Waiting for one of several descriptors (POSIX poll, select; Linux epoll): returns when one is ready, or
// when the time is over, which is the schedule's own time. A loop that polls without waiting spins like
// any other.
#include "descriptor.h"
#include "model.h"
#include "shadow.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

enum { FOR_EVER = -1 };

static const int64_t second = 1000000000;

static int64_t from_milliseconds(int milliseconds) {
    return milliseconds < 0 ? FOR_EVER : milliseconds * (int64_t)1000000;
}

static int64_t from_timespec(const struct timespec *time) {
    return time ? time->tv_sec * second + time->tv_nsec : FOR_EVER;
}

// What those that were reported had been told, or may have been.
static void acquire(const struct pollfd *polled, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        if (polled[i].revents)
            descriptor_acquire(polled[i].fd);
}

// As the real poll; `asked` keeps its numbers and gets the result.
static int wait_for(const char *name, struct pollfd *asked, unsigned count, int64_t nanoseconds,
                    uint32_t place) {
    struct pollfd polled[count + 1]; // the caller's may change meanwhile
    const uint64_t deadline = nanoseconds > 0 ? schedule_now() + (uint64_t)nanoseconds : 0;
    memcpy(polled, asked, count * sizeof *polled);
    descriptor_visit(name, count ? asked[0].fd : -1, nanoseconds ? polled : NULL, count, deadline,
                     place);
    int result = poll(polled, count, 0);
    if (result == 0)
        schedule_idle(0);
    acquire(polled, count);
    for (unsigned i = 0; i < count; i++) {
        asked[i].revents = polled[i].revents;
        if (polled[i].fd >= 0)
            descriptor_done(asked[i].fd, &polled[i]);
    }
    return result;
}

static int poll_program(struct pollfd *asked, nfds_t count, int64_t nanoseconds, uint32_t place) {
    shadow_access((uintptr_t)asked, count * sizeof *asked, ACCESS_READ, place);
    int result = wait_for("polls", asked, (unsigned)count, nanoseconds, place);
    for (nfds_t i = 0; i < count; i++)
        shadow_access((uintptr_t)&asked[i].revents, sizeof asked[i].revents, ACCESS_WRITE, place);
    return result;
}

WRAP(int, poll, struct pollfd *asked, nfds_t count, int milliseconds) {
    return MODELLED ? poll_program(asked, count, from_milliseconds(milliseconds), PLACE_HERE)
                    : poll(asked, count, milliseconds);
}

WRAP(int, ppoll, struct pollfd *asked, nfds_t count, const struct timespec *time,
     const sigset_t *mask) {
    return MODELLED ? poll_program(asked, count, from_timespec(time), PLACE_HERE)
                    : ppoll(asked, count, time, mask);
}

// select is poll in other words.

struct sets {
    fd_set *set[3];
};

static const struct {
    short asks, reports;
} meaning[3] = {
    {POLLIN, POLLIN | POLLHUP | POLLERR}, {POLLOUT, POLLOUT | POLLERR}, {POLLPRI, POLLPRI}};

static unsigned ask(const struct sets *sets, int limit, struct pollfd *asked) {
    unsigned count = 0;
    for (int fd = 0; fd < limit; fd++) {
        short events = 0;
        for (int i = 0; i < 3; i++)
            if (sets->set[i] && FD_ISSET(fd, sets->set[i]))
                events |= meaning[i].asks;
        if (events)
            asked[count++] = (struct pollfd){.fd = fd, .events = events};
    }
    return count;
}

// Leaves in the sets what was reported. The number of bits, or -1.
static int answer(const struct sets *sets, const struct pollfd *asked, unsigned count) {
    int bits = 0;
    for (unsigned k = 0; k < count; k++)
        if (asked[k].revents & POLLNVAL) {
            errno = EBADF;
            return -1;
        }
    for (unsigned k = 0; k < count; k++)
        for (int i = 0; i < 3; i++) {
            if (!(asked[k].events & meaning[i].asks))
                continue;
            if (asked[k].revents & meaning[i].reports)
                bits++;
            else
                FD_CLR(asked[k].fd, sets->set[i]);
        }
    return bits;
}

static int select_from(int limit, struct sets sets, int64_t nanoseconds, uint32_t place) {
    struct pollfd asked[limit > 0 ? limit : 1];
    unsigned count = ask(&sets, limit, asked);
    wait_for("selects", asked, count, nanoseconds, place);
    return answer(&sets, asked, count);
}

WRAP(int, select, int limit, fd_set *in, fd_set *out, fd_set *urgent, struct timeval *time) {
    if (!MODELLED || limit < 0 || limit > FD_SETSIZE)
        return select(limit, in, out, urgent, time);
    return select_from(limit, (struct sets){{in, out, urgent}},
                       time ? time->tv_sec * second + time->tv_usec * 1000 : FOR_EVER, PLACE_HERE);
}

WRAP(int, pselect, int limit, fd_set *in, fd_set *out, fd_set *urgent, const struct timespec *time,
     const sigset_t *mask) {
    if (!MODELLED || limit < 0 || limit > FD_SETSIZE)
        return pselect(limit, in, out, urgent, time, mask);
    return select_from(limit, (struct sets){{in, out, urgent}}, from_timespec(time), PLACE_HERE);
}

// epoll: the real one knows what it watches.

WRAP(int, epoll_create1, int flags) {
    int fd = epoll_create1(flags);
    descriptor_created(fd, PLACE_HERE);
    return fd;
}

WRAP(int, epoll_create, int size) {
    int fd = epoll_create(size);
    descriptor_created(fd, PLACE_HERE);
    return fd;
}

WRAP(int, epoll_ctl, int fd, int operation, int member, struct epoll_event *event) {
    if (!MODELLED || !descriptor_may_block(fd, 0))
        return epoll_ctl(fd, operation, member, event);
    descriptor_touch("changes what is watched by", fd, PLACE_HERE);
    descriptor_may_block(member, POLLIN); // gets known
    descriptor_release(fd);
    int result = epoll_ctl(fd, operation, member, event);
    descriptor_changed();
    return result;
}

// The events name what the program likes, not descriptors.
static void acquire_watched(int epoll) {
    enum { WATCHED_MOST = 256 };
    int numbers[WATCHED_MOST];
    struct pollfd polled[WATCHED_MOST];
    unsigned count = descriptor_watched(epoll, numbers, WATCHED_MOST);
    for (unsigned i = 0; i < count; i++)
        polled[i] = (struct pollfd){.fd = numbers[i], .events = POLLIN | POLLOUT};
    poll(polled, count, 0);
    acquire(polled, count);
}

static int wait_for_epoll(int fd, struct epoll_event *events, int most, int64_t nanoseconds,
                          uint32_t place) {
    struct pollfd polled = {.fd = fd, .events = POLLIN};
    const uint64_t deadline = nanoseconds > 0 ? schedule_now() + (uint64_t)nanoseconds : 0;
    int result;
    enum way way;
    do {
        way = descriptor_visit("waits for events of", fd, nanoseconds ? &polled : NULL, 1, deadline,
                               place);
        result = epoll_wait(polled.fd, events, most, 0);
        if (result == 0)
            schedule_idle(0);
        if (result > 0) {
            descriptor_acquire(polled.fd);
            acquire_watched(polled.fd);
            shadow_access((uintptr_t)events, (size_t)result * sizeof *events, ACCESS_WRITE, place);
        }
        descriptor_changed(); // what is reported once is not ready for others
        descriptor_done(fd, &polled);
        polled.fd = fd;
    } while (result == 0 && nanoseconds && way != WAY_TIME_OUT);
    return result;
}

WRAP(int, epoll_wait, int fd, struct epoll_event *events, int most, int milliseconds) {
    return MODELLED && descriptor_may_block(fd, 0)
               ? wait_for_epoll(fd, events, most, from_milliseconds(milliseconds), PLACE_HERE)
               : epoll_wait(fd, events, most, milliseconds);
}

WRAP(int, epoll_pwait, int fd, struct epoll_event *events, int most, int milliseconds,
     const sigset_t *mask) {
    return MODELLED && descriptor_may_block(fd, 0)
               ? wait_for_epoll(fd, events, most, from_milliseconds(milliseconds), PLACE_HERE)
               : epoll_pwait(fd, events, most, milliseconds, mask);
}
