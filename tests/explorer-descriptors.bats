# Calls that wait for a descriptor, and streams, under the explorer.

load helper

explore_json() { run --separate-stderr "$interleave" explore --format json "$@"; }

assert_explored_clean() {
    assert_outcome explore clean
    assert_kinds ""
    assert_equal "$status" 0
}

# lines_of KIND: the lines of the fault of that kind, in order.
lines_of() { field '[.programs[0].faults[] | select(.kind == "'"$1"'").places[].line | tostring] | join(",")'; }

@test "a byte through a pipe orders what its writer did before the reader's accesses" {
    write_program pipe.c <<'E2'
#include <pthread.h>
#include <unistd.h>
static int ends[2], data;
static void *give(void *unused) {
    data = 1;
    write(ends[1], "x", 1);
    return unused;
}
int main(void) {
    pthread_t thread;
    char byte;
    pipe(ends);
    pthread_create(&thread, NULL, give, NULL);
    if (read(ends[0], &byte, 1) != 1 || data != 1)
        return 1;
    pthread_join(thread, NULL);
    return 0;
}
E2
    explore_json pipe.c
    assert_explored_clean
}

@test "what a writer does after it wrote into a pipe races with the reader" {
    write_program late.c <<'E2'
#include <pthread.h>
#include <unistd.h>
static int ends[2], data;
static void *give(void *unused) {
    write(ends[1], "x", 1);
    data = 1;
    return unused;
}
int main(void) {
    pthread_t thread;
    char byte;
    pipe(ends);
    pthread_create(&thread, NULL, give, NULL);
    read(ends[0], &byte, 1);
    int seen = data;
    pthread_join(thread, NULL);
    return seen > 1;
}
E2
    explore_json late.c
    assert_kinds data-race
    assert_equal "$(lines_of data-race)" 6,15
}

@test "a buffer that another thread fills while it is read into from a pipe is a data race" {
    write_program buffer.c <<'E2'
#include <pthread.h>
#include <unistd.h>
static int ends[2];
static char buffer[4];
static void *take(void *unused) {
    read(ends[0], buffer, 4);
    return unused;
}
int main(void) {
    pthread_t thread;
    pipe(ends);
    write(ends[1], "1234", 4);
    pthread_create(&thread, NULL, take, NULL);
    buffer[2] = 'x';
    pthread_join(thread, NULL);
    return 0;
}
E2
    explore_json buffer.c
    assert_kinds data-race
    assert_equal "$(lines_of data-race)" 6,14
}

@test "a reader of a pipe without a writer left gets the end of file" {
    write_program ends.c <<'E2'
#include <pthread.h>
#include <unistd.h>
static int ends[2];
static void *take(void *result) {
    char byte;
    *(int *)result = (int)read(ends[0], &byte, 1);
    return NULL;
}
int main(void) {
    pthread_t thread;
    int result = -1;
    pipe(ends);
    pthread_create(&thread, NULL, take, &result);
    close(ends[1]);
    pthread_join(thread, NULL);
    return result;
}
E2
    explore_json ends.c
    assert_explored_clean
}

@test "a reader to whom nobody writes waits for ever, at its line" {
    write_program alone.c <<'E2'
#include <pthread.h>
#include <unistd.h>
static int ends[2];
static void *take(void *unused) {
    char byte;
    read(ends[0], &byte, 1);
    return unused;
}
int main(void) {
    pthread_t thread;
    pipe(ends);
    pthread_create(&thread, NULL, take, NULL);
    pthread_join(thread, NULL);
    return 0;
}
E2
    explore_json alone.c
    assert_kinds stuck-wait
    assert_equal "$(lines_of stuck-wait)" 6,13
    assert_contains "$(field '.programs[0].faults[0].message')" "descriptor 3"
}

@test "a write that is longer than the pipe waits for its reader" {
    write_program long.c <<'E2'
#include <pthread.h>
#include <unistd.h>
static int ends[2];
static char bytes[200000];
static void *take(void *sum) {
    static char part[7000];
    for (ssize_t n; (n = read(ends[0], part, sizeof part)) > 0;)
        *(long *)sum += n;
    return NULL;
}
int main(void) {
    pthread_t thread;
    long sum = 0;
    pipe(ends);
    pthread_create(&thread, NULL, take, &sum);
    if (write(ends[1], bytes, sizeof bytes) != sizeof bytes)
        return 1;
    close(ends[1]);
    pthread_join(thread, NULL);
    return sum != sizeof bytes;
}
E2
    explore_json long.c
    assert_explored_clean
    sed 's/pthread_create.*/thread = pthread_self();/; /pthread_join/d' long.c >stuck.c
    explore_json stuck.c
    assert_kinds stuck-wait
    assert_equal "$(lines_of stuck-wait)" 16
}

@test "a thread that reads keeps its descriptor though another thread closes it" {
    write_program closed.c <<'E2'
#include <pthread.h>
#include <unistd.h>
static int ends[2];
static void *take(void *unused) {
    char byte;
    while (read(ends[0], &byte, 1) == 1)
        ;
    return unused;
}
int main(void) {
    pthread_t thread;
    pipe(ends);
    pthread_create(&thread, NULL, take, NULL);
    close(ends[0]);
    pthread_join(thread, NULL);
    return 0;
}
E2
    explore_json closed.c
    assert_kinds stuck-wait
}

@test "poll, select and epoll time out in the program's time, not in ours" {
    write_program patient.c <<'E2'
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>
int main(void) {
    int ends[2];
    fd_set set;
    struct timeval day = {86400, 0};
    struct epoll_event event = {.events = EPOLLIN};
    time_t start = time(NULL);
    pipe(ends);
    struct pollfd polled = {.fd = ends[0], .events = POLLIN};
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    int many = epoll_create1(0);
    epoll_ctl(many, EPOLL_CTL_ADD, ends[0], &event);
    if (poll(&polled, 1, 86400000) != 0 || select(ends[0] + 1, &set, NULL, NULL, &day) != 0 ||
        epoll_wait(many, &event, 1, 86400000) != 0 || FD_ISSET(ends[0], &set))
        return 1;
    return time(NULL) - start < 3 * 86400;
}
E2
    SECONDS=0
    explore_json patient.c
    assert_explored_clean
    assert [ "$SECONDS" -lt 30 ]
}

@test "poll, select and epoll tell which descriptor is ready, and order accesses" {
    write_program ready.c <<'E2'
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>
static int quiet[2], ends[3][2], data[3];
static void *give(void *unused) {
    for (int i = 0; i < 3; i++) {
        data[i] = 1;
        write(ends[i][1], "x", 1);
    }
    return unused;
}
int main(void) {
    pthread_t thread;
    fd_set set;
    struct epoll_event event = {.events = EPOLLIN};
    pipe(quiet);
    for (int i = 0; i < 3; i++)
        pipe(ends[i]);
    struct pollfd polled[2] = {{.fd = quiet[0], .events = POLLIN}, {.fd = ends[0][0], .events = POLLIN}};
    FD_ZERO(&set);
    FD_SET(quiet[0], &set);
    FD_SET(ends[1][0], &set);
    int many = epoll_create1(0);
    epoll_ctl(many, EPOLL_CTL_ADD, quiet[0], &event);
    event.data.fd = ends[2][0];
    epoll_ctl(many, EPOLL_CTL_ADD, ends[2][0], &event);
    pthread_create(&thread, NULL, give, NULL);
    if (poll(polled, 2, -1) != 1 || polled[0].revents || polled[1].revents != POLLIN || !data[0])
        return 1;
    if (select(ends[1][0] + 1, &set, NULL, NULL, NULL) != 1 || FD_ISSET(quiet[0], &set) ||
        !FD_ISSET(ends[1][0], &set) || !data[1])
        return 2;
    if (epoll_wait(many, &event, 1, -1) != 1 || event.data.fd != ends[2][0] || !data[2])
        return 3;
    pthread_join(thread, NULL);
    return 0;
}
E2
    explore_json ready.c
    assert_explored_clean
}

@test "a loop that polls without waiting lets others go on, and ends" {
    write_program loop.c <<'E2'
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>
static int ends[2];
static void *give(void *unused) {
    write(ends[1], "x", 1);
    return unused;
}
int main(void) {
    pthread_t thread;
    char byte;
    pipe(ends);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    pthread_create(&thread, NULL, give, NULL);
    while (read(ends[0], &byte, 1) != 1)
        if (errno != EAGAIN)
            return 1;
    pthread_join(thread, NULL);
    return 0;
}
E2
    explore_json loop.c
    assert_explored_clean
}

@test "two that both wait for the other to speak first are stuck" {
    write_program dialogue.c <<'E2'
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>
static int ends[2];
static void *answer(void *unused) {
    char byte;
    recv(ends[1], &byte, 1, 0);
    send(ends[1], "a", 1, 0);
    return unused;
}
int main(void) {
    pthread_t thread;
    char byte;
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    pthread_create(&thread, NULL, answer, NULL);
    recv(ends[0], &byte, 1, 0);
    send(ends[0], "q", 1, 0);
    pthread_join(thread, NULL);
    return 0;
}
E2
    explore_json dialogue.c
    assert_kinds stuck-wait
    assert_equal "$(lines_of stuck-wait)" 16,7
}

@test "an eventfd counts, and waits at zero" {
    write_program event.c <<'E2'
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>
static int event, data;
static void *give(void *unused) {
    uint64_t two = 2;
    data = 1;
    write(event, &two, sizeof two);
    return unused;
}
int main(void) {
    pthread_t thread;
    uint64_t count;
    event = eventfd(0, EFD_SEMAPHORE);
    pthread_create(&thread, NULL, give, NULL);
    for (int i = 0; i < 2; i++)
        if (read(event, &count, sizeof count) != sizeof count || count != 1 || data != 1)
            return 1;
    pthread_join(thread, NULL);
    return 0;
}
E2
    explore_json event.c
    assert_explored_clean
    sed 's/i < 2/i < 3/' event.c >once-more.c
    explore_json once-more.c
    assert_kinds stuck-wait
    assert_equal "$(lines_of stuck-wait)" 18
}

write_server() {
    write_program "$1" <<'E2'
#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>
enum { CLIENTS = 2, SERVED = 2 };
static int listener, asked;
static struct sockaddr_in address;
static socklen_t length = sizeof address;
static void *serve(void *unused) {
    for (int i = 0; i < SERVED; i++) {
        char byte;
        int client = accept(listener, NULL, NULL);
        if (asked <= i)
            return &address;
        while (recv(client, &byte, 1, 0) == 1)
            send(client, &byte, 1, 0);
        close(client);
    }
    return unused;
}
int main(void) {
    pthread_t thread;
    void *failed;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_family = AF_INET;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 4) ||
        getsockname(listener, (struct sockaddr *)&address, &length))
        return 1;
    pthread_create(&thread, NULL, serve, NULL);
    for (int i = 0; i < CLIENTS; i++) {
        char bytes[2];
        int server = socket(AF_INET, SOCK_STREAM, 0);
        asked = i + 1;
        if (connect(server, (struct sockaddr *)&address, length) || send(server, "ab", 2, 0) != 2 ||
            recv(server, bytes, 2, MSG_WAITALL) != 2)
            return 2;
        shutdown(server, SHUT_WR);
        if (recv(server, bytes, 1, 0) != 0)
            return 3;
        close(server);
    }
    pthread_join(thread, &failed);
    return failed != NULL;
}
E2
}

@test "a server and its client in one program talk over the loopback" {
    write_server tcp.c
    explore_json tcp.c
    assert_explored_clean
}

@test "a server that waits for one client more than come is stuck at accept" {
    write_server tcp.c
    sed 's/SERVED = 2/SERVED = 3/' tcp.c >more.c
    explore_json more.c
    assert_kinds stuck-wait
    assert_equal "$(lines_of stuck-wait)" 12,43
}

@test "a server whose clients are other programs is not judged" {
    write_server tcp.c
    sed 's/CLIENTS = 2/CLIENTS = 0/' tcp.c >waiting.c
    explore_json waiting.c
    assert_outcome explore unavailable
    assert_reason explore "outside"
    assert_kinds ""
}

@test "a timerfd, a stream on a pipe and another program are not judged, with a reason" {
    write_program refused.c <<'E2'
#include <stdio.h>
#include <sys/timerfd.h>
#include <unistd.h>
int main(void) {
    int ends[2];
    pipe(ends);
    CALL;
    return 0;
}
E2
    local call
    for call in 'timerfd_create(CLOCK_MONOTONIC, 0)' 'fdopen(ends[0], "r")' 'popen("true", "r")'; do
        sed "s/CALL/$call/" refused.c >this.c
        explore_json this.c
        assert_outcome explore unavailable
        assert_reason explore "this.c:7"
    done
}

@test "flockfile is a lock: taken in another order than a mutex it can deadlock" {
    write_program print.c <<'E2'
#include <pthread.h>
#include <stdio.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *log_twice(void *unused) {
    flockfile(stdout);
    puts("one");
    pthread_mutex_lock(&lock);
    puts("two");
    pthread_mutex_unlock(&lock);
    funlockfile(stdout);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, log_twice, NULL);
    pthread_mutex_lock(&lock);
    puts("main");
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return 0;
}
E2
    explore_json print.c
    assert_kinds deadlock
    assert_equal "$(lines_of deadlock)" 17,7
    assert_contains "$(field '.programs[0].faults[0].message')" '`stdout`'
}

@test "flockfile counts, and orders the accesses of its owners" {
    write_program counts.c <<'E2'
#include <pthread.h>
#include <stdio.h>
static int count;
static void *add(void *unused) {
    flockfile(stderr);
    flockfile(stderr);
    funlockfile(stderr);
    count++;
    funlockfile(stderr);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, add, NULL);
    add(NULL);
    pthread_join(thread, NULL);
    return count != 2;
}
E2
    explore_json counts.c
    assert_explored_clean
}

@test "a write to a pipe that nobody can read is a crash at its line" {
    write_program broken.c <<'E2'
#include <unistd.h>
int main(void) {
    int ends[2];
    pipe(ends);
    close(ends[0]);
    write(ends[1], "x", 1);
    return 0;
}
E2
    explore_json broken.c
    assert_kinds crash
    assert_equal "$(lines_of crash)" 6
}

@test "a program's descriptors have the same numbers in every schedule" {
    write_program numbers.c <<'E2'
#include <pthread.h>
#include <unistd.h>
static void *nothing(void *unused) { return unused; }
int main(void) {
    int ends[2];
    pthread_t thread;
    pthread_create(&thread, NULL, nothing, NULL);
    pipe(ends);
    pthread_join(thread, NULL);
    return ends[0] != 3 || ends[1] != 4;
}
E2
    explore_json numbers.c
    assert_explored_clean
}

@test "each schedule reads standard input from its start" {
    write_program input.c <<'E2'
#include <pthread.h>
#include <stdio.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *lock_often(void *unused) {
    for (int i = 0; i < 5; i++) {
        pthread_mutex_lock(&lock);
        pthread_mutex_unlock(&lock);
    }
    return unused;
}
int main(void) {
    char line[16];
    int lines = 0;
    pthread_t thread;
    setvbuf(stdin, NULL, _IONBF, 0);
    pthread_create(&thread, NULL, lock_often, NULL);
    while (fgets(line, sizeof line, stdin)) {
        lines++;
        lock_often(NULL);
    }
    pthread_join(thread, NULL);
    return lines != 3;
}
E2
    printf '1\n2\n3\n' >three
    explore_json --stdin three input.c
    assert_explored_clean
}
