# What the explorer knows of memory: the lives of blocks, what the C library does with them on the
# program's behalf, leaks, ceilings, crashes; and what it refuses to judge.

load helper

# explore_json ARGUMENT...: `interleave explore` of all schedules without a preemption.
explore_json() {
    run --separate-stderr "$interleave" explore --format json --strategy bounded --preemptions 0 \
        --budget 5 "$@"
}

assert_clean() {
    assert_equal "$(field '.programs[0].verdict + ([.programs[0].faults[].message] | join(" "))')" clean
}

# assert_fault KIND LINE...: this fault alone, at these lines; last where the memory came from.
assert_fault() {
    assert_kinds "$1"
    assert_equal "$(field '[.programs[0].faults[0] | (.places + (.before // []))[].line | tostring] | join(" ")')" "${*:2}"
}

assert_unjudged() {
    assert_verdict unjudged
    assert_reason explore "$1"
}

# Lives

@test "a use after free is told with the use, the freeing and the allocation" {
    write_program p.c <<'E'
#include <pthread.h>
#include <stdlib.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *shared;
static void *use(void *unused) {
    pthread_mutex_lock(&lock);
    *shared = 1;
    pthread_mutex_unlock(&lock);
    return unused;
}
static void *drop(void *unused) {
    pthread_mutex_lock(&lock);
    free(shared);
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void) {
    pthread_t threads[2];
    shared = malloc(sizeof *shared);
    pthread_create(&threads[0], NULL, use, NULL);
    pthread_create(&threads[1], NULL, drop, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}
E
    explore_json p.c
    assert_fault use-after-free 7 13 19
    assert_equal "$(field '[.programs[0].faults[0] | (.places + .before)[].thread] | join(" ")')" "T1 T2 main"
}

@test "memory is not handed out again soon, so a late use of it is seen" {
    write_program p.c <<'E'
#include <stdlib.h>
int main(void) {
    char *first = malloc(24);
    free(first);
    for (int i = 0; i < 100000; i++)
        free(malloc(24));
    return first[3] = 0;
}
E
    explore_json p.c
    assert_fault use-after-free 7 4 3
}

@test "what realloc leaves behind is freed memory" {
    write_program p.c <<'E'
#include <stdlib.h>
int main(void) {
    char *old = malloc(100);
    char *new = realloc(old, 10);
    old[0] = 1;
    free(new);
}
E
    explore_json p.c
    assert_fault use-after-free 5 4 3
}

@test "a mutex in freed memory cannot be locked" {
    write_program p.c <<'E'
#include <pthread.h>
#include <stdlib.h>
int main(void) {
    pthread_mutex_t *lock = calloc(1, sizeof *lock);
    free(lock);
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
}
E
    explore_json p.c
    assert_fault use-after-free 6 5 4
}

@test "an access that nothing orders before the freeing races with it" {
    write_program p.c <<'E'
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
static int *shared;
static void *use(void *unused) {
    *shared = 1;
    return unused;
}
int main(void) {
    pthread_t thread;
    shared = malloc(sizeof *shared);
    pthread_create(&thread, NULL, use, NULL);
    sched_yield();
    free(shared);
    pthread_join(thread, NULL);
}
E
    explore_json p.c
    assert_equal "$(field '.programs[0].faults[] | select(.kind == "data-race").places | map(.line) | tostring')" "[6,14]"
    assert_contains "$(field '.programs[0].faults[] | select(.kind == "data-race").message')" "freed by main at p.c:14"
    assert_kinds "data-race use-after-free" # in the other order
}

@test "a block that is freed by the last of its users, with the lock in it, is not accused" {
    write_program p.c <<'E'
#include <pthread.h>
#include <stdlib.h>
struct shared { pthread_mutex_t lock; int users; };
static void *leave(void *argument) {
    struct shared *shared = argument;
    pthread_mutex_lock(&shared->lock);
    int is_last = --shared->users == 0;
    pthread_mutex_unlock(&shared->lock);
    if (is_last) {
        pthread_mutex_destroy(&shared->lock);
        free(shared);
    }
    return NULL;
}
int main(void) {
    pthread_t threads[2];
    struct shared *shared = malloc(sizeof *shared);
    pthread_mutex_init(&shared->lock, NULL);
    shared->users = 2;
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, leave, shared);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}
E
    explore_json --preemptions 2 p.c
    assert_clean
}

@test "a double free is told with both freeings" {
    write_program p.c <<'E'
#include <stdlib.h>
int main(void) {
    char *block = malloc(10);
    free(block);
    free(block);
}
E
    explore_json p.c
    assert_fault double-free 5 4 3
}

@test "freeing what is no block is undefined behaviour, not a crash of the library" {
    write_program inside.c <<'E'
#include <stdlib.h>
int main(void) {
    char *block = malloc(10);
    free(block + 1);
}
E
    write_program stack.c <<'E'
#include <stdlib.h>
static void drop(void *block) { free(block); }
int main(void) {
    int local;
    drop(&local);
}
E
    explore_json inside.c
    assert_fault undefined-behaviour 4 3
    explore_json stack.c
    assert_fault undefined-behaviour 2
}

# Bounds

@test "one element beyond the end, or before the start, of a block is a buffer-overflow" {
    write_program after.c <<'E'
#include <stdlib.h>
int main(void) {
    int *block = malloc(5 * sizeof *block);
    for (int i = 0; i <= 5; i++)
        block[i] = i;
    free(block);
}
E
    write_program before.c <<'E'
#include <stdlib.h>
int main(void) {
    char *other = malloc(13);
    char *block = malloc(13);
    block[-1] = other[12] = 0;
}
E
    explore_json after.c
    assert_fault buffer-overflow 5 3
    assert_contains "$(field '.programs[0].faults[0].message')" "4 bytes beyond the end of a block of 20 bytes"
    explore_json before.c
    assert_fault buffer-overflow 5 4
    assert_contains "$(field '.programs[0].faults[0].message')" "1 byte before the start"
}

@test "the calls of the C library that write know where a block ends" {
    local call
    for call in 'strcpy(to, "12345")' 'strncpy(to, "1", 6)' 'strcat(to, "5")' 'memset(to, 0, 6)' \
        'memcpy(to, "12345", 6)' 'sprintf(to, "%d", 12345)' 'snprintf(to, 6, "%d", 123456)'; do
        write_program p.c <<E
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) {
    char *to = malloc(5);
    snprintf(to, 6, "%d", 123);
    snprintf(to, 5, "%d", 123456);
    strcpy(to, "123");
    strcat(to, "4");
    $call;
    free(to);
}
E
        explore_json p.c
        assert_fault buffer-overflow 10 5
    done
}

@test "the calls of the C library that read race with who writes" {
    local call
    for call in 'strlen(text)' 'strcmp(text, "texu")' 'memcmp(text, "texu", 4)' \
        'memcpy(copy, text, 5)' 'strchr(text, 0)' 'strstr(text, "x")' 'memchr(text, 0, 8)'; do
        write_program p.c <<E
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
static char text[8] = "text", copy[8];
static long kept;
static void *look(void *unused) {
    kept = (long)$call;
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, look, NULL);
    text[1] = 'a';
    pthread_join(thread, NULL);
    return kept == copy[7];
}
E
        explore_json p.c
        assert_equal "$(field '[.programs[0].faults[] | select(.kind == "data-race").places[].line] | sort | tostring')" "[7,13]"
    done
}

@test "a comparison reads no further than the difference that decides it" {
    write_program p.c <<'E'
#include <stdlib.h>
#include <string.h>
int main(void) {
    char *text = malloc(2);
    memcpy(text, "ab", 2);
    int found = strncmp(text, "ac", 10) && memcmp(text, "xyz", 3) && strchr(text, 'a') && memchr(text, 'b', 9);
    free(text);
    return !found;
}
E
    explore_json p.c
    assert_clean
}

# What must keep working

@test "the heap behaves as the C library's" {
    write_program p.c <<'E'
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(int count, char **words) {
    char *block = malloc(0), *text, *stream;
    size_t room = 1, length;
    void *aligned;
    assert(block && count);
    block = realloc(block, 10);
    memset(block, 7, 10);
    block = realloc(block, 100000);
    assert(block[9] == 7 && !realloc(block, 0));
    assert(!calloc(SIZE_MAX / 2, 3) && errno == ENOMEM && !reallocarray(NULL, SIZE_MAX / 2, 3));
    for (size_t size = 0; size < 70000; size = size * 3 / 2 + 1)
        for (size_t alignment = 8; alignment <= 1 << 16; alignment *= 2) {
            assert(!posix_memalign(&aligned, alignment, size) && (uintptr_t)aligned % alignment == 0);
            memset(aligned, 1, size);
            free(aligned);
        }
    assert(posix_memalign(&aligned, 3, 1) == EINVAL);
    text = malloc(room);
    FILE *file = fopen("/proc/self/cmdline", "r");
    assert(getdelim(&text, &room, 0, file) == (ssize_t)strlen(words[0]) + 1 && strcmp(text, words[0]) == 0);
    fclose(file);
    free(text);
    assert(asprintf(&text, "%d", 17) == 2 && strcmp(text, "17") == 0);
    free(text);
    file = open_memstream(&stream, &length);
    fputs("hello", file);
    fclose(file);
    assert(length == 5);
    free(stream);
    free(realpath("/", NULL));
    free(getcwd(NULL, 0));
    text = strndup("abc", 2);
    assert(malloc_usable_size(text) == 3);
    free(text);
}
E
    explore_json p.c
    assert_clean
}

@test "a program with an allocator of its own is left to it" {
    write_program p.c <<'E'
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
static char pool[1 << 20];
static size_t used;
void *malloc(size_t size) {
    void *block = pool + used;
    used += (size + 15) & ~15UL;
    return block;
}
void free(void *block) { (void)block; }
void *calloc(size_t count, size_t size) { return memset(malloc(count * size), 0, count * size); }
void *realloc(void *block, size_t size) { return block ? memmove(malloc(size), block, size) : malloc(size); }
int main(void) {
    char *text = strdup("text");
    free(text);
    return text[0] != 't';
}
E
    explore_json p.c
    assert_clean
}

@test "a thread's blocks lie at the same addresses whatever the others do" {
    write_program p.c <<'E'
#include <pthread.h>
#include <stdlib.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *mine[2];
static void *take(void *number) {
    pthread_mutex_lock(&lock);
    mine[number != NULL] = malloc(10);
    pthread_mutex_unlock(&lock);
    return NULL;
}
int main(void) {
    pthread_t threads[2];
    for (long i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, take, (void *)i);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    int in_order = mine[0] < mine[1];
    free(mine[0]);
    free(mine[1]);
    return !in_order;
}
E
    explore_json --preemptions 2 p.c
    assert_clean
}

@test "blocks that come and go take a fixed amount of memory" {
    write_program p.c <<'E'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) {
    char line[200];
    long resident = 0;
    for (int i = 0; i < 350; i++) {
        char *block = malloc(2 << 20);
        memset(block, 1, 2 << 20);
        free(block);
    }
    for (int i = 0; i < 200000; i++) {
        char *block = malloc(2000);
        block[1000] = 1;
        free(block);
    }
    FILE *file = fopen("/proc/self/status", "r");
    while (fgets(line, sizeof line, file))
        if (strncmp(line, "VmRSS:", 6) == 0)
            resident = strtol(line + 6, NULL, 10);
    fclose(file);
    return resident > 600 << 10;
}
E
    explore_json p.c
    assert_clean
}

# Leaks

@test "a block that nothing points to at the end is a leak, a list of them one" {
    write_program p.c <<'E'
#include <stdlib.h>
struct node { struct node *next; };
int main(void) {
    struct node *list = NULL;
    for (int i = 0; i < 3; i++) {
        struct node *node = malloc(sizeof *node);
        node->next = list;
        list = node;
    }
}
E
    explore_json p.c
    assert_fault leak 6
    assert_contains "$(field '.programs[0].faults[0].message')" "8 bytes in 1 block"
}

@test "a ring of lost blocks is a leak" {
    write_program p.c <<'E'
#include <stdlib.h>
int main(void) {
    void **a = malloc(sizeof *a), **b = malloc(sizeof *b);
    *a = b;
    *b = a;
}
E
    explore_json p.c
    assert_fault leak 3
}

@test "a block that anything still points to is no leak" {
    write_program p.c <<'E'
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
static char *variable, *middle, **chain;
static __thread char *local;
static pthread_key_t key;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static void *stays(void *argument) {
    char *automatic = malloc(10);
    local = malloc(10);
    pthread_setspecific(key, malloc(10));
    pthread_mutex_lock(&lock);
    while (automatic)
        pthread_cond_wait(&condition, &lock);
    return argument;
}
static void *gives(void *unused) {
    (void)unused;
    return malloc(10);
}
int main(void) {
    pthread_t thread;
    char *automatic = calloc(10, 1);
    variable = malloc(10);
    middle = (char *)malloc(10) + 5;
    chain = malloc(sizeof *chain);
    *chain = malloc(10);
    local = malloc(10);
    pthread_key_create(&key, NULL);
    pthread_setspecific(key, malloc(10));
    char **mapped = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mapped[7] = malloc(10);
    putenv(strdup("NAME=value"));
    pthread_create(&thread, NULL, stays, malloc(10));
    pthread_create(&thread, NULL, gives, NULL);
    exit(automatic[0]);
}
E
    explore_json --preemptions 1 p.c
    assert_clean
}

@test "what a handler of exit frees is no leak, and _exit looks for none" {
    write_program handler.c <<'E'
#include <stdlib.h>
static char *hidden;
static void drop(void) { free(hidden - 4096); }
int main(void) {
    hidden = (char *)malloc(10) + 4096;
    atexit(drop);
}
E
    write_program at_once.c <<'E'
#include <stdlib.h>
#include <unistd.h>
static void *lost;
int main(void) {
    for (int i = 0; i < 10; i++)
        lost = malloc(10);
    _exit(0);
}
E
    explore_json handler.c
    assert_clean
    sed '/atexit/d' handler.c >lost.c
    explore_json lost.c
    assert_fault leak 5
    explore_json at_once.c
    assert_clean
}

@test "more heap than the ceiling is memory-growth, at the place that holds most of it" {
    new_lesson 31-growth
    cat >lessons/31-growth/broken.c <<'E'
#include <stdlib.h>
int main(void) {
    void *few = malloc(10);
    void *many[1000];
    for (int i = 0; i < 1000; i++)
        many[i] = malloc(10000); /* fault: memory-growth */
    for (int i = 0; i < 1000; i++)
        free(many[i]);
    free(few);
}
E
    cat >lessons/31-growth/lesson.ini <<'E'
[lesson]
title = A test
part = Channels
summary = It keeps ten megabytes.

[correct.c]
output = expected.txt

[broken.c]
fault = memory-growth
memory = 5M
may-see = native tsan asan helgrind explore
E
    run --separate-stderr "$interleave" lesson 31 --lessons lessons --engines explore --format json
    assert_equal "$(field '.programs[1].faults | map("\(.kind):\(.places[0].line)") | join(" ")')" memory-growth:6
}

# Crashes and endless loops

@test "a stack that overflows is a crash where the program was, in main and in a thread" {
    write_program p.c <<'E'
#include <pthread.h>
static int deep(int n) {
    char room[1000];
    room[n % 1000] = 1;
    return deep(n + 1) + room[0];
}
static void *work(void *unused) {
    deep(1);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
}
E
    sed 's/pthread_create.*/work(0);/; /pthread_join/d' p.c >in_main.c
    local file
    for file in p.c in_main.c; do
        explore_json $file
        assert_kinds crash
        assert_equal "$(field '.programs[0].faults[0].places[0].line | . >= 2 and . <= 5')" true
    done
}

@test "a wild write ends in a verdict, never in a clean one or a hang" {
    write_program p.c <<'E'
static char small[16];
int main(void) {
    for (long i = 0; i < 1L << 24; i++)
        small[i] = 'A';
}
E
    explore_json p.c
    assert_not_equal "$(field '.programs[0].verdict')" clean
    assert_no_children_left
}

@test "what goes on for long on every schedule may be a calculation: it is not judged, but its place is told" {
    local body
    for body in ';' 'memory[i++ % 9]++;'; do
        write_program p.c <<E
int memory[9];
int main(void) {
    unsigned i = 0;
    while (1) { $body }
    return (int)i;
}
E
        explore_json --budget 30 p.c
        assert_unjudged "goes on for long without any operation that another thread could notice"
        assert_reason explore "at p.c:4"
        assert_no_children_left
    done
}

@test "what goes on for long on one schedule, while others end at once, is a timeout at its place" {
    write_program p.c <<'E'
#include <pthread.h>
#include <stdatomic.h>
static atomic_int state;
static unsigned memory[9];
static void *work(void *unused) {
    unsigned i = 0;
    if (atomic_load(&state) == 1)
        for (;;) memory[i++ % 9]++;
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    atomic_store(&state, 1);
    atomic_store(&state, 2);
    pthread_join(thread, NULL);
}
E
    explore_json --preemptions 1 --budget 30 p.c
    assert_kinds timeout
    assert_equal "$(field '.programs[0].faults[0] | "\(.places[0].line) \(.exploration.replayed)"')" "8 true"
    run --separate-stderr "$interleave" replay --format json p.c \
        "$(field '.programs[0].faults[0].exploration.schedule')"
    assert_kinds timeout
}

@test "a loop that reads memory in circles is a timeout" {
    write_program p.c <<'E'
struct node { struct node *next; int value; };
static struct node nodes[3] = {{&nodes[1], 0}, {&nodes[2], 0}, {&nodes[0], 0}};
int main(void) {
    int sum = 0;
    for (struct node *node = nodes; node; node = node->next)
        sum += node->value;
    return sum;
}
E
    explore_json p.c
    assert_kinds timeout
    assert_equal "$(field '.programs[0].faults[0].places[0].line | . == 5 or . == 6')" true
}

@test "what waits in a call that is not modelled is not judged" {
    write_program p.c <<'E'
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/file.h>
static atomic_int count;
static void *work(void *path) {
    int file = open(path, O_RDONLY);
    flock(file, LOCK_EX);
    atomic_fetch_add(&count, 1);
    atomic_fetch_add(&count, 1);
    flock(file, LOCK_UN);
    return NULL;
}
int main(int argc, char **argv) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, argv[argc - 1]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}
E
    explore_json --preemptions 1 --args "$PWD/p.c" p.c
    assert_unjudged "waits for long in a call that the explorer does not model"
    assert_reason explore "at p.c:8"
    assert_no_children_left
}

@test "what goes on for long with all signals blocked is still asked where it is" {
    write_program p.c <<'E'
#include <signal.h>
int main(void) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, 0);
    for (;;)
        ;
}
E
    explore_json --budget 30 p.c
    assert_unjudged "goes on for long"
    [[ $(field '.programs[0].engines.explore.reason') =~ "at p.c:"[67] ]]
}

# What is refused

@test "what is not modelled is named, with its line, and not judged" {
    local call
    for call in 'fork()' 'vfork()' 'execl("/bin/true", "true", (char *)0)' 'pause()' 'alarm(1)' \
        'signal(SIGUSR1, handle)' 'sigaction(SIGUSR1, &action, 0)' 'sigwait(&set, &number)' \
        'pthread_kill(pthread_self(), SIGUSR1)' 'syscall(SYS_futex, &number, 1, 1, 0, 0, 0)' \
        'timer_create(CLOCK_REALTIME, 0, &timer)'; do
        write_program p.c <<E
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
static void handle(int number) { (void)number; }
int main(void) {
    struct sigaction action = {.sa_handler = handle};
    sigset_t set;
    timer_t timer;
    int number = 0;
    sigemptyset(&set);
    (void)action, (void)set, (void)timer, (void)number, (void)handle;
    $call;
}
E
        explore_json p.c
        assert_unjudged "calls ${call%%(*}"
        assert_reason explore p.c:15
    done
}

@test "signals without handlers, and system calls that do not wait, are no reason to refuse" {
    write_program p.c <<'E'
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
    signal(SIGPIPE, SIG_IGN);
    signal(SIGABRT, SIG_DFL);
    return syscall(SYS_getpid) != getpid();
}
E
    explore_json p.c
    assert_clean
}

@test "a crash is told though the program resets what the signal does" {
    write_program p.c <<'E'
#include <signal.h>
#include <stdlib.h>
int main(void) {
    signal(SIGABRT, SIG_DFL);
    abort();
}
E
    explore_json p.c
    assert_fault crash 5
}

@test "the program's code in a thread that the explorer did not start is not judged" {
    write_program p.c <<'E'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
static int x;
static void *work(void *unused) {
    x++;
    return unused;
}
int main(void) { /* as a library would do it */
    int (*create)(pthread_t *, void *, void *(*)(void *), void *) = dlsym(RTLD_DEFAULT, "pthread_create");
    int (*join)(pthread_t, void **) = dlsym(RTLD_DEFAULT, "pthread_join");
    pthread_t thread;
    create(&thread, 0, work, 0);
    join(thread, 0);
}
E
    explore_json p.c
    assert_unjudged "a thread that the explorer does not control"
}

@test "a thread that is made before main is not judged" {
    write_program p.c <<'E'
#include <pthread.h>
static pthread_t thread;
static void *work(void *unused) { return unused; }
__attribute__((constructor)) static void begin(void) {
    pthread_create(&thread, 0, work, 0);
}
int main(void) { pthread_join(thread, 0); }
E
    explore_json p.c
    assert_unjudged "before its main function"
    assert_reason explore p.c:5
}

@test "random bytes are the same in every schedule" {
    write_program p.c <<'E'
#include <pthread.h>
#include <stdio.h>
#include <sys/random.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned sum;
static void *draw(void *unused) {
    unsigned word;
    getrandom(&word, sizeof word, 0);
    pthread_mutex_lock(&lock);
    sum += word;
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, draw, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%u\n", sum);
}
E
    explore_json --preemptions 2 --keep kept p.c
    assert_clean
    assert_equal "$(grep -rh '"ending"' kept | wc -l)" 1
}
