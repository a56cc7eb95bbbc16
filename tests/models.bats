# What the explorer holds a lock, a semaphore, a barrier … to do. Each program checks a rule by its own
# assertions, on every schedule; abort() marks what some schedule must reach.

load helper

setup() {
    own_harness
    cat >run.h <<'E'
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef void *body(void *);

// Starts these threads, up to a NULL, and joins them.
static inline void run(body *first, ...) {
    pthread_t threads[8];
    int count = 0;
    va_list list;
    va_start(list, first);
    for (body *next = first; next; next = va_arg(list, body *))
        pthread_create(&threads[count++], NULL, next, NULL);
    va_end(list);
    while (count)
        pthread_join(threads[--count], NULL);
}

// Tells another thread, or waits to be told, without publishing anything.
static inline void tell(atomic_int *flag) { atomic_store_explicit(flag, 1, memory_order_relaxed); }
static inline void await(atomic_int *flag) {
    while (!atomic_load_explicit(flag, memory_order_relaxed))
        ;
}

static inline struct timespec soon(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    time.tv_sec++;
    return time;
}
E
}

# The program is on standard input.
explore() {
    cat - >p.c
    run --separate-stderr "$interleave" explore --strategy bounded --budget 5 --format json p.c
}

explores_clean() {
    explore
    assert_kinds ""
    assert_verdict clean
}

# explores KIND: finds that and nothing else, at the lines that say so: /* here */
explores() {
    explore
    assert_kinds "$1"
    local line
    while IFS=: read -r line _; do
        assert_contains " $(field '[.programs[0].faults[].places[].line | tostring] | join(" ")') " " $line "
    done < <(grep -n '/\* here \*/' p.c)
}

explores_unjudged() {
    explore
    assert_verdict unjudged
    assert_reason explore "$1"
}

# Read-write locks

@test "readers of a read-write lock meet inside" {
    explores crash <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static atomic_int inside;
static void *reads(void *unused) {
    pthread_rwlock_rdlock(&lock);
    if (++inside == 2)
        abort(); /* here */
    inside--;
    pthread_rwlock_unlock(&lock);
    return unused;
}
int main(void) { run(reads, reads, NULL); }
E
}

@test "a writer has a read-write lock for itself" {
    explores_clean <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static atomic_int readers, writers;
static void *reads(void *unused) {
    if (pthread_rwlock_rdlock(&lock))
        abort();
    readers++;
    assert(!writers);
    readers--;
    pthread_rwlock_unlock(&lock);
    return unused;
}
static void *writes(void *unused) {
    pthread_rwlock_wrlock(&lock);
    assert(!readers && ++writers == 1);
    writers--;
    pthread_rwlock_unlock(&lock);
    return unused;
}
int main(void) { run(reads, writes, writes, NULL); }
E
}

@test "what a reader did before it let go is not known to the next reader" {
    explores data-race <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static atomic_int done;
static int value;
static void *first(void *unused) {
    pthread_rwlock_rdlock(&lock);
    value = 1; /* here */
    pthread_rwlock_unlock(&lock);
    tell(&done);
    return unused;
}
static void *second(void *unused) {
    await(&done);
    pthread_rwlock_rdlock(&lock);
    value = 2; /* here */
    pthread_rwlock_unlock(&lock);
    return unused;
}
int main(void) { run(first, second, NULL); }
E
}

@test "what readers and writers did before they let go is known to who comes after" {
    explores_clean <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static atomic_int read_it, wrote_it;
static int value, copy;
static void *first(void *unused) {
    pthread_rwlock_rdlock(&lock);
    copy = value;
    pthread_rwlock_unlock(&lock);
    tell(&read_it);
    return unused;
}
static void *second(void *unused) {
    await(&read_it);
    pthread_rwlock_wrlock(&lock);
    value = 1;
    pthread_rwlock_unlock(&lock);
    tell(&wrote_it);
    return unused;
}
static void *third(void *unused) {
    await(&wrote_it);
    pthread_rwlock_rdlock(&lock);
    assert(value == 1 && copy == 0);
    pthread_rwlock_unlock(&lock);
    return unused;
}
int main(void) { run(first, second, third, NULL); }
E
}

@test "a reader that wants to write too waits for itself" {
    explores double-lock <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
int main(void) {
    pthread_rwlock_rdlock(&lock);
    pthread_rwlock_wrlock(&lock); /* here */
}
E
}

@test "a writer that asks for its read-write lock again is told" {
    explores_clean <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
int main(void) {
    pthread_rwlock_wrlock(&lock);
    assert(pthread_rwlock_wrlock(&lock) == EDEADLK);
    assert(pthread_rwlock_rdlock(&lock) == EDEADLK);
    assert(pthread_rwlock_trywrlock(&lock) == EBUSY);
    assert(pthread_rwlock_tryrdlock(&lock) == EBUSY);
    pthread_rwlock_unlock(&lock);
    assert(pthread_rwlock_tryrdlock(&lock) == 0);
    assert(pthread_rwlock_trywrlock(&lock) == EBUSY);
    pthread_rwlock_unlock(&lock);
    assert(pthread_rwlock_trywrlock(&lock) == 0);
    pthread_rwlock_unlock(&lock);
    pthread_rwlock_destroy(&lock);
}
E
}

# readers_and_writer INITIALISER HOW-TO-WRITE: a reader takes the lock twice.
readers_and_writer() {
    cat <<E
#include "run.h"
static pthread_rwlock_t lock = $1;
static void *reads(void *unused) {
    pthread_rwlock_rdlock(&lock);
    sched_yield();
    pthread_rwlock_rdlock(&lock); /* here */
    pthread_rwlock_unlock(&lock);
    pthread_rwlock_unlock(&lock);
    return unused;
}
static void *writes(void *unused) {
    struct timespec time = soon(CLOCK_REALTIME);
    if ($2 == 0) /* here */
        pthread_rwlock_unlock(&lock);
    return (void)time, unused;
}
int main(void) { run(reads, writes, NULL); }
E
}

@test "a reader may take its read-write lock again while a writer waits" {
    explores_clean < <(readers_and_writer PTHREAD_RWLOCK_INITIALIZER 'pthread_rwlock_wrlock(&lock)')
}

@test "where writers go first, a reader that takes the lock again waits for a writer that waits for it" {
    explores deadlock < <(readers_and_writer PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP \
        'pthread_rwlock_wrlock(&lock)')
}

@test "a writer that goes first but gives up in time lets the readers go on" {
    explores_clean < <(readers_and_writer PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP \
        'pthread_rwlock_timedwrlock(&lock, &time)')
}

@test "where writers go first, readers still come before a writer that has not asked" {
    explores crash <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static atomic_int ready;
static int written;
static void *reads(void *unused) {
    await(&ready);
    pthread_rwlock_rdlock(&lock);
    if (!written)
        abort(); /* here */
    pthread_rwlock_unlock(&lock);
    return unused;
}
static void *writes(void *unused) {
    tell(&ready);
    pthread_rwlock_wrlock(&lock);
    written = 1;
    pthread_rwlock_unlock(&lock);
    return unused;
}
int main(void) { run(reads, writes, NULL); }
E
}

@test "a timed lock of a read-write lock that stays taken times out" {
    explores_clean <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static void *asks_to_read(void *unused) {
    struct timespec real = soon(CLOCK_REALTIME), steady = soon(CLOCK_MONOTONIC), wrong = {0, -1};
    assert(pthread_rwlock_timedrdlock(&lock, &real) == ETIMEDOUT);
    assert(pthread_rwlock_clockrdlock(&lock, CLOCK_MONOTONIC, &steady) == ETIMEDOUT);
    assert(pthread_rwlock_timedrdlock(&lock, &wrong) == EINVAL);
    return unused;
}
static void *asks_to_write(void *unused) {
    struct timespec real = soon(CLOCK_REALTIME), steady = soon(CLOCK_MONOTONIC), wrong = {0, -1};
    assert(pthread_rwlock_timedrdlock(&lock, &real) == 0);
    pthread_rwlock_unlock(&lock);
    assert(pthread_rwlock_timedwrlock(&lock, &real) == ETIMEDOUT);
    assert(pthread_rwlock_clockwrlock(&lock, CLOCK_MONOTONIC, &steady) == ETIMEDOUT);
    assert(pthread_rwlock_timedwrlock(&lock, &wrong) == EINVAL);
    return unused;
}
int main(void) {
    pthread_rwlock_wrlock(&lock);
    run(asks_to_read, NULL);
    pthread_rwlock_unlock(&lock);
    pthread_rwlock_rdlock(&lock);
    run(asks_to_write, NULL);
    pthread_rwlock_unlock(&lock);
}
E
}

@test "a read-write lock that only another holds must not be unlocked" {
    explores lock-misuse <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static void *unlocks(void *unused) {
    pthread_rwlock_unlock(&lock); /* here */
    return unused;
}
int main(void) {
    pthread_rwlock_rdlock(&lock);
    run(unlocks, NULL);
}
E
}

@test "a read-write lock that is held for reading must not be destroyed" {
    explores lock-misuse <<'E'
#include "run.h"
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
int main(void) {
    pthread_rwlock_rdlock(&lock);
    pthread_rwlock_destroy(&lock); /* here */
}
E
}

@test "a read-write lock shared between processes is not judged" {
    explores_unjudged "read-write locks shared between processes" <<'E'
#include "run.h"
int main(void) {
    pthread_rwlock_t lock;
    pthread_rwlockattr_t shared;
    pthread_rwlockattr_init(&shared);
    pthread_rwlockattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_rwlock_init(&lock, &shared);
    pthread_rwlock_rdlock(&lock);
}
E
}

# Barriers

@test "a barrier lets nobody pass before all have arrived, round after round, and tells one" {
    explores_clean <<'E'
#include "run.h"
static pthread_barrier_t barrier;
static atomic_int arrived, told;
static int value[3];
static void *meets(void *unused) {
    static atomic_int number;
    int mine = number++;
    for (int round = 1; round <= 2; round++) {
        value[mine] = round;
        arrived++;
        told += pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
        assert(arrived >= 3 * round && told <= round);
        assert(value[0] == round && value[1] == round && value[2] == round);
        pthread_barrier_wait(&barrier);
    }
    return unused;
}
int main(void) {
    assert(pthread_barrier_init(&barrier, NULL, 0) == EINVAL);
    pthread_barrier_init(&barrier, NULL, 3);
    run(meets, meets, meets, NULL);
    assert(told == 2);
}
E
}

@test "two threads wait for ever at a barrier for three" {
    explores stuck-wait <<'E'
#include "run.h"
static pthread_barrier_t barrier;
static void *meets(void *unused) {
    pthread_barrier_wait(&barrier); /* here */
    return unused;
}
int main(void) {
    pthread_barrier_init(&barrier, NULL, 3);
    run(meets, meets, NULL);
}
E
}

@test "a barrier may be destroyed by who has passed it, and made anew" {
    explores_clean <<'E'
#include "run.h"
static pthread_barrier_t barrier;
static void *meets(void *unused) {
    if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) {
        pthread_barrier_destroy(&barrier);
        pthread_barrier_init(&barrier, NULL, 1);
        pthread_barrier_wait(&barrier);
    }
    return unused;
}
int main(void) {
    pthread_barrier_init(&barrier, NULL, 2);
    run(meets, meets, NULL);
}
E
}

@test "a barrier at which a thread waits must not be destroyed" {
    explores lock-misuse <<'E'
#include "run.h"
static pthread_barrier_t barrier;
static void *meets(void *unused) {
    pthread_barrier_wait(&barrier);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&thread, NULL, meets, NULL);
    sleep(1);
    pthread_barrier_destroy(&barrier); /* here */
}
E
}

# Spin locks

@test "a spin lock has one owner, who alone knows what was done under it" {
    explores_clean <<'E'
#include "run.h"
static pthread_spinlock_t lock;
static int count;
static void *adds(void *unused) {
    pthread_spin_lock(&lock);
    assert(pthread_spin_trylock(&lock) == EBUSY);
    count++;
    pthread_spin_unlock(&lock);
    if (pthread_spin_trylock(&lock) == 0) {
        count++;
        pthread_spin_unlock(&lock);
    }
    return unused;
}
int main(void) {
    pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE);
    run(adds, adds, NULL);
    assert(count >= 3 && count <= 4);
    pthread_spin_destroy(&lock);
}
E
}

@test "the owner of a spin lock waits for itself when it asks again" {
    explores double-lock <<'E'
#include "run.h"
static pthread_spinlock_t lock;
int main(void) {
    pthread_spin_lock(&lock);
    pthread_spin_lock(&lock); /* here */
}
E
}

@test "a spin lock that another holds must not be unlocked" {
    explores lock-misuse <<'E'
#include "run.h"
static pthread_spinlock_t lock;
static void *unlocks(void *unused) {
    pthread_spin_unlock(&lock); /* here */
    return unused;
}
int main(void) {
    pthread_spin_lock(&lock); /* here */
    run(unlocks, NULL);
}
E
}

@test "a lock keeps its owner when the memory beside it is raced for" {
    explores data-race <<'E'
#include "run.h"
static struct {
    pthread_spinlock_t lock;
    int count;
} counter __attribute__((aligned(8)));
static void *locked(void *unused) {
    pthread_spin_lock(&counter.lock);
    counter.count++; /* here */
    pthread_spin_unlock(&counter.lock);
    return unused;
}
static void *unlocked(void *unused) {
    counter.count++; /* here */
    return unused;
}
int main(void) { run(locked, unlocked, NULL); }
E
}

# Once

@test "nobody passes pthread_once before its routine has returned, which runs once" {
    explores_clean <<'E'
#include "run.h"
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int times, value;
static void makes(void) {
    times++;
    sched_yield();
    value = 7;
}
static void *uses(void *unused) {
    pthread_once(&once, makes);
    assert(value == 7 && times == 1);
    return unused;
}
int main(void) {
    run(uses, uses, NULL);
    once = PTHREAD_ONCE_INIT;
    pthread_once(&once, makes);
    assert(times == 2);
}
E
}

@test "a routine of pthread_once that asks for itself waits for ever" {
    explores double-lock <<'E'
#include "run.h"
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void makes(void) {
    pthread_once(&once, makes); /* here */
}
int main(void) { pthread_once(&once, makes); }
E
}

@test "a routine of pthread_once that was cancelled runs again" {
    explores_clean <<'E'
#include "run.h"
static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_int times;
static void makes(void) {
    if (++times == 1) {
        pthread_cancel(pthread_self());
        pthread_testcancel();
    }
}
static void *uses(void *unused) {
    pthread_once(&once, makes);
    return unused;
}
int main(void) {
    run(uses, uses, NULL);
    assert(times == 2);
}
E
}

# Semaphores

@test "a semaphore lets as many in as its number says" {
    explores crash <<'E'
#include "run.h"
static sem_t two;
static atomic_int inside;
static void *enters(void *unused) {
    sem_wait(&two);
    int now = ++inside;
    if (now > 2)
        assert(!"three");
    if (now == 2)
        abort(); /* here */
    inside--;
    sem_post(&two);
    return unused;
}
int main(void) {
    sem_init(&two, 0, 2);
    run(enters, enters, enters, NULL);
}
E
}

@test "who waits for a semaphore successfully knows what was done before the post" {
    explores_clean <<'E'
#include "run.h"
static sem_t ready, tried;
static int value, other;
static void *makes(void *unused) {
    value = 7;
    sem_post(&ready);
    other = 8;
    sem_post(&tried);
    return unused;
}
static void *uses(void *unused) {
    sem_wait(&ready);
    assert(value == 7);
    if (sem_trywait(&tried) == 0)
        assert(other == 8);
    else
        assert(errno == EAGAIN);
    return unused;
}
int main(void) {
    sem_init(&ready, 0, 0);
    sem_init(&tried, 0, 0);
    run(makes, uses, NULL);
    sem_destroy(&ready);
}
E
}

@test "a semaphore counts, and a timed wait for none times out" {
    explores_clean <<'E'
#include "run.h"
static sem_t semaphore;
int main(void) {
    int value;
    struct timespec real = soon(CLOCK_REALTIME), steady = soon(CLOCK_MONOTONIC), wrong = {0, -1};
    sem_init(&semaphore, 0, 1);
    sem_post(&semaphore);
    assert(sem_getvalue(&semaphore, &value) == 0 && value == 2);
    assert(sem_wait(&semaphore) == 0 && sem_timedwait(&semaphore, &real) == 0);
    assert(sem_timedwait(&semaphore, &real) == -1 && errno == ETIMEDOUT);
    assert(sem_clockwait(&semaphore, CLOCK_MONOTONIC, &steady) == -1 && errno == ETIMEDOUT);
    assert(sem_timedwait(&semaphore, &wrong) == -1 && errno == EINVAL);
    assert(sem_trywait(&semaphore) == -1 && errno == EAGAIN);
}
E
}

@test "a semaphore that nobody posts is waited for in vain" {
    explores stuck-wait <<'E'
#include "run.h"
static sem_t never;
int main(void) {
    sem_init(&never, 0, 0);
    sem_wait(&never); /* here */
}
E
}

@test "a semaphore for which a thread waits must not be destroyed" {
    explores lock-misuse <<'E'
#include "run.h"
static sem_t semaphore;
static void *waits(void *unused) {
    sem_wait(&semaphore);
    return unused;
}
int main(void) {
    pthread_t thread;
    sem_init(&semaphore, 0, 0);
    pthread_create(&thread, NULL, waits, NULL);
    sleep(1);
    sem_destroy(&semaphore); /* here */
}
E
}

# explores_late_use TYPE INITIALISE DESTROY USE
explores_late_use() {
    explores lock-misuse <<E
#include "run.h"
static $1 object;
int main(void) {
    $2;
    $3;
    $4; /* here */
}
E
}

@test "what was destroyed is used no more" {
    explores_late_use pthread_mutex_t 'pthread_mutex_init(&object, NULL)' 'pthread_mutex_destroy(&object)' 'pthread_mutex_lock(&object)'
    explores_late_use pthread_cond_t 'pthread_cond_init(&object, NULL)' 'pthread_cond_destroy(&object)' 'pthread_cond_signal(&object)'
    explores_late_use pthread_rwlock_t 'pthread_rwlock_init(&object, NULL)' 'pthread_rwlock_destroy(&object)' 'pthread_rwlock_rdlock(&object)'
    explores_late_use pthread_spinlock_t 'pthread_spin_init(&object, 0)' 'pthread_spin_destroy(&object)' 'pthread_spin_lock(&object)'
    explores_late_use sem_t 'sem_init(&object, 0, 1)' 'sem_destroy(&object)' 'sem_post(&object)'
    explores_late_use pthread_barrier_t 'pthread_barrier_init(&object, NULL, 1)' 'pthread_barrier_destroy(&object)' 'pthread_barrier_wait(&object)'
}

@test "a named semaphore is one by its name, afresh in every schedule" {
    explores_clean <<'E'
#include "run.h"
static void *posts(void *unused) {
    sem_t *same = sem_open("/meeting", 0);
    sem_post(same);
    sem_close(same);
    return unused;
}
int main(void) {
    int value;
    assert(sem_open("/meeting", 0) == SEM_FAILED && errno == ENOENT);
    sem_t *semaphore = sem_open("/meeting", O_CREAT | O_EXCL, 0600, 0);
    assert(sem_open("/meeting", O_CREAT | O_EXCL, 0600, 3) == SEM_FAILED && errno == EEXIST);
    assert(sem_open("/meeting", O_CREAT, 0600, 3) == semaphore);
    run(posts, NULL);
    sem_wait(semaphore);
    assert(sem_unlink("/meeting") == 0);
    assert(sem_unlink("/meeting") == -1 && errno == ENOENT);
    assert(sem_open("/meeting", 0) == SEM_FAILED);
    sem_post(semaphore);
    assert(sem_getvalue(semaphore, &value) == 0 && value == 1);
    assert(sem_open("/two/words", O_CREAT, 0600, 1) == SEM_FAILED && errno == EINVAL);
}
E
}

# C11 threads

@test "the calls of C11 threads say how they went in the words of C11" {
    explores_clean <<'E'
#include <assert.h>
#include <stdatomic.h>
#include <threads.h>
#include <time.h>
static mtx_t plain, recursive;
static cnd_t never;
static tss_t key;
static atomic_int asked;
static int freed;
static void frees(void *value) { freed += *(int *)value; }
static int asks(void *argument) {
    struct timespec soon;
    timespec_get(&soon, TIME_UTC);
    soon.tv_sec++;
    assert(mtx_trylock(&plain) == thrd_busy);
    assert(mtx_timedlock(&plain, &soon) == thrd_timedout);
    asked = 1;
    assert(mtx_lock(&recursive) == thrd_success && mtx_trylock(&recursive) == thrd_success);
    int result;
    while ((result = cnd_timedwait(&never, &recursive, &soon)) == thrd_success)
        ;
    assert(result == thrd_timedout);
    assert(mtx_unlock(&recursive) == thrd_success && mtx_unlock(&recursive) == thrd_success);
    assert(mtx_unlock(&recursive) == thrd_error);
    assert(tss_get(key) == NULL && tss_set(key, argument) == thrd_success);
    assert(tss_get(key) == argument);
    thrd_exit(42);
}
int main(void) {
    thrd_t thread;
    int result, one = 1;
    mtx_init(&plain, mtx_timed);
    mtx_init(&recursive, mtx_timed | mtx_recursive);
    cnd_init(&never);
    tss_create(&key, frees);
    mtx_lock(&plain);
    assert(thrd_create(&thread, asks, &one) == thrd_success);
    while (!asked)
        thrd_yield();
    mtx_unlock(&plain);
    assert(thrd_join(thread, &result) == thrd_success && result == 42 && freed == 1);
    assert(thrd_sleep(&(struct timespec){.tv_sec = 5}, NULL) == 0);
    mtx_destroy(&plain);
    cnd_destroy(&never);
}
E
}

@test "C11 mutexes, conditions, joins and call_once publish what was done before" {
    explores_clean <<'E'
#include <assert.h>
#include <threads.h>
static once_flag flag = ONCE_FLAG_INIT;
static mtx_t mutex;
static cnd_t changed;
static int value, result;
static void make(void) {
    mtx_init(&mutex, mtx_plain);
    cnd_init(&changed);
    value = 1;
}
static int sets(void *unused) {
    (void)unused;
    call_once(&flag, make);
    mtx_lock(&mutex);
    value++;
    cnd_signal(&changed);
    mtx_unlock(&mutex);
    return 0;
}
static int waits(void *unused) {
    (void)unused;
    call_once(&flag, make);
    mtx_lock(&mutex);
    while (value < 2)
        cnd_wait(&changed, &mutex);
    mtx_unlock(&mutex);
    result = value;
    return 3;
}
int main(void) {
    thrd_t one, two;
    int returned;
    thrd_create(&one, sets, NULL);
    thrd_create(&two, waits, NULL);
    thrd_join(one, NULL);
    thrd_join(two, &returned);
    assert(result == 2 && returned == 3);
}
E
}

@test "a plain C11 mutex that its owner locks again is a double lock" {
    explores double-lock <<'E'
#include <threads.h>
int main(void) {
    mtx_t mutex;
    mtx_init(&mutex, mtx_plain);
    mtx_lock(&mutex);
    mtx_lock(&mutex); /* here */
}
E
}

# Cancellation

@test "a thread that is cancelled in a wait runs its cleanup handlers with the mutex held" {
    explores_clean <<'E'
#include "run.h"
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static int cleaned;
static void cleans(void *unused) {
    (void)unused;
    cleaned++;
    assert(pthread_mutex_trylock(&mutex) == EBUSY);
    pthread_mutex_unlock(&mutex);
}
static void *waits(void *unused) {
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(cleans, NULL);
    for (;;)
        pthread_cond_wait(&never, &mutex);
    pthread_cleanup_pop(0);
    return unused;
}
int main(void) {
    pthread_t thread;
    void *result;
    pthread_create(&thread, NULL, waits, NULL);
    pthread_cancel(thread);
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, &result);
    assert(result == PTHREAD_CANCELED && cleaned == 1);
}
E
}

@test "a cancelled thread uses up no signal" {
    explores_clean <<'E'
#include "run.h"
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int go;
static void unlocks(void *unused) {
    (void)unused;
    pthread_mutex_unlock(&mutex);
}
static void *waits(void *unused) {
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(unlocks, NULL);
    while (!go)
        pthread_cond_wait(&changed, &mutex);
    pthread_cleanup_pop(1);
    return unused;
}
int main(void) {
    pthread_t one, two;
    pthread_create(&one, NULL, waits, NULL);
    pthread_create(&two, NULL, waits, NULL);
    sleep(1);
    pthread_mutex_lock(&mutex);
    go = 1;
    pthread_cancel(one);
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&mutex);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
}
E
}

@test "a cancellation ends a wait for a semaphore, a sleep and a join" {
    explores_clean <<'E'
#include "run.h"
static sem_t never;
static pthread_t main_thread;
static void *waits(void *unused) { return sem_wait(&never), unused; }
static void *sleeps(void *unused) {
    for (;;)
        sleep(1);
    return unused;
}
static void *joins(void *unused) { return pthread_join(main_thread, NULL), unused; }
int main(void) {
    body *const bodies[] = {waits, sleeps, joins};
    sem_init(&never, 0, 0);
    main_thread = pthread_self();
    for (int i = 0; i < 3; i++) {
        pthread_t thread;
        void *result;
        pthread_create(&thread, NULL, bodies[i], NULL);
        pthread_cancel(thread);
        pthread_join(thread, &result);
        assert(result == PTHREAD_CANCELED);
    }
}
E
}

@test "a cancellation waits until it is enabled, and for a cancellation point" {
    explores_clean <<'E'
#include "run.h"
static int reached;
static sem_t asked;
static void *works(void *unused) {
    int old;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
    assert(old == PTHREAD_CANCEL_ENABLE);
    sem_wait(&asked);
    pthread_testcancel();
    reached = 1;
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    reached = 2;
    pthread_testcancel();
    reached = 3;
    return unused;
}
int main(void) {
    pthread_t thread;
    void *result;
    sem_init(&asked, 0, 0);
    pthread_create(&thread, NULL, works, NULL);
    sleep(1);
    pthread_cancel(thread);
    sem_post(&asked);
    pthread_join(thread, &result);
    assert(result == PTHREAD_CANCELED && reached == 2);
}
E
}

@test "a cancellation may come too late" {
    explores crash <<'E'
#include "run.h"
static sem_t one;
static void *waits(void *unused) { return sem_wait(&one), unused; }
int main(void) {
    pthread_t thread;
    void *result;
    sem_init(&one, 0, 1);
    pthread_create(&thread, NULL, waits, NULL);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    if (result != PTHREAD_CANCELED)
        abort(); /* here */
}
E
}

@test "an asynchronous cancellation ends a thread that only computes" {
    explores crash <<'E'
#include "run.h"
static atomic_int count;
static void *counts(void *unused) {
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    for (;;)
        count = !count;
    return unused;
}
int main(void) {
    pthread_t thread;
    void *result;
    pthread_create(&thread, NULL, counts, NULL);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    if (result == PTHREAD_CANCELED)
        abort(); /* here */
}
E
}

# Threads

@test "a thread must not end with a lock that others may want" {
    explores lock-misuse <<'E'
#include "run.h"
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static void *ends(void *unused) {
    pthread_mutex_lock(&mutex); /* here */
    return unused;
}
int main(void) { run(ends, NULL); }
E
}

@test "the last thread may end with a lock, and any with one on its own stack or destroyed" {
    explores_clean <<'E'
#include "run.h"
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static void *ends(void *unused) {
    pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&own);
    return unused;
}
int main(void) {
    run(ends, NULL);
    pthread_mutex_lock(&mutex);
    pthread_exit(NULL);
}
E
}

@test "a thread is joined once" {
    explores lock-misuse <<'E'
#include "run.h"
static void *ends(void *unused) { return unused; }
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, ends, NULL);
    pthread_join(thread, NULL);
    pthread_join(thread, NULL); /* here */
}
E
}

@test "a detached thread is not joined" {
    explores lock-misuse <<'E'
#include "run.h"
static void *ends(void *unused) { return unused; }
int main(void) {
    pthread_t thread;
    pthread_attr_t detached;
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    pthread_create(&thread, &detached, ends, NULL);
    pthread_join(thread, NULL); /* here */
}
E
}

# Mutexes

@test "what a mutex answers is what its kind says" {
    explores_clean <<'E'
#include "run.h"
static pthread_mutex_t normal = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t checking = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t recursive = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static void *others(void *unused) {
    assert(pthread_mutex_unlock(&checking) == EPERM && pthread_mutex_unlock(&recursive) == EPERM);
    assert(pthread_mutex_trylock(&recursive) == EBUSY);
    return unused;
}
int main(void) {
    struct timespec time = soon(CLOCK_REALTIME), wrong = {0, -1};
    assert(pthread_mutex_timedlock(&normal, &wrong) == 0);
    assert(pthread_mutex_trylock(&normal) == EBUSY);
    assert(pthread_mutex_timedlock(&normal, &time) == ETIMEDOUT);
    assert(pthread_mutex_timedlock(&normal, &wrong) == EINVAL);
    pthread_mutex_lock(&checking);
    assert(pthread_mutex_lock(&checking) == EDEADLK && pthread_mutex_trylock(&checking) == EBUSY);
    pthread_mutex_lock(&recursive);
    assert(pthread_mutex_lock(&recursive) == 0 && pthread_mutex_trylock(&recursive) == 0);
    run(others, NULL);
    for (int i = 0; i < 3; i++)
        assert(pthread_mutex_unlock(&recursive) == 0);
    assert(pthread_mutex_unlock(&recursive) == EPERM);
    pthread_mutex_unlock(&checking);
    assert(pthread_mutex_unlock(&checking) == EPERM);
}
E
}

# shared_mutex STATEMENT: after a mutex was made that processes share.
shared_mutex() {
    cat <<E
#include "run.h"
int main(void) {
    pthread_mutex_t mutex;
    pthread_mutexattr_t shared;
    pthread_mutexattr_init(&shared);
    pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&mutex, &shared);
    $1
}
E
}

@test "a mutex shared between processes is not judged when it is used, but when it is only made" {
    explores_clean < <(shared_mutex "")
    explores_unjudged "mutexes shared between processes" < <(shared_mutex "pthread_mutex_lock(&mutex);")
}
