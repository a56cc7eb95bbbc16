# Programs that are not made to be explored: that take the explorer's names, its process, its memory or its
# time. Each is judged or refused in one sentence, and nothing is left behind.

load helper

explore_json() {
    run --separate-stderr timeout -s KILL 60 "$interleave" explore --format json --strategy bounded \
        --preemptions 0 --budget 5 "$@"
    no_children_left || children | fail
}

assert_clean() {
    assert_equal "$(field '.programs[0].verdict + ([.programs[0].faults[].message] | join(" "))')" clean
}

assert_unjudged() {
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_reason explore "$1"
}

# with_thread BODY: a program of which one thread does this.
with_thread() {
    cat >p.c <<E
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
static volatile int number;
int deep(int n) { volatile char b[256]; b[n & 255] = (char)n; return deep(n + 1) + b[0]; }
static void *work(void *unused) {
    $1
    return unused;
}
int main(void) {
    pthread_t thread;
    number = 0;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
}
E
}

@test "a program may use the names of the explorer's runtime for itself" {
    write_program p.c <<'E'
#include <pthread.h>
int schedule_visit(int x) { return x + 1; }
struct channel { int a; } channel = {3};
int report_end(void) { return 4; }
int settings[400], campaign[9999], self = 5, choices[3], arena_take = 7, object_at, thread_new;
static void *work(void *unused) {
    for (int i = 0; i < 9999; i++)
        campaign[i] = -1;
    return unused;
}
int main(void) {
    pthread_t thread;
    settings[399] = 7;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    return schedule_visit(channel.a) != report_end() || self != 5 || arena_take != 7;
}
E
    explore_json p.c
    assert_clean
}

@test "what ends the process by a signal is a crash" {
    now_and_then
    local body
    for body in 'abort();' '*(volatile int *)0 = 1;' 'deep(1);' 'kill(getpid(), SIGKILL);' 'raise(SIGUSR1);' \
        'memset((void *)0x10000000000, 1, 4096);' 'signal(SIGSEGV, SIG_DFL); *(volatile int *)0 = 1;' \
        'munmap((void *)(((unsigned long)&body & ~4095ul) - 65536), 131072);'; do
        with_thread "int body = 0; (void)body; $body"
        explore_json p.c
        assert_kinds crash
        assert_equal "$status" 1
    done
}

@test "what another process or a signal would come of is refused with its line" {
    local body
    for body in 'fork();' 'vfork();' 'execl("/bin/true", "true", (char *)0);' 'system("true");' 'popen("true", "r");' \
        'alarm(1);' 'kill(getppid(), SIGTERM);' 'kill(0, SIGTERM);' 'syscall(SYS_kill, getppid(), SIGKILL);'; do
        with_thread "$body"
        explore_json p.c
        assert_unjudged "at p.c:13"
    done
}

@test "a program that never ends is left in time" {
    now_and_then
    local body
    for body in 'for (;;) number = number + 1;' 'for (;;) __atomic_fetch_add(&number, 1, __ATOMIC_SEQ_CST);' \
        'raise(SIGSTOP);' 'for (;;) { pthread_t t; pthread_create(&t, NULL, work, NULL); pthread_join(t, NULL); }'; do
        with_thread "$body"
        explore_json p.c
        assert_verdict unjudged
        assert_equal "$status" 2
    done
}

@test "a program that prints without end is stopped, wherever it prints" {
    now_and_then
    local body
    for body in 'for (;;) puts("a line that is printed again and again");' 'char noise[512]; memset(noise, 65, 512); for (;;) if (write(2, noise, 512) < 0) {}' \
        'FILE *f = tmpfile(); for (;;) if (fputs("a line\n", f) < 0) {}'; do
        with_thread "$body"
        explore_json p.c
        assert_verdict faulty
        assert_kinds output-limit
    done
}

@test "what the program does to its descriptors, limits and environment does not reach the explorer" {
    local body
    for body in 'for (int i = 0; i < 1024; i++) close(i);' 'dup2(open_null(), 2); dup2(open_null(), 1);' \
        'for (char **e = environ; *e; e++) memset(*e, 66, strlen(*e)); environ = NULL;' \
        'struct rlimit none = {0, 0}; setrlimit(RLIMIT_NOFILE, &none); setrlimit(RLIMIT_CORE, &none);' \
        'sigset_t all; sigfillset(&all); pthread_sigmask(SIG_BLOCK, &all, NULL);'; do
        with_thread "$body"
        sed -i '1a #include <fcntl.h>\n#include <sys/resource.h>\nstatic int open_null(void);' p.c
        echo 'static int open_null(void) { return open("/dev/null", O_WRONLY); }' >>p.c
        explore_json p.c
        assert_clean
    done
}

@test "what is printed is neither taken for a report nor damaged" {
    with_thread 'printf("{\"fault\":\"data-race\",\"key\":\"1\"}\n"); fwrite("\0\"\\\200\n", 1, 5, stdout);
        write(2, "{\"unavailable\":\"no\"}\n", 21);'
    explore_json p.c
    assert_clean
}

@test "what a constructor does before main, and a destructor after it, is not lost" {
    write_program p.c <<'E'
#include <stdlib.h>
__attribute__((constructor)) static void begin(void) { exit(0); }
int main(void) {}
E
    explore_json p.c
    assert_unjudged "left with status 0 before its main function began"
    write_program p.c <<'E'
__attribute__((destructor)) static void end(void) { *(volatile int *)0 = 1; }
int main(void) {}
E
    explore_json p.c
    assert_kinds crash
    assert_equal "$(field '.programs[0].faults[0].places[0].line')" 1
}

@test "a thousand threads are explored, and five thousand are refused" {
    local body='static pthread_t t[COUNT]; static void *(*w)(void *); w = number ? NULL : rest;
        for (int i = 0; i < COUNT; i++) if (pthread_create(&t[i], NULL, w, NULL)) abort();
        for (int i = 0; i < COUNT; i++) pthread_join(t[i], NULL);'
    with_thread "$body"
    sed -i '/^static volatile/a static void *rest(void *unused) { return unused; }' p.c
    explore_json --cflags -DCOUNT=1100 p.c
    assert_clean
    explore_json --cflags -DCOUNT=5000 p.c
    assert_unjudged "creates more than 4095 threads"
}

@test "a program that overwrites the explorer's memory is not called clean of it" {
    write_program p.c <<'E'
#include <stdio.h>
int main(void) {
    char line[512];
    static struct { unsigned long from, end; } ranges[64];
    int count = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(line, sizeof line, maps) && count < 64) {
        unsigned long from, end;
        char how[8];
        if (sscanf(line, "%lx-%lx %7s", &from, &end, how) == 3 && how[1] == 'w' && how[3] == 's')
            ranges[count].from = from, ranges[count++].end = end;
    }
    fclose(maps);
    for (int i = 0; i < count; i++)
        for (volatile char *at = (char *)ranges[i].from;
             at < (char *)ranges[i].end && at < (char *)ranges[i].from + (1 << 24); at++)
            *at = (char)0xa5;
}
E
    explore_json p.c
    assert_unjudged "may have written over its memory"
}
