// Who could make a descriptor ready. The ends of a pipe, of a socketpair and of an eventfd are held by this
// process alone, since fork is refused. A socket's other end is looked for among the process's own. A
// server's socket waits for the program itself if the program has ever been a client.
#include "outside.h"

#include "arena.h"
#include "descriptor.h"
#include "report.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    OUTSIDE_MILLISECONDS = 3000,
    NETWORK_MILLISECONDS = 200, // for what is under way in the kernel
};

enum reach { INSIDE, NETWORK, OUTSIDE };

static bool own_client;

void outside_addressed(void) {
    own_client = true;
}

// Every number below is looked at: this is done at most once a schedule that hangs.
static bool is_own_address(const struct sockaddr_storage *address, socklen_t length) {
    struct rlimit numbers;
    getrlimit(RLIMIT_NOFILE, &numbers);
    for (int fd = 0; fd < (int)numbers.rlim_cur; fd++) {
        struct sockaddr_storage own;
        socklen_t own_length = sizeof own;
        if (descriptor_is_inside(fd) &&
            getsockname(fd, (struct sockaddr *)&own, &own_length) == 0 && own_length == length &&
            memcmp(&own, address, length) == 0)
            return true;
    }
    return false;
}

static enum reach reach_of_socket(int fd, int family) {
    const enum reach near = family == AF_UNIX ? INSIDE : NETWORK;
    struct sockaddr_storage peer;
    struct ucred process;
    socklen_t length = sizeof peer, size = sizeof process;
    memset(&peer, 0, sizeof peer);
    // A server's, or without connection.
    if (getpeername(fd, (struct sockaddr *)&peer, &length) != 0)
        return own_client ? near : OUTSIDE;
    bool own = family == AF_UNIX ? getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &process, &size) == 0 &&
                                       process.pid == getpid()
                                 : is_own_address(&peer, length);
    return own ? near : OUTSIDE;
}

static enum reach reach_of(int fd);

static enum reach reach_of_watched(int epoll) {
    enum { WATCHED_MOST = 256 };
    int numbers[WATCHED_MOST];
    enum reach farthest = INSIDE;
    for (unsigned i = descriptor_watched(epoll, numbers, WATCHED_MOST); i-- > 0;)
        if (reach_of(numbers[i]) > farthest)
            farthest = reach_of(numbers[i]);
    return farthest;
}

static enum reach reach_of(int fd) {
    int family;
    socklen_t size = sizeof family;
    if (fd < 0)
        return INSIDE;
    if (!descriptor_is_inside(fd))
        return OUTSIDE;
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0)
        return reach_of_socket(fd, family);
    return reach_of_watched(fd);
}

bool outside_wait(const struct thread *threads) {
    const struct thread *waiter = NULL;
    struct pollfd *all = NULL;
    size_t room = 0;
    nfds_t count = 0;
    enum reach farthest = INSIDE;
    for (const struct thread *thread = threads; thread; thread = thread->pending_next)
        for (unsigned i = 0; i < thread->operation.polled_count; i++) {
            enum reach reach = reach_of(thread->operation.polled[i].fd);
            if (reach > farthest) {
                farthest = reach;
                waiter = thread;
            }
            all = arena_grow(all, &room, count + 1, sizeof *all);
            all[count++] = thread->operation.polled[i];
        }
    if (farthest == INSIDE)
        return false;
    if (poll(all, count, farthest == OUTSIDE ? OUTSIDE_MILLISECONDS : NETWORK_MILLISECONDS) > 0)
        return true;
    if (farthest == OUTSIDE)
        report_unavailable_at(
            waiter->operation.place,
            "waits for something from outside the program (descriptor %d), which did "
            "not come: give it a file, or test without it",
            waiter->operation.number);
    return false;
}
