# Programs that print, fork, crash, hang, grow or lie: each gets its true verdict, and leaves nothing behind.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154
load helper

# From now on each harness notes in ./peak, at its end, the most memory that it had. What it starts has an
# environment of its own, and notes nothing.
note_peak() {
    cat >peak.c <<'E'
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((destructor)) static void note(void) {
    static char status[16384];
    int from = open("/proc/self/status", O_RDONLY);
    int to = open(getenv("PEAK"), O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (read(from, status, sizeof status - 1) <= 0)
        return;
    char *line = strstr(status, "VmHWM:");
    if (write(to, line, strcspn(line, "\n") + 1) < 0)
        return;
}
E
    clang -shared -fPIC peak.c -o peak.so
    export PEAK=$PWD/peak
}

assert_peak_below_32_MiB() {
    local unit kilobytes
    read -r _ kilobytes unit <peak
    assert_equal "$(wc -l <peak) $unit" "1 kB"
    ((kilobytes < 32 * 1024)) || fail "the harness had $kilobytes kB"
}

judge_with_peak() {
    note_peak
    run --separate-stderr env LD_PRELOAD="$PWD/peak.so" "$interleave" run --format json "$@"
}

write_flood() { # write_flood NAME STREAM: 1 GiB without a newline
    write_program "$1" <<E
#include <stdio.h>
#include <string.h>

int main(void) {
    static char block[1 << 20];
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 1024; i++)
        fwrite(block, 1, sizeof block, $2);
    return 0;
}
E
}

# Output

@test "a program that prints 1 GB is stopped and called output-limit; the harness stays below 32 MiB" {
    write_flood flood.c stdout
    echo "something else" >expected
    judge_with_peak --expect expected flood.c
    assert_equal "$status" 1
    assert_kinds output-limit
    assert_peak_below_32_MiB
    assert_no_children_left
}

@test "a program that prints 1 GB of errors is stopped and called output-limit; the harness stays below 32 MiB" {
    write_flood flood.c stderr
    judge_with_peak flood.c
    assert_equal "$status" 1
    assert_kinds output-limit
    assert_peak_below_32_MiB
}

@test "eight programs at once that print a million lines each leave the harness below 32 MiB" {
    for number in 1 2 3 4 5 6 7 8; do
        new_lesson "3$number-flood"
        for program in correct broken; do
            write_program "lessons/3$number-flood/$program.c" <<E
#include <stdio.h>
int main(void) {
    for (int i = 0; i < 1000000; i++) puts("\\033[31m$number");
    return 0; /* fault: output-limit */
}
E
        done
        sed -i -e '/fault: /d' "lessons/3$number-flood/correct.c"
        sed -i -e 's/^fault.*/fault = output-limit/' "lessons/3$number-flood/lesson.ini"
    done
    note_peak
    run --separate-stderr env LD_PRELOAD="$PWD/peak.so" "$interleave" check --lessons lessons --engines native --jobs 8
    assert_equal "$status" 1
    assert_peak_below_32_MiB
}

@test "a thousand faults in a program leave the harness below 32 MiB" {
    {
        echo '#include <pthread.h>'
        for ((i = 0; i < 1000; i++)); do echo "static int x$i;"; done
        echo 'static void *work(void *unused) {'
        for ((i = 0; i < 1000; i++)); do echo "x$i = 1;"; done
        echo 'return unused; } int main(void) { pthread_t t; pthread_create(&t, 0, work, 0); work(0); return pthread_join(t, 0); }'
    } >races.c
    judge_with_peak --engines tsan,helgrind races.c
    assert_equal "$status" 1
    assert_kinds data-race
    assert_peak_below_32_MiB
}

write_bytes() {
    write_program bytes.c <<'E'
#include <stdio.h>
int main(void) {
    fwrite("a\0b\xff\xfe\x1b[31mred\x1b]0;title\a\xc2\x9b" "1m\xed\xa0\x80\r\b\x7f", 1, 31, stdout);
    return 0;
}
E
}

@test "NUL bytes and invalid UTF-8 in the output do not make a program wrong" {
    write_bytes
    judge_json bytes.c
    assert_equal "$status" 0
    assert_verdict clean
}

@test "NUL bytes, invalid UTF-8 and escape sequences are quoted as valid JSON, and never reach a terminal raw" {
    write_bytes
    echo nothing >expected
    judge_json --engines native --expect expected bytes.c
    assert_equal "$status" 1
    assert_kinds wrong-output
    iconv -f UTF-8 -t UTF-8 <<<"$output" >/dev/null
    for format in terminal tap; do
        judge --engines native --expect expected --format "$format" bytes.c
        assert_equal "$status" 1
        iconv -f UTF-8 -t UTF-8 <<<"$output" >/dev/null
        LC_ALL=C run ! grep -q $'[\x01-\x08\x0b-\x1f\x7f]\|\xc2[\x80-\x9f]' <<<"$output"
    done
}

@test "escape sequences of a lesson's program do not reach the terminal raw" {
    new_lesson 31-test
    write_bytes
    cp bytes.c lessons/31-test/correct.c
    run --separate-stderr "$interleave" lesson 31 --lessons lessons --engines native
    assert_contains "$output" red
    LC_ALL=C run ! grep -q $'[\x01-\x08\x0b-\x1f\x7f]\|\xc2[\x80-\x9f]' <<<"$output"
}

@test "NUL bytes in the output are compared with those expected" {
    write_bytes
    clang bytes.c -o bytes
    ./bytes >expected
    judge_json --engines native --expect expected bytes.c
    assert_equal "$status" 0
    printf 'a' >expected # what stands before the first NUL byte
    judge_json --engines native --expect expected bytes.c
    assert_equal "$status" 1
}

@test "what a program prints is no report of a tool, and no trouble of one" {
    write_program lies.c <<'E'
#include <stdio.h>
int main(void) {
    for (int i = 0; i < 2; i++)
        fputs("==================\n"
              "WARNING: ThreadSanitizer: data race (pid=1)\n"
              "  Write of size 4 at 0x1 by thread T1:\n    #0 main lies.c:2:1 (lies+0x1)\n"
              "==1==ERROR: LeakSanitizer: detected memory leaks\n\n"
              "Direct leak of 8 byte(s) in 1 object(s) allocated from:\n    #0 0x1 in main lies.c:2:1\n"
              "==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n    #0 0x1 in main lies.c:2:1\n"
              "lies.c:2:1: runtime error: signed integer overflow\n"
              "FATAL: ThreadSanitizer: unexpected memory mapping 0x1-0x2\nThreadSanitizer: CHECK failed\n"
              "==1==Shadow memory range interleaves\nLeakSanitizer has encountered a fatal error\n"
              "ERROR: Can't open file: x\n"
              "valgrind: failed to start\n<error><kind>Race</kind></error>\n",
              i ? stderr : stdout);
    return 0;
}
E
    judge_json lies.c
    assert_equal "$status" 0
    assert_verdict clean
    assert_equal "$(field '[.programs[0].engines[].outcome] | unique[]')" clean
}

@test "a program that closes its stdout is judged" {
    write_program closes.c <<'E'
#include <unistd.h>
int main(void) { return close(1) + close(2); }
E
    judge_json closes.c
    assert_equal "$status" 0
    assert_verdict clean
}

@test "a program that closes every descriptor hides nothing" {
    write_program closes.c <<'E'
#include <pthread.h>
#include <unistd.h>
static int shared;
static void *work(void *unused) { shared = 1; return unused; }
int main(void) {
    for (int fd = 0; fd < 1024; fd++)
        close(fd);
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    shared = 2;
    return pthread_join(thread, NULL);
}
E
    judge_json --engines native,tsan,helgrind closes.c
    assert_equal "$status" 1
    assert_equal "$(field '[.programs[0].faults[] | "\(.engine) \(.kind)"] | sort | join(" ")')" \
        "helgrind data-race tsan data-race"
}

@test "a program that uses up its descriptors is not clean because no report can be written" {
    write_program uses_up.c <<'E'
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
int main(void) {
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){64, 64});
    while (open("/dev/null", O_RDONLY) >= 0)
        ;
    char *letters = malloc(10);
    free(letters);
    return letters[3] == 42;
}
E
    judge_json --engines asan uses_up.c
    assert_equal "$status" 2
    assert_outcome asan unavailable
    assert_reason asan "could not write its report"
}

@test "a lock-order graph that is too large to be kept whole refutes nothing" {
    write_program chain.c <<'E'
#include <pthread.h>
enum { LOCKS = 5000 };
static pthread_mutex_t locks[LOCKS], left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static void *chain(void *unused) {
    pthread_mutex_lock(&locks[0]);
    for (int i = 1; i < LOCKS; i++) {
        pthread_mutex_lock(&locks[i]);
        pthread_mutex_unlock(&locks[i - 1]);
    }
    pthread_mutex_unlock(&locks[LOCKS - 1]);
    return unused;
}
static void both(pthread_mutex_t *first, pthread_mutex_t *second) {
    pthread_mutex_lock(first);
    pthread_mutex_lock(second);
    pthread_mutex_unlock(second);
    pthread_mutex_unlock(first);
}
static void *up(void *unused) { both(&left, &right); return unused; }
static void *down(void *unused) { both(&right, &left); return unused; }
int main(void) {
    pthread_t thread[3];
    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_init(&locks[i], NULL);
    pthread_create(&thread[0], NULL, chain, NULL);
    pthread_join(thread[0], NULL);
    pthread_create(&thread[1], NULL, up, NULL);
    pthread_create(&thread[2], NULL, down, NULL);
    pthread_join(thread[1], NULL);
    return pthread_join(thread[2], NULL);
}
E
    judge_json --engines tsan chain.c
    assert_equal "$status" 1
    [[ $(field '[.programs[0].faults[].kind] | unique | join(" ")') =~ ^(deadlock|lock-order)$ ]]
}

# Input

write_reader() {
    write_program reads.c <<'E'
#include <stdio.h>
int main(void) {
    int count = 0;
    while (getchar() != EOF)
        count++;
    printf("%d bytes\n", count);
    return 0;
}
E
}

@test "a program that reads stdin finds it empty, and leaves the harness's own alone" {
    write_reader
    echo "0 bytes" >expected
    { "$interleave" run --expect expected reads.c >report && cat >rest; } <<<"not for the program"
    assert_equal "$(cat rest)" "not for the program"
}

@test "a program that reads stdin gets --stdin's file from its start, in every run of every engine" {
    write_reader
    echo "seven.." | tr -d '\n' >input
    echo "7 bytes" >expected
    judge_json --stdin input --expect expected reads.c
    assert_equal "$status" 0
    assert_verdict clean
}

@test "a program that waits for a terminal does not get one" {
    write_program terminal.c <<'E'
#include <fcntl.h>
int main(void) { return open("/dev/tty", O_RDWR) >= 0; }
E
    run script -qec "'$interleave' run --engines native terminal.c" /dev/null
    assert_equal "$status" 0
    assert_contains "$output" "no engine finds a fault"
}

# Endings

@test "a program that dies by a signal is a crash at its line" {
    write_program dies.c <<'E'
int main(void) {
    int *volatile nothing = 0;
    *nothing = 1;
    return 0;
}
E
    judge_json --engines native,tsan dies.c
    assert_equal "$status" 1
    assert_kinds crash
    assert_equal "$(field '[.programs[0].faults[].places[0] | "\(.file):\(.line)"] | unique[]')" dies.c:3
    assert_contains "$(field '.programs[0].faults[0].message')" "Segmentation fault"
}

@test "a program that kills itself is a crash, and the tools that could not report are not clean" {
    write_program dies.c <<'E'
#include <signal.h>
int main(void) { return raise(SIGKILL); }
E
    judge_json dies.c
    assert_equal "$status" 1
    assert_kinds crash
    assert_contains "$(field '.programs[0].faults[0].message')" "signal 9"
    assert_equal "$(field '[.programs[0].engines | del(.native, .explore)[].outcome] | unique[]')" unavailable
}

@test "a program that ends with another status than 0 is a wrong-exit" {
    write_program ends.c <<<'int main(void) { return 66; }' # the status with which tools say that they found something
    judge_json ends.c
    assert_equal "$status" 1
    assert_kinds wrong-exit
    assert_equal "$(field '[.programs[0].faults[].engine] | unique | join(" ")')" "explore native"
}

@test "a program that ends before main, or at once, is judged" {
    write_program ends.c <<'E'
#include <unistd.h>
__attribute__((constructor)) static void early(void) { _exit(0); }
int main(void) { return 1; }
E
    judge_json --engines native ends.c
    assert_equal "$status" 0
}

@test "a program that removes its own executable is not called clean by an engine that could not run it" {
    write_program removes.c <<'E'
#include <stdlib.h>
#include <unistd.h>
int main(void) {
    char path[4096] = {0};
    return readlink("/proc/self/exe", path, sizeof path - 1) < 0 || unlink(path) != 0;
}
E
    judge_json --engines native removes.c
    assert_equal "$status" 2
    assert_verdict unjudged
}

# Processes

@test "a program that forks is judged, with the output of both" {
    write_program forks.c <<'E'
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    if (fork() == 0) {
        puts("child");
        return 0;
    }
    wait(NULL);
    puts("parent");
    return 0;
}
E
    printf 'child\nparent\n' >expected
    judge_json --expect expected forks.c
    assert_equal "$status" 0
    assert_verdict clean
}

@test "a crash of a forked child does not stop its parent" {
    write_program forks.c <<'E'
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    int status = 0;
    if (fork() == 0)
        abort();
    wait(&status);
    return !WIFSIGNALED(status);
}
E
    judge_json --engines native forks.c
    assert_equal "$status" 0
    assert_verdict clean
}

@test "a program that leaves a process behind in another session leaves nothing behind" {
    write_program leaves.c <<'E'
#include <signal.h>
#include <unistd.h>
int main(void) {
    int ready[2];
    char byte;
    if (pipe(ready) != 0)
        return 1;
    if (fork() == 0) {
        setsid();
        if (fork() != 0)
            _exit(0);
        setsid();
        signal(SIGTERM, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
        if (write(ready[1], "x", 1) != 1)
            return 1;
        for (;;)
            pause();
    }
    return read(ready[0], &byte, 1) != 1;
}
E
    judge_json leaves.c
    assert_equal "$status" 0
    assert_no_children_left
}

@test "a program that blocks and ignores every signal and never ends is ended, and called timeout" {
    write_program endless.c <<'E'
#include <signal.h>
#include <stddef.h>
int main(void) {
    sigset_t all;
    for (int number = 1; number < 32; number++)
        signal(number, SIG_IGN);
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (volatile unsigned long i = 0;; i++)
        ;
}
E
    judge_json --engines native --timeout 1 endless.c
    assert_equal "$status" 1
    assert_kinds timeout
    assert_equal "$(field '.programs[0].faults[0].places[0].file')" endless.c
    assert_no_children_left
}

@test "a program that never ends under a tool that alone looks at it is not judged" {
    write_program endless.c <<<'int main(void) { for (volatile unsigned long i = 0;; i++) ; }'
    judge_json --engines tsan --timeout 1 endless.c
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_reason tsan --timeout
    assert_no_children_left
}

@test "a program that stops itself is ended" {
    write_program stops.c <<'E'
#include <signal.h>
int main(void) { return raise(SIGSTOP); }
E
    judge_json --engines native --timeout 1 stops.c
    assert_equal "$status" 1
    assert_kinds timeout
    assert_no_children_left
}

@test "a program that becomes another program is ended with it" {
    write_program becomes.c <<'E'
#include <unistd.h>
int main(void) { return execlp("sleep", "sleep", "100000", (char *)0); }
E
    judge_json --engines native --timeout 1 becomes.c
    assert_equal "$status" 1
    assert_kinds timeout
    assert_no_children_left
}

@test "a fork bomb, of bounded size, is ended with all its processes" {
    write_program bomb.c <<'E'
#include <signal.h>
#include <unistd.h>
int main(void) {
    signal(SIGTERM, SIG_IGN);
    for (int i = 0; i < 7; i++)
        if (fork() == 0)
            setsid();
    for (;;)
        sleep(1000);
}
E
    judge_json --engines native --timeout 1 bomb.c
    assert_equal "$status" 1
    assert_kinds timeout
    assert_no_children_left
}

@test "processes that each leave a child and end are ended all the same" {
    write_program runs_away.c <<'E'
#include <signal.h>
#include <unistd.h>
/* The child goes on, the parent ends: a process that is never where it was last seen. */
int main(void) {
    if (fork() != 0)
        pause();
    for (int i = 0; i < 20000; i++) {
        setsid();
        if (fork() != 0)
            _exit(0);
    }
    pause();
}
E
    judge_json --engines native --timeout 1 runs_away.c
    assert_equal "$status" 1
    assert_no_children_left
}

# A harness that waits for ever must not keep the tests waiting.
judge_bounded() { run --separate-stderr timeout -s KILL 30 "$interleave" run --format json "$@"; }

end_children() {
    local pid
    children | while read -r pid _; do kill -KILL "$pid" || true; done
}

@test "a program that kills the process that watches it is not judged, and leaves nothing behind" {
    write_program kills.c <<'E'
#include <signal.h>
#include <unistd.h>
int main(void) {
    pid_t watcher = getppid();
    if (fork() == 0) {
        setsid();
        for (;;)
            pause();
    }
    kill(watcher, SIGKILL);
    for (;;)
        pause();
}
E
    judge_bounded --engines native --timeout 1 kills.c
    left=$(children)
    end_children
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_equal "$left" ""
}

@test "a program that stops the process that watches it is not judged, and leaves nothing behind" {
    now_and_then
    write_program stops.c <<'E'
#include <signal.h>
#include <unistd.h>
int main(void) {
    kill(getppid(), SIGSTOP);
    for (;;)
        pause();
}
E
    judge_bounded --engines native --timeout 1 stops.c
    left=$(children)
    end_children
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_equal "$left" ""
}

@test "a program whose threads have odd names hides no deadlock" {
    write_program names.c <<'E'
#include <pthread.h>
#include <sys/prctl.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
int main(void) {
    prctl(PR_SET_NAME, ") R 1 (\nx) Z", 0, 0, 0);
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
    return 0;
}
E
    judge_json --engines native names.c
    assert_equal "$status" 1
    assert_kinds double-lock
}

# Size

write_crowd() { # write_crowd NAME LATECOMERS: 5,000 threads, all alive at once, at a barrier for so many more
    write_program "$1" <<E
#include <pthread.h>
#include <stdio.h>
enum { THREADS = 5000 };
static pthread_barrier_t all;
static void *work(void *unused) {
    pthread_barrier_wait(&all);
    return unused;
}
int main(void) {
    static pthread_t threads[THREADS];
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65536);
    pthread_barrier_init(&all, NULL, THREADS + $2);
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], &small, work, NULL) != 0)
            return 1;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    puts("done");
    return 0;
}
E
}

@test "a program that starts 5,000 threads is judged; the harness stays below 32 MiB" {
    write_crowd crowd.c 0
    echo "done" >expected
    judge_with_peak --engines native --expect expected crowd.c
    assert_equal "$status" 0
    assert_verdict clean
    assert_peak_below_32_MiB
}

@test "5,000 threads that all wait for ever are a stuck-wait, in a short report" {
    write_crowd crowd.c 1
    judge_with_peak --engines native --timeout 60 crowd.c
    assert_equal "$status" 1
    assert_kinds stuck-wait
    ((${#output} < 20000))
    assert_peak_below_32_MiB
    assert_no_children_left
}

@test "a program that allocates for ever is memory-growth, at the line that allocates" {
    write_program grows.c <<'E'
#include <stdlib.h>
#include <string.h>
int main(void) {
    for (;;) {
        char *block = malloc(1 << 20);
        if (block)
            memset(block, 1, 1 << 20);
    }
}
E
    judge_json --engines native grows.c
    assert_equal "$status" 1
    assert_kinds memory-growth
    assert_equal "$(field '.programs[0].faults[0].places[0] | "\(.file):\(.line)"')" grows.c:5
}

@test "a program that maps memory for ever, past the allocator, is ended" {
    write_program maps.c <<'E'
#include <string.h>
#include <sys/mman.h>
int main(void) {
    for (;;) {
        char *block = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (block != MAP_FAILED)
            memset(block, 1, 1 << 20);
    }
}
E
    judge_json --engines native maps.c
    assert_equal "$status" 1
    assert_kinds memory-growth
    assert_no_children_left
}

@test "a program whose children grow together is ended" {
    write_program family.c <<'E'
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void) {
    for (int i = 0; i < 3; i++)
        fork();
    size_t size = 400 << 20;
    char *block = malloc(size);
    for (size_t i = 0; i < size; i += 4096)
        block[i] = 1;
    for (;;)
        sleep(1000);
}
E
    judge_json --engines native family.c
    assert_equal "$status" 1
    assert_kinds memory-growth
    assert_no_children_left
}

# Sources that are hostile to the compiler, or to whoever reads them

@test "an include without end is stopped; the harness stays below 32 MiB" {
    printf '#include "/dev/zero"\nint main(void) { return 0; }\n' >zero.c
    note_peak
    run --separate-stderr prlimit --as=4000000000 env LD_PRELOAD="$PWD/peak.so" "$interleave" run --format json \
        --engines native zero.c
    [[ $status == [012] ]]
    assert_equal "$(field '.programs | length')" 1
    assert_peak_below_32_MiB
}

@test "a macro without end is stopped, and the program is not judged" {
    now_and_then
    write_program macro.c <<'E'
#define TEN(x) x x x x x x x x x x
#define MANY(x) TEN(TEN(TEN(TEN(x))))
int main(void) { MANY(MANY(MANY(;))) }
E
    judge_json --engines native macro.c
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_reason native "was stopped"
    assert_no_children_left
}

@test "an include of itself is a compile-error" {
    printf '#include "self.c"\nint main(void) { return 0; }\n' >self.c
    judge_json --engines native self.c
    assert_equal "$status" 1
    assert_kinds compile-error
}

@test "a line of a megabyte is quoted in part" {
    { printf 'int main(void) { return 0 /* '; head -c 1000000 /dev/zero | tr '\0' x; echo ' */ }'; } >wide.c
    judge --engines native wide.c
    assert_equal "$status" 1
    ((${#output} < 20000))
}
