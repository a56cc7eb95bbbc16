# What the harness says of a program that gets stuck. Every program here reaches its hang on every
# schedule (threads meet at a barrier first), so a test depends on no luck.
#
# In these programs `/* waits */` ends each line that a place of the fault must name, and `/* takes */`
# each line that the message must name as where a lock was taken.

load helper

# lines_of MARK: the numbers of the lines of hang.c that end so, one a line.
lines_of() { grep -n "/\* $1 \*/$" hang.c | cut -d: -f1; }

# Judges hang.c; the rest is for each of the engines alike:
# assert_hang KIND TEXT...: this kind and no other, at the marked lines, and the message has the texts.
assert_hang() {
    local kind=$1 engine message line text
    shift
    judge_json --engines native,tsan,helgrind hang.c
    assert_equal "$status" 1
    assert_kinds "$kind"
    for engine in native tsan helgrind; do
        assert_equal "$engine: $(field '[.programs[0].faults[] | select(.engine == "'$engine'").places[].line]
                                        | unique[]')" "$engine: $(lines_of waits)"
        message=$(field '.programs[0].faults[] | select(.engine == "'$engine'").message')
        for text; do assert_contains "$engine: $message" "$text"; done
        for line in $(lines_of waits) $(lines_of takes); do assert_contains "$engine: $message" "hang.c:$line"; done
    done
}

@test "two locks taken in opposite orders: a deadlock that names both threads and both locks" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t meeting;
static void *one(void *unused) {
    pthread_mutex_lock(&left); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&right); /* waits */
    return unused;
}
static void *other(void *unused) {
    pthread_mutex_lock(&right); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&left); /* waits */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, one, NULL);
    pthread_create(&threads[1], NULL, other, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}
E
    assert_hang deadlock 'T1 waits for `right` (hang.c:7), held by T2 since hang.c:11' \
        'T2 waits for `left` (hang.c:13), held by T1 since hang.c:5'
}

@test "a ring of three locks: a deadlock that names all three" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_mutex_t forks[3] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static pthread_barrier_t meeting;
static void *dine(void *seat) {
    long me = (long)seat;
    pthread_mutex_lock(&forks[me]); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&forks[(me + 1) % 3]); /* waits */
    return NULL;
}
int main(void) {
    pthread_t threads[3];
    pthread_barrier_init(&meeting, NULL, 3);
    for (long i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, dine, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
}
E
    assert_hang deadlock 'T1 waits for `forks[1]`' 'T2 waits for `forks[2]`' 'T3 waits for `forks[0]`'
}

@test "main is one of the two that wait for each other: it is called main" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t meeting;
static void *other(void *unused) {
    pthread_mutex_lock(&right); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&left); /* waits */
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&thread, NULL, other, NULL);
    pthread_mutex_lock(&left); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&right); /* waits */
    pthread_join(thread, NULL);
}
E
    assert_hang deadlock 'main waits for `right`' 'held by main since hang.c:14' 'T1 waits for `left`'
}

@test "a mutex locked again by its holder: a double lock" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int total;
static void add(int number) {
    pthread_mutex_lock(&lock); /* waits */
    total += number;
    pthread_mutex_unlock(&lock);
}
int main(void) {
    pthread_mutex_lock(&lock); /* takes */
    add(1);
    pthread_mutex_unlock(&lock);
}
E
    assert_hang double-lock 'main waits for `lock`' 'which it holds itself since hang.c:10'
}

@test "a read lock that its own reader wants to write: a double lock" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static void *update(void *unused) {
    pthread_rwlock_rdlock(&table); /* takes */
    pthread_rwlock_wrlock(&table); /* waits */
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, update, NULL);
    pthread_join(thread, NULL);
}
E
    assert_hang double-lock 'T1 waits for the write lock `table`' 'which it holds itself'
}

@test "two readers that both want to write: a deadlock" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t meeting;
static void *update(void *unused) {
    pthread_rwlock_rdlock(&table); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_rwlock_wrlock(&table); /* waits */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, update, NULL);
    pthread_create(&threads[1], NULL, update, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}
E
    assert_hang deadlock 'T1 waits for the write lock `table`' 'T2 waits for the write lock `table`'
}

@test "a read-write lock and a mutex in opposite orders: a deadlock" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t log = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t meeting;
static void *reads(void *unused) {
    pthread_rwlock_rdlock(&table); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&log); /* waits */
    return unused;
}
static void *writes(void *unused) {
    pthread_mutex_lock(&log); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_rwlock_wrlock(&table); /* waits */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, reads, NULL);
    pthread_create(&threads[1], NULL, writes, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}
E
    assert_hang deadlock 'T1 waits for `log`' 'T2 waits for the write lock `table`'
}

@test "joining a thread that waits for the joiner's lock: a deadlock" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *work(void *unused) {
    pthread_mutex_lock(&lock); /* waits */
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_mutex_lock(&lock); /* takes */
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL); /* waits */
    pthread_mutex_unlock(&lock);
}
E
    assert_hang deadlock 'main waits for T1 to end' 'T1 waits for `lock`' 'held by main'
}

@test "three threads that join each other in a ring: a deadlock" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_t threads[3];
static pthread_barrier_t meeting;
static void *join_next(void *seat) {
    pthread_barrier_wait(&meeting);
    pthread_join(threads[((long)seat + 1) % 3], NULL); /* waits */
    return NULL;
}
int main(void) {
    pthread_barrier_init(&meeting, NULL, 4);
    for (long i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, join_next, (void *)i);
    pthread_barrier_wait(&meeting);
    pthread_exit(NULL);
}
E
    assert_hang deadlock 'T1 waits for T2 to end' 'T2 waits for T3 to end' 'T3 waits for T1 to end'
}

@test "a lock whose holder has ended: a stuck wait that says who kept it" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *forget(void *unused) {
    pthread_mutex_lock(&lock); /* takes */
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, forget, NULL);
    pthread_join(thread, NULL);
    pthread_mutex_lock(&lock); /* waits */
}
E
    assert_hang stuck-wait 'main waits for `lock`' 'held by T1 since hang.c:4' 'has ended without releasing it'
}

@test "a semaphore that nobody posts: a stuck wait" {
    write_program hang.c <<'E'
#include <pthread.h>
#include <semaphore.h>
static sem_t ready;
static void *work(void *unused) {
    sem_wait(&ready); /* waits */
    return unused;
}
int main(void) {
    pthread_t thread;
    sem_init(&ready, 0, 0);
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL); /* waits */
}
E
    assert_hang stuck-wait 'T1 waits for the semaphore `ready`' 'main waits for T1 to end'
}

@test "a condition that nobody signals: a stuck wait" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t full = PTHREAD_COND_INITIALIZER;
static int items;
static void *consume(void *unused) {
    pthread_mutex_lock(&lock);
    while (items == 0)
        pthread_cond_wait(&full, &lock); /* waits */
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, consume, NULL);
    pthread_join(thread, NULL); /* waits */
}
E
    assert_hang stuck-wait 'T1 waits for the condition `full`' 'main waits for T1 to end'
}

@test "a barrier that lacks one thread: a stuck wait" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_barrier_t gate;
static void *arrive(void *unused) {
    pthread_barrier_wait(&gate); /* waits */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_barrier_init(&gate, NULL, 3);
    pthread_create(&threads[0], NULL, arrive, NULL);
    pthread_create(&threads[1], NULL, arrive, NULL);
    pthread_join(threads[0], NULL); /* waits */
    pthread_join(threads[1], NULL);
}
E
    assert_hang stuck-wait 'T1 waits for the barrier `gate`' 'T2 waits for the barrier `gate`'
}

@test "a pipe that nobody closes: a stuck wait" {
    write_program hang.c <<'E'
#include <pthread.h>
#include <unistd.h>
static int ends[2];
static void *drain(void *unused) {
    char byte;
    while (read(ends[0], &byte, 1) == 1) /* waits */
        ;
    return unused;
}
int main(void) {
    pthread_t thread;
    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, drain, NULL);
    if (write(ends[1], "x", 1) != 1)
        return 1;
    pthread_join(thread, NULL); /* waits */
}
E
    assert_hang stuck-wait 'T1 waits for input on descriptor' 'main waits for T1 to end'
}

@test "a socket pair where both sides wait for the other's first word: a stuck wait" {
    write_program hang.c <<'E'
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>
static int ends[2];
static void *answer(void *unused) {
    char byte;
    recv(ends[1], &byte, 1, 0); /* waits */
    return unused;
}
int main(void) {
    pthread_t thread;
    char byte;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return 1;
    pthread_create(&thread, NULL, answer, NULL);
    recv(ends[0], &byte, 1, 0); /* waits */
    pthread_join(thread, NULL);
}
E
    assert_hang stuck-wait 'T1 waits for input on descriptor' 'main waits for input on descriptor'
}

@test "a parent and its child that wait for each other: a stuck wait, and the child is ended" {
    write_program hang.c <<'E'
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    int ends[2];
    if (pipe(ends) != 0)
        return 1;
    pid_t child = fork();
    if (child == 0) {
        char byte;
        while (read(ends[0], &byte, 1) == 1) /* waits */
            ;
        _exit(0);
    }
    waitpid(child, NULL, 0); /* waits */
    close(ends[1]);
}
E
    assert_hang stuck-wait 'main waits for a child process to end' 'waits for input on descriptor'
    assert_no_children_left
}

@test "a writer into a full pipe that nobody reads: a stuck wait" {
    write_program hang.c <<'E'
#include <unistd.h>
static const char page[4096];
int main(void) {
    int ends[2];
    if (pipe(ends) != 0)
        return 1;
    for (int i = 0; i < 17; i++)
        if (write(ends[1], page, sizeof page) < 0) /* waits */
            return 1;
}
E
    judge_json --engines native hang.c
    assert_kinds stuck-wait
    assert_equal "$(field '.programs[0].faults[0].places[0].line')" "$(lines_of waits)"
}

@test "poll without a time-out on a pipe that nobody writes: a stuck wait" {
    write_program hang.c <<'E'
#include <poll.h>
#include <unistd.h>
int main(void) {
    int ends[2];
    if (pipe(ends) != 0)
        return 1;
    struct pollfd entry = {.fd = ends[0], .events = POLLIN};
    poll(&entry, 1, -1); /* waits */
}
E
    judge_json --engines native hang.c
    assert_kinds stuck-wait
    assert_equal "$(field '.programs[0].faults[0].places[0].line')" "$(lines_of waits)"
}

@test "two threads in a deadlock while a third is busy: still a deadlock, of the two alone" {
    write_program hang.c <<'E'
#include <pthread.h>
#include <stdatomic.h>
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t meeting;
static atomic_ulong work;
static void *one(void *unused) {
    pthread_mutex_lock(&left); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&right); /* waits */
    return unused;
}
static void *other(void *unused) {
    pthread_mutex_lock(&right); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&left); /* waits */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, one, NULL);
    pthread_create(&threads[1], NULL, other, NULL);
    for (;;)
        atomic_fetch_add(&work, 1);
}
E
    assert_hang deadlock 'T1 waits for `right`' 'T2 waits for `left`'
}

@test "a double lock while another thread sleeps for ever: seen though others live" {
    write_program hang.c <<'E'
#include <pthread.h>
#include <unistd.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *again(void *unused) {
    pthread_mutex_lock(&lock); /* takes */
    pthread_mutex_lock(&lock); /* waits */
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, again, NULL);
    for (;;)
        sleep(1);
}
E
    assert_hang double-lock 'T1 waits for `lock`' 'which it holds itself'
}

@test "two spin locks in opposite orders: a deadlock of threads that are busy" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_spinlock_t left, right;
static pthread_barrier_t meeting;
static void *one(void *unused) {
    pthread_spin_lock(&left); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_spin_lock(&right); /* waits */
    return unused;
}
static void *other(void *unused) {
    pthread_spin_lock(&right); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_spin_lock(&left); /* waits */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_spin_init(&left, PTHREAD_PROCESS_PRIVATE);
    pthread_spin_init(&right, PTHREAD_PROCESS_PRIVATE);
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, one, NULL);
    pthread_create(&threads[1], NULL, other, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}
E
    assert_hang deadlock 'T1 waits for the spin lock `right`' 'T2 waits for the spin lock `left`'
}

@test "a recursive and an error-checking mutex in opposite orders: a deadlock" {
    write_program hang.c <<'E'
#define _GNU_SOURCE
#include <pthread.h>
static pthread_mutex_t tree = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t list = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_barrier_t meeting;
static void *one(void *unused) {
    pthread_mutex_lock(&tree); /* takes */
    pthread_mutex_lock(&tree);
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&list); /* waits */
    return unused;
}
static void *other(void *unused) {
    pthread_mutex_lock(&list); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&tree); /* waits */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, one, NULL);
    pthread_create(&threads[1], NULL, other, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}
E
    assert_hang deadlock 'T1 waits for `list`' 'T2 waits for `tree`'
}

@test "mutexes with priority inheritance in opposite orders: a deadlock" {
    write_program hang.c <<'E'
#define _GNU_SOURCE
#include <pthread.h>
static pthread_mutex_t left, right;
static pthread_barrier_t meeting;
static void *one(void *unused) {
    pthread_mutex_lock(&left); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&right); /* waits */
    return unused;
}
static void *other(void *unused) {
    pthread_mutex_lock(&right); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&left); /* waits */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
    pthread_mutex_init(&left, &attributes);
    pthread_mutex_init(&right, &attributes);
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, one, NULL);
    pthread_create(&threads[1], NULL, other, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}
E
    judge_json --engines native,tsan hang.c # the kernel takes the second of such locks for a deadlock too
    assert_kinds deadlock
    assert_contains "$(field '.programs[0].faults[0].message')" 'waits for `left`'
    assert_contains "$(field '.programs[0].faults[0].message')" 'waits for `right`'
}

@test "C11 mutexes in opposite orders: a deadlock at the program's own lines" {
    write_program hang.c <<'E'
#include <stdatomic.h>
#include <threads.h>
static mtx_t left, right;
static atomic_int here;
static void meet(void) {
    atomic_fetch_add(&here, 1);
    while (atomic_load(&here) < 2)
        thrd_yield();
}
static int one(void *unused) {
    mtx_lock(&left); /* takes */
    meet();
    mtx_lock(&right); /* waits */
    return unused != NULL;
}
static int other(void *unused) {
    mtx_lock(&right); /* takes */
    meet();
    mtx_lock(&left); /* waits */
    return unused != NULL;
}
int main(void) {
    thrd_t threads[2];
    mtx_init(&left, mtx_plain);
    mtx_init(&right, mtx_plain);
    thrd_create(&threads[0], one, NULL);
    thrd_create(&threads[1], other, NULL);
    thrd_join(threads[0], NULL);
    thrd_join(threads[1], NULL);
}
E
    assert_hang deadlock 'T1 waits for `right`' 'T2 waits for `left`'
}

@test "locks on the heap are called what the source calls them" {
    write_program hang.c <<'E'
#include <pthread.h>
#include <stdlib.h>
struct account {
    int balance;
    pthread_mutex_t lock;
};
static struct account *ann, *bob;
static pthread_barrier_t meeting;
static void *one(void *unused) {
    pthread_mutex_lock(&ann->lock); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&bob->lock); /* waits */
    return unused;
}
static void *other(void *unused) {
    pthread_mutex_lock(&bob->lock); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&ann->lock); /* waits */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    ann = calloc(1, sizeof *ann);
    bob = calloc(1, sizeof *bob);
    pthread_mutex_init(&ann->lock, NULL);
    pthread_mutex_init(&bob->lock, NULL);
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, one, NULL);
    pthread_create(&threads[1], NULL, other, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}
E
    assert_hang deadlock 'T1 waits for `bob->lock`' 'T2 waits for `ann->lock`'
}

@test "a lock in an array of structs is called by its index and member" {
    write_program hang.c <<'E'
#include <pthread.h>
struct account {
    int balance;
    pthread_mutex_t lock;
};
static struct account accounts[3] = {
    {0, PTHREAD_MUTEX_INITIALIZER}, {0, PTHREAD_MUTEX_INITIALIZER}, {0, PTHREAD_MUTEX_INITIALIZER}};
static pthread_barrier_t meeting;
struct payment {
    struct account *from, *to;
};
static void *pay(void *argument) {
    struct payment *payment = argument;
    pthread_mutex_lock(&payment->from->lock); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&payment->to->lock); /* waits */
    return NULL;
}
int main(void) {
    pthread_t threads[2];
    struct payment there = {&accounts[1], &accounts[2]}, back = {&accounts[2], &accounts[1]};
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, pay, &there);
    pthread_create(&threads[1], NULL, pay, &back);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}
E
    assert_hang deadlock 'T1 waits for `accounts[2].lock`' 'T2 waits for `accounts[1].lock`'
}

@test "a lock held by a thread that waits for a semaphore, and wanted by the one who would post: lock across wait" {
    write_program hang.c <<'E'
#include <pthread.h>
#include <semaphore.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t meeting;
static sem_t reply;
static void *ask(void *unused) {
    pthread_mutex_lock(&lock); /* takes */
    pthread_barrier_wait(&meeting);
    sem_wait(&reply); /* waits */
    pthread_mutex_unlock(&lock);
    return unused;
}
static void *serve(void *unused) {
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&lock); /* waits */
    sem_post(&reply);
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void) {
    pthread_t threads[2];
    sem_init(&reply, 0, 0);
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, ask, NULL);
    pthread_create(&threads[1], NULL, serve, NULL);
    pthread_join(threads[0], NULL); /* waits */
    pthread_join(threads[1], NULL);
}
E
    assert_hang lock-across-wait 'T1 waits for the semaphore `reply`' 'holding `lock`' 'T2 waits for `lock`'
}

@test "a lock held over a wait for another condition: lock across wait" {
    write_program hang.c <<'E'
#include <pthread.h>
static pthread_mutex_t config = PTHREAD_MUTEX_INITIALIZER, queue = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t meeting;
static int items;
static void *consume(void *unused) {
    pthread_mutex_lock(&config); /* takes */
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&queue);
    while (!items)
        pthread_cond_wait(&filled, &queue); /* waits */
    pthread_mutex_unlock(&queue);
    pthread_mutex_unlock(&config);
    return unused;
}
static void *produce(void *unused) {
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&config); /* waits */
    pthread_mutex_lock(&queue);
    items++;
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&queue);
    pthread_mutex_unlock(&config);
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&threads[0], NULL, consume, NULL);
    pthread_create(&threads[1], NULL, produce, NULL);
    pthread_join(threads[0], NULL); /* waits */
    pthread_join(threads[1], NULL);
}
E
    assert_hang lock-across-wait 'T1 waits for the condition `filled`' 'holding `config`' 'T2 waits for `config`'
}

@test "a program of two files: each wait is named with its own file" {
    write_program left.c <<'E'
#include <pthread.h>
extern pthread_mutex_t left, right;
extern pthread_barrier_t meeting;
void *one(void *unused);
void *one(void *unused) {
    pthread_mutex_lock(&left);
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&right);
    return unused;
}
E
    write_program right.c <<'E'
#include <pthread.h>
pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
pthread_barrier_t meeting;
void *one(void *unused);
int main(void) {
    pthread_t thread;
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&thread, NULL, one, NULL);
    pthread_mutex_lock(&right);
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&left);
    pthread_join(thread, NULL);
}
E
    judge_json --engines native,tsan,helgrind left.c right.c
    assert_kinds deadlock
    for engine in native tsan helgrind; do
        assert_equal "$engine $(field '[.programs[0].faults[] | select(.engine == "'$engine'").places[]
                                        | "\(.file):\(.line)"] | sort | join(" ")')" "$engine left.c:8 right.c:11"
    done
}

# Slow, but alive: something that lies in the program, or outside of it, will still wake somebody.

# assert_alive: alive.c is not stuck but out of time.
assert_alive() {
    judge_json --engines native --timeout 1 alive.c
    assert_equal "$status" 1
    assert_kinds timeout
    assert_contains "$(field '.programs[0].faults[0].message')" "--timeout"
}

@test "alive: everybody sleeps" {
    write_program alive.c <<'E'
#include <pthread.h>
#include <unistd.h>
static void *doze(void *unused) {
    sleep(60);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, doze, NULL);
    pthread_join(thread, NULL);
}
E
    assert_alive
}

@test "alive: a sleep is no hang to ThreadSanitizer and Helgrind either, but they cannot judge in that time" {
    write_program alive.c <<'E'
#include <unistd.h>
int main(void) { sleep(60); }
E
    judge_json --engines tsan,helgrind --timeout 1 alive.c
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_outcome tsan unavailable
    assert_reason tsan "still busy"
    assert_outcome helgrind unavailable
    assert_reason helgrind "still busy"
}

@test "alive: a condition with a deadline" {
    write_program alive.c <<'E'
#include <pthread.h>
#include <time.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
int main(void) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 60;
    pthread_mutex_lock(&lock);
    while (pthread_cond_timedwait(&never, &lock, &deadline) == 0)
        ;
    pthread_mutex_unlock(&lock);
}
E
    assert_alive
}

@test "alive: a lock with a deadline, held by a thread that waits for the one who wants it" {
    write_program alive.c <<'E'
#include <pthread.h>
#include <time.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *try(void *unused) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 60;
    pthread_mutex_timedlock(&lock, &deadline);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_mutex_lock(&lock);
    pthread_create(&thread, NULL, try, NULL);
    pthread_join(thread, NULL);
}
E
    assert_alive
}

@test "alive: two threads that give up their second lock after a while" {
    write_program alive.c <<'E'
#include <pthread.h>
#include <time.h>
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t meeting;
static void take_both(pthread_mutex_t *first, pthread_mutex_t *second) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 60;
    pthread_mutex_lock(first);
    pthread_barrier_wait(&meeting);
    if (pthread_mutex_timedlock(second, &deadline) == 0)
        pthread_mutex_unlock(second);
    pthread_mutex_unlock(first);
}
static void *other(void *unused) {
    take_both(&right, &left);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_barrier_init(&meeting, NULL, 2);
    pthread_create(&thread, NULL, other, NULL);
    take_both(&left, &right);
    pthread_join(thread, NULL);
}
E
    assert_alive
}

@test "alive: a semaphore with a deadline" {
    write_program alive.c <<'E'
#include <semaphore.h>
#include <time.h>
int main(void) {
    sem_t never;
    struct timespec deadline;
    sem_init(&never, 0, 0);
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 60;
    sem_timedwait(&never, &deadline);
}
E
    assert_alive
}

@test "alive: poll, select and epoll with a time-out" {
    for call in 'poll(&(struct pollfd){ends[0], POLLIN, 0}, 1, 60000)' \
        'select(ends[0] + 1, &set, NULL, NULL, &(struct timeval){60, 0})' \
        'epoll_wait(queue, &event, 1, 60000)'; do
        write_program alive.c <<E
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>
int main(void) {
    int ends[2], queue = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN};
    fd_set set;
    if (pipe(ends) != 0)
        return 1;
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    epoll_ctl(queue, EPOLL_CTL_ADD, ends[0], &event);
    $call;
}
E
        assert_alive
    done
}

@test "alive: an alarm will come" {
    write_program alive.c <<'E'
#include <signal.h>
#include <unistd.h>
static void wake(int number) { (void)number; }
int main(void) {
    signal(SIGALRM, wake);
    alarm(60);
    pause();
}
E
    assert_alive
}

@test "alive: a condition that the handler of an alarm will signal by way of a pipe" {
    write_program alive.c <<'E'
#include <signal.h>
#include <unistd.h>
static int ends[2];
static void wake(int number) {
    (void)number;
    if (write(ends[1], "x", 1) != 1)
        _exit(1);
}
int main(void) {
    char byte;
    if (pipe(ends) != 0)
        return 1;
    signal(SIGALRM, wake);
    alarm(60);
    return read(ends[0], &byte, 1) != 1;
}
E
    assert_alive
}

@test "alive: a POSIX timer will post the semaphore" {
    write_program alive.c <<'E'
#include <semaphore.h>
#include <signal.h>
#include <time.h>
static sem_t later;
static void post(int number) {
    (void)number;
    sem_post(&later);
}
int main(void) {
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct itimerspec when = {.it_value = {.tv_sec = 60}};
    sem_init(&later, 0, 0);
    signal(SIGUSR1, post);
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    timer_settime(timer, 0, &when, NULL);
    while (sem_wait(&later) != 0)
        ;
}
E
    assert_alive
}

@test "alive: a timer descriptor will become readable" {
    write_program alive.c <<'E'
#include <stdint.h>
#include <sys/timerfd.h>
#include <unistd.h>
int main(void) {
    uint64_t times;
    int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec when = {.it_value = {.tv_sec = 60}};
    timerfd_settime(timer, 0, &when, NULL);
    return read(timer, &times, sizeof times) != sizeof times;
}
E
    assert_alive
}

@test "alive: sigwait, which anybody may end from outside" {
    write_program alive.c <<'E'
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
static void *serve(void *unused) {
    sigset_t set;
    int number;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigwait(&set, &number);
    return unused;
}
int main(void) {
    sigset_t set;
    pthread_t thread;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_create(&thread, NULL, serve, NULL);
    pthread_join(thread, NULL);
}
E
    assert_alive
}

@test "alive: a child process that sleeps, while its parent waits for it" {
    write_program alive.c <<'E'
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    pid_t child = fork();
    if (child == 0) {
        sleep(60);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}
E
    assert_alive
    assert_no_children_left
}

@test "alive: accept, which anybody may end from outside" {
    write_program alive.c <<'E'
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
int main(void) {
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in any = {.sin_family = AF_INET};
    if (bind(server, (struct sockaddr *)&any, sizeof any) != 0 || listen(server, 1) != 0)
        return 1;
    return accept(server, NULL, NULL) < 0;
}
E
    assert_alive
}

@test "alive: one thread computes while all others wait" {
    write_program alive.c <<'E'
#include <pthread.h>
#include <stdatomic.h>
#include <semaphore.h>
static sem_t done;
static atomic_ulong work;
static void *compute(void *unused) {
    for (;;)
        atomic_fetch_add(&work, 1); /* busy */
    return unused;
}
int main(void) {
    pthread_t thread;
    sem_init(&done, 0, 0);
    pthread_create(&thread, NULL, compute, NULL);
    sem_wait(&done);
}
E
    assert_alive
    run jq -r '.programs[0].faults[0].places[] | select(.thread == "T1") | .function' <<<"$output"
    assert_output compute
}

@test "alive: a lock that changes hands all the time is no deadlock" {
    write_program alive.c <<'E'
#include <pthread.h>
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static void *work(void *unused) {
    for (;;) {
        pthread_mutex_lock(&left);
        pthread_mutex_lock(&right);
        pthread_mutex_unlock(&right);
        pthread_mutex_unlock(&left);
    }
    return unused;
}
int main(void) {
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}
E
    assert_alive
}

@test "a program that hangs while a tool's own thread lives is not mistaken for one that is alive" {
    write_program hang.c <<'E'
#include <semaphore.h>
static sem_t never;
int main(void) {
    sem_init(&never, 0, 0);
    sem_wait(&never); /* waits */
}
E
    assert_hang stuck-wait 'main waits for the semaphore `never`'
}

@test "a thread that ends while main has left by pthread_exit is an end, not a hang" {
    write_program ends.c <<'E'
#include <pthread.h>
#include <stdio.h>
static void *last(void *unused) {
    puts("the end");
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, last, NULL);
    pthread_detach(thread);
    pthread_exit(NULL);
}
E
    echo "the end" >expected
    judge_json --engines native,tsan,helgrind --expect expected ends.c
    assert_equal "$status" 0
    assert_verdict clean
}

@test "a task that sleeps for a day blocks its thread, and the harness outlives it" {
    now_and_then
    printf '#!/bin/sh\necho %s\n' "'{\"refusals\":[],\"compiles\":true}'" >"$BATS_TEST_TMPDIR/build/interleave-gate"
    chmod +x "$BATS_TEST_TMPDIR/build/interleave-gate"
    run --separate-stderr "$interleave" exercise 17 "$project/tests/attacks/17-lock-across-await/sleeps.c" --engines tsan --format json
    assert_equal "$status" 1
    assert_kinds blocking-in-async
}
