# The sandbox: what a stranger's program, and its compilation, can see, do and leave behind; at each level.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154
load helper

# A file that a stranger must not see, though its mode allows it to all.
setup() {
    own_harness
    open_the_way "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/here"
    mkdir -p other-student
    echo '#define SECRET_OF_OTHERS 42' >other-student/exercise.c
    chmod -R o+rX .
}

# What the test itself has started.
teardown() {
    [[ ! ${started:-} ]] || kill "$started" 2>/dev/null || true
}

# The levels that can be tried here: A wants control groups, which only root can make.
setup_file() {
    local level
    echo 'int main(void) { return 0; }' >"$BATS_FILE_TMPDIR/fine.c"
    open_the_way "$BATS_FILE_TMPDIR"
    LEVELS=
    for level in A B C; do
        INTERLEAVE_SANDBOX=$level "$project/build/interleave" run --sandbox --engines native "$BATS_FILE_TMPDIR/fine.c" >&2 &&
            LEVELS+="$level "
    done
    [[ $LEVELS ]]
    export LEVELS
}

# in_box LEVEL ARGUMENT...: judges natively, in the sandbox; what the program printed is in `printed`.
in_box() {
    local level=$1
    shift
    rm -rf kept
    INTERLEAVE_SANDBOX=$level judge_json --sandbox --keep kept --engines native "$@"
    printed=$(cat kept/*/native/run-1/stdout.txt 2>/dev/null || true)
    echo "level $level: $output $stderr" >&2
}

# Of what there is in ./tried and on the machine.
state() {
    find "$BATS_TEST_TMPDIR" -path '*/here/kept' -prune -o -name 'separate-stderr-*' -o -printf '%p %y %m %s %T@\n' |
        grep -v ' d \|/build/cache' | sort
}

@test "a level works on this machine, and doctor says which and why no better one" {
    run --separate-stderr "$interleave" doctor
    assert_regex "$output" "sandbox +level [ABC]  confined by "
    PATH=$(path_without bwrap) run --separate-stderr "$interleave" doctor
    assert_contains "$(tr -s ' \n' ' ' <<<"$output")" "level C confined by Landlock, a list of refused system calls and limits, as namespaces are not permitted here; not more, because of A: bubblewrap is not installed"
}

@test "files outside are out of sight" {
    # Named in a header: an argument that is a file is one that the program may read.
    write_program look.c <<'E'
#include <fcntl.h>
#include <stdio.h>
static const char *const names[] = {
#include "names.h"
};
int main(void) {
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        printf("%s: %s\n", names[i], open(names[i], O_RDONLY) < 0 ? "out of reach" : "OPEN");
    return 0;
}
E
    local level file passwords=/etc/passwd files
    files=(/etc/shadow "$passwords" "/proc/1/root$passwords" "$(getent passwd 0 | cut -d: -f6)" /home /var/log /run
        /sys/kernel "$project/solutions/07-lock-order/exercise.c" "$project/lessons/07-lock-order/drive.c"
        "$project/README.md" "$PWD/other-student/exercise.c" "$HOME/build/linked/witness.o")
    for file in "${files[@]}"; do printf '"%s",' "$file"; done >names.h
    for level in $LEVELS; do
        in_box "$level" look.c
        assert_verdict clean
        refute_regex "$printed" "OPEN"
        assert_equal "$(wc -l <<<"$printed")" "${#files[@]}"
    done
}

@test "a file that the command line names can be read, whoever owns it" {
    write_program show.c <<'E'
#include <stdio.h>
int main(int argc, char **argv) {
    char line[20];
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
    fputs(file && fgets(line, sizeof line, file) ? line : "nothing", stdout);
    return 0;
}
E
    echo given >given.txt
    chmod 600 given.txt show.c
    local level
    for level in ${LEVELS/C/}; do
        in_box "$level" show.c --args "$PWD/given.txt"
        assert_equal "$printed" given
    done
}

@test "nothing outside can be written to, and nothing of it changes" {
    cat >names.h <<E
"$HOME/build/interleave", "$HOME/build/linked/witness.o", "$PWD/other-student/exercise.c",
"$PWD/new", "$HOME/new", "$project/lessons/new.h", "/usr/new", "/etc/new", "/new"
E
    write_program write.c <<'E'
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
static const char *const names[] = {
#include "names.h"
};
int main(void) {
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        int changed = open(names[i], O_WRONLY | O_CREAT, 0666) >= 0;
        changed |= chmod(names[i], 0) == 0 || unlink(names[i]) == 0 || symlink("/etc", names[i]) == 0;
        changed |= truncate(names[i], 0) == 0 || rename("/proc/self/exe", names[i]) == 0;
        printf("%s: %s\n", names[i], changed ? "CHANGED" : "as it was");
    }
    return 0;
}
E
    local level before
    before=$(state)
    for level in $LEVELS; do
        in_box "$level" write.c
        # Beside what the box has of its own, such as a /tmp, all is as it was.
        refute_regex "$(grep -v "^$BATS_TEST_TMPDIR/.*new:" <<<"$printed")" CHANGED
        assert_regex "$printed" "as it was"
    done
    assert_equal "$(state)" "$before"
}

@test "the environment of the harness is not there, nor that of any other process" {
    write_program environment.c <<'E'
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
extern char **environ;
int main(void) {
    for (char **at = environ; *at; at++)
        puts(*at);
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; (entry = readdir(processes));) {
        static const char *const secrets[] = {"environ", "mem", "maps", "fd/0", "fd/3", "fd/5", "cwd/.", "root/."};
        if (atoi(entry->d_name) <= 0 || atoi(entry->d_name) == getpid())
            continue;
        for (unsigned i = 0; i < sizeof secrets / sizeof *secrets; i++) {
            char path[300];
            snprintf(path, sizeof path, "/proc/%s/%s", entry->d_name, secrets[i]);
            FILE *file = fopen(path, "r");
            if (file && fgetc(file) != EOF)
                printf("OPEN %s\n", path);
        }
    }
    return 0;
}
E
    export GRADER_TOKEN=very-secret
    local level
    for level in $LEVELS; do
        in_box "$level" environment.c
        assert_regex "$printed" "PATH="
        refute_regex "$printed" "very-secret|OPEN"
        refute_regex "$printed" "HOME=$HOME"$'\n'
    done
}

# An ordinary process of the user that the boxes of root have: only the confinement protects it.
start_victim() {
    local as=()
    ((EUID)) || as=(setpriv --reuid=65533 --clear-groups)
    "${as[@]}" sleep 1000 3>&- &
    victim=$!
    started=$victim
}

@test "processes outside cannot be signalled, limited or traced" {
    write_program attack.c <<'E'
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <unistd.h>
int main(int argc, char **argv) {
    pid_t victim = argc > 1 ? atoi(argv[1]) : 0;
    const struct rlimit none = {0, 0};
    prlimit(victim, RLIMIT_CPU, &none, NULL);
    puts(ptrace(PTRACE_ATTACH, victim, 0, 0) == 0 ? "TRACED" : "not traced");
    setpriority(PRIO_PROCESS, (id_t)victim, 19);
    kill(victim, SIGKILL);
    kill(-1, SIGKILL);
    return 0;
}
E
    start_victim
    local level
    for level in $LEVELS; do
        in_box "$level" attack.c --cflags -D_GNU_SOURCE --args "$victim"
        assert_verdict clean
        assert_equal "$printed" "not traced"
        kill -0 "$victim"
        assert_equal "$(ps -o ni= -p "$victim" | tr -d ' ')" 0
        assert_equal "$(awk '/Max cpu time/ { print $4 }' "/proc/$victim/limits")" unlimited
    done
}

@test "the keeper can be neither ended, stopped, limited, traced nor read" {
    write_program keeper.c <<'E'
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <unistd.h>
int main(void) {
    const struct rlimit none = {0, 0};
    const int signals[] = {SIGKILL, SIGSTOP, SIGTERM, SIGINT, SIGHUP, SIGXCPU, SIGABRT};
    char path[60];
    int reached = prlimit(getppid(), RLIMIT_CPU, &none, NULL) == 0;
    reached |= ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0;
    snprintf(path, sizeof path, "/proc/%d/mem", (int)getppid());
    reached |= open(path, O_RDWR) >= 0;
    snprintf(path, sizeof path, "/proc/%d/fd/3", (int)getppid());
    reached |= open(path, O_WRONLY) >= 0;
    reached |= prctl(PR_SET_DUMPABLE, 0) == 0;
    for (unsigned i = 0; i < sizeof signals / sizeof *signals; i++)
        kill(getppid(), signals[i]);
    puts(reached ? "REACHED" : "out of reach");
    fflush(stdout);
    for (int fd = 3; fd < 100; fd++)
        if (write(fd, "{\"end\":\"exit\",\"exit\":0}", 23) > 0)
            puts("WRITTEN");
    usleep(200000);
    return 3;
}
E
    local level
    for level in $LEVELS; do
        in_box "$level" keeper.c --cflags -D_GNU_SOURCE
        assert_kinds wrong-exit
        assert_equal "$printed" "out of reach"
    done
}

@test "there is no way into another namespace, and none to the kernel's rarer parts" {
    write_program calls.c <<'E'
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
    if (unshare(CLONE_NEWUSER) == 0 || syscall(SYS_clone, CLONE_NEWUSER | 17, 0, 0, 0, 0) >= 0)
        puts("NAMESPACE");
    if (mount("none", "/tmp", "tmpfs", 0, "") == 0 || chroot("/usr") == 0)
        puts("MOUNT");
    static const int calls[] = {SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_keyctl, SYS_add_key,
                                SYS_io_uring_setup, SYS_open_by_handle_at, SYS_seccomp, SYS_memfd_secret};
    for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++)
        if (syscall(calls[i], 0, 0, 0, 0, 0) >= 0)
            puts("CALL");
    if (syscall(SYS_seccomp, 2, 0, NULL) == 0 || prctl(PR_SET_NO_NEW_PRIVS, 0) == 0)
        puts("FILTER");
    printf("uid %d\n", getuid() == 0 || setuid(0) == 0);
    return 0;
}
E
    local level
    for level in $LEVELS; do
        in_box "$level" calls.c --cflags -D_GNU_SOURCE
        assert_equal "$printed" "uid 0"
    done
}

@test "there is no network but a loopback of the box's own, and without namespaces none at all" {
    cat >listen.c <<'E'
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>
int main(void) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "\0interleave-test"};
    socklen_t size = sizeof at;
    int net = socket(AF_INET, SOCK_STREAM, 0), local = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(net, (void *)&at, sizeof at) || listen(net, 9) || bind(local, (void *)&name, sizeof name) ||
        listen(local, 9) || getsockname(net, (void *)&at, &size))
        return 1;
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    pause();
}
E
    sed -i "s/interleave-test/interleave-$$/" listen.c
    clang listen.c -o listen
    ./listen >port 3>&- &
    started=$!
    wait_until test -s port
    write_program call.c <<'E'
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/un.h>
#include <unistd.h>
int main(int argc, char **argv) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "\0interleave-test"};
    socklen_t size = sizeof at;
    at.sin_port = htons((unsigned short)atoi(argc > 1 ? argv[1] : "0"));
    if (connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&at, sizeof at) == 0)
        puts("REACHED the network");
    if (connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&name, sizeof name) == 0)
        puts("REACHED a socket");
    int own = socket(AF_INET, SOCK_STREAM, 0);
    at.sin_port = 0;
    puts(bind(own, (void *)&at, sizeof at) == 0 && listen(own, 1) == 0 && getsockname(own, (void *)&at, &size) == 0 &&
         connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&at, sizeof at) == 0 ? "loopback" : "nothing");
    return 0;
}
E
    sed -i "s/interleave-test/interleave-$$/" call.c
    local level
    for level in $LEVELS; do
        in_box "$level" call.c --args "$(cat port)"
        if [[ $level == C ]]; then assert_equal "$printed" nothing; else assert_equal "$printed" loopback; fi
    done
}

@test "a fork bomb is ended, and nothing of it is left" {
    write_program bomb.c <<'E'
#include <unistd.h>
int main(void) {
    for (;;)
        fork();
}
E
    local level
    for level in $LEVELS; do
        in_box "$level" bomb.c --timeout 1
        assert_verdict faulty
        assert_no_children_left
    done
}

@test "memory that only the system sees is bounded: past the allocator, in many processes, in files without names" {
    now_and_then
    write_program mapped.c <<'E'
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
int main(int argc, char **argv) {
    size_t size = 8 << 20;
    for (long used = 0; used < 3L << 30; used += (long)size) {
        int file = argc > 1 ? memfd_create("bomb", 0) : -1;
        if (argc > 1 && (file < 0 || ftruncate(file, (off_t)size) != 0))
            return 3;
        char *room = mmap(NULL, size, PROT_READ | PROT_WRITE, argc > 1 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS, file, 0);
        if (room == MAP_FAILED)
            return 4;
        memset(room, 1, size);
        if (argc > 1 && munmap(room, size) != 0)
            return 5;
    }
    return 0;
}
E
    local level
    for level in $LEVELS; do
        in_box "$level" mapped.c --timeout 60 --cflags -D_GNU_SOURCE
        assert_kinds memory-growth
        in_box "$level" mapped.c --timeout 60 --cflags -D_GNU_SOURCE --args files
        assert_verdict faulty
        if [[ $level == A ]]; then assert_kinds memory-growth; else assert_kinds wrong-exit; fi
    done
}

@test "who fills the files of the box is told so, by number and by size" {
    write_program fill.c <<'E'
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static char bytes[1 << 20];
int main(int argc, char **argv) {
    char directory[4096], path[4200];
    strcpy(directory, argc < 3 ? getenv("INTERLEAVE_WITNESS") : argv[2][0] == 't' ? "/tmp/x" : "/dev/shm/x");
    *strrchr(directory, '/') = '\0';
    for (int i = 0; i < 400; i++) {
        snprintf(path, sizeof path, "%s/%d", directory, i);
        int file = open(path, O_WRONLY | O_CREAT, 0666);
        if (strcmp(argv[1], "many") != 0)
            for (int k = 0; k < 8 && write(file, bytes, sizeof bytes) > 0; k++)
                ;
        close(file);
    }
    usleep(300000);
    return 0;
}
E
    local level place
    for level in $LEVELS; do
        in_box "$level" fill.c --args many
        assert_kinds output-limit
        for place in big $([[ $level == C ]] || echo "big:tmp big:shm"); do
            in_box "$level" fill.c --args "${place/:/ }"
            assert_kinds output-limit
        done
    done
}

@test "what the program leaves in the directory of reports is plain files, and links lead nowhere" {
    echo "of the grader" >secret.txt
    write_program links.c <<'E'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
    char directory[4096];
    strcpy(directory, getenv("INTERLEAVE_WITNESS"));
    *strrchr(directory, '/') = '\0';
    if (chdir(directory) != 0)
        return 1;
    if (symlink("/etc/passwd", "stderr.txt") || symlink("/etc", "asan.1"))
        perror("symlink");
    if (mkfifo("helgrind.xml", 0666) || mkdir("reports.json", 0777) || link("witness", "other") || chmod("/proc/self/exe", 0))
        perror("other");
    FILE *file = fopen("plain", "w");
    fputs("left", file);
    fclose(file);
    file = fopen("run.command", "w");
    if (file) {
        fputs("forged", file);
        fclose(file);
    }
    return 0;
}
E
    local level
    for level in $LEVELS; do
        in_box "$level" links.c
        assert_equal "$(find kept -mindepth 3 ! -type f ! -name 'run-*')" ""
        assert_equal "$(cat kept/*/native/run-1/plain)" left
        refute_regex "$(cat kept/*/native/run-1/run.command)" forged
    done
}

@test "a process that has left its parent and its session ends with the box" {
    write_program daemon.c <<'E'
#include <signal.h>
#include <unistd.h>
int main(void) {
    signal(SIGTERM, SIG_IGN);
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            for (;;)
                sleep(1000);
    }
    return 0;
}
E
    local level
    for level in $LEVELS; do
        in_box "$level" daemon.c
        assert_no_children_left
    done
}

@test "a flood of output is output-limit" {
    write_program flood.c <<'E'
#include <stdio.h>
int main(void) {
    for (;;)
        puts("more and more and more and more and more and more and more and more and more");
}
E
    local level
    for level in $LEVELS; do
        in_box "$level" flood.c
        assert_kinds output-limit
    done
}

@test "a file larger than its limit ends the program, by the signal for it" {
    write_program large.c <<'E'
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void) {
    char path[4096];
    strcpy(path, getenv("INTERLEAVE_WITNESS"));
    strcpy(strrchr(path, '/'), "/large");
    return ftruncate(open(path, O_RDWR | O_CREAT, 0666), 1L << 40) != 0;
}
E
    local level
    for level in $LEVELS; do
        in_box "$level" large.c
        assert_kinds crash
    done
}

@test "a compilation sees no file of others: by include, by incbin, by the name of a response file" {
    cat >one.c <<E
#include "$PWD/other-student/exercise.c"
int main(void) { return SECRET_OF_OTHERS; }
E
    cat >two.c <<E
__asm__(".section .rodata\n.incbin \"$PWD/other-student/exercise.c\"");
int main(void) { return 0; }
E
    cat >three.c <<E
#include "$project/lessons/07-lock-order/drive.c"
E
    cat >four.c <<E
#if __has_include("$project/solutions/07-lock-order/exercise.c") || __has_include("/etc/passwd")
int main(void) { return 0; }
#else
#error nothing there
#endif
E
    local level file
    for level in $LEVELS; do
        for file in one two three four; do
            in_box "$level" $file.c
            assert_kinds compile-error
        done
    done
}

@test "a compilation that needs too much memory, or makes too large a file, is the program's fault" {
    {
        echo '#define A "xxxxxxxxxxxxxxxx" "xxxxxxxxxxxxxxxx"'
        local last=A next
        for next in B C D E F G H; do
            echo "#define $next $last $last $last $last $last $last $last $last $last $last"
            last=$next
        done
        echo 'int main(void) { return sizeof(H); }'
    } >memory.c
    echo 'char all[3000000000u] = {1}; int main(void) { return all[5]; }' >large.c
    local level
    for level in $LEVELS; do
        in_box "$level" memory.c
        assert_kinds compile-error
        in_box "$level" large.c
        assert_kinds compile-error
        assert_no_children_left
    done
}

@test "an exercise is judged in the sandbox as outside: its solution, a hang with its lines, a race" {
    now_and_then
    local level shipped
    for level in $LEVELS; do
        export INTERLEAVE_SANDBOX=$level
        run --separate-stderr "$interleave" exercise 22 --sandbox --format json "$project/solutions/22-file-search/exercise.c"
        assert_verdict clean
        run --separate-stderr "$interleave" exercise 15 --sandbox --format json "$project/solutions/15-futures/exercise.c"
        assert_verdict clean
        shipped=$project/solutions/06-double-lock/shipped.c
        run --separate-stderr "$interleave" exercise 6 --sandbox --engines native,helgrind --format json "$shipped"
        assert_kinds double-lock
        assert_equal "$(field '[.programs[0].faults[].places[0] | "\(.file):\(.line)"] | unique | join(" ")')" "$shipped:21"
        run --separate-stderr "$interleave" exercise 2 --sandbox --engines tsan,helgrind --format json "$project/solutions/02-shared-counter/shipped.c"
        assert_kinds data-race
        assert_equal "$(field '[.programs[0].faults[].engine] | unique | join(" ")')" "helgrind tsan"
        run --separate-stderr "$interleave" exercise 18 --sandbox --engines native --format json "$project/solutions/18-threads-or-tasks/shipped.c"
        assert_kinds memory-growth
        assert_equal "$(field '.programs[0].faults[0].places[0].line')" 31
        unset INTERLEAVE_SANDBOX
    done
}

@test "leaks are seen in the sandbox, too" {
    write_program leak.c <<'E'
#include <stdlib.h>
int main(void) {
    char *lost = malloc(10);
    lost[0] = 1;
    lost = NULL;
    return 0;
}
E
    local level
    for level in $LEVELS; do
        INTERLEAVE_SANDBOX=$level judge_json --sandbox --engines asan leak.c
        assert_kinds leak
        assert_equal "$(field '.programs[0].faults[0].places[0].line')" 3
    done
}

@test "runs share nothing: what one leaves in /tmp, the next does not find" {
    write_program remember.c <<'E'
#include <stdio.h>
#include <stdlib.h>
int main(void) {
    char path[4200];
    snprintf(path, sizeof path, "%s/seen", getenv("TMPDIR"));
    FILE *old = fopen(path, "r"), *now = fopen(path, "w");
    return old || !now;
}
E
    local level
    for level in $LEVELS; do
        in_box "$level" remember.c
        assert_verdict clean
    done
}

groups_of() { find /sys/fs/cgroup -maxdepth 6 -type d -name "interleave-$1-*" 2>/dev/null; } # of this harness

child_runs() { [[ $(children) == */build/plain* ]]; }

@test "a harness that is stopped or killed leaves nothing behind" {
    now_and_then
    write_program endless.c <<'E'
#include <signal.h>
#include <unistd.h>
int main(void) {
    signal(SIGTERM, SIG_IGN);
    if (fork() == 0)
        setsid();
    for (;;)
        sleep(1000);
}
E
    local level signal harness harnesses=()
    for level in $LEVELS; do
        for signal in TERM KILL; do
            INTERLEAVE_SANDBOX=$level "$interleave" run --sandbox --engines native --timeout 600 endless.c >report 2>&1 3>&- &
            harness=$!
            harnesses+=("$harness")
            wait_until child_runs
            kill "-$signal" "$harness"
            status=0
            wait "$harness" || status=$?
            assert_equal "$status" $((128 + $(kill -l $signal)))
            wait_until no_children_left
        done
    done
    unset INTERLEAVE_SANDBOX
    judge --sandbox --engines native "$project/lessons/01-scoped-threads/correct.c"
    for harness in "${harnesses[@]}"; do
        assert_equal "$(groups_of "$harness")" ""
    done
}

@test "a control group that is there already, as of a killed harness that had the same id, is not taken" {
    [[ $LEVELS == A* ]] || skip "there are no control groups for us here"
    write_program endless.c <<<'int main(void) { for (;;); }'
    write_program fine.c <<<'int main(void) { return 0; }'
    INTERLEAVE_SANDBOX=A "$interleave" run --sandbox --engines native --timeout 600 endless.c >report 2>&1 3>&- &
    local harness=$! places
    wait_until child_runs
    mapfile -t places < <(groups_of "$harness" | sed 's|/[^/]*$||' | sort -u)
    kill "$harness"
    wait "$harness" || true
    assert [ "${places[0]}" ]
    # The shell's id becomes that of the harness.
    cat >taken.sh <<'E'
echo $$ >id
for place; do
    for number in 1 2 3 4 5 6 7 8 9; do mkdir "$place/interleave-$$-$number" || exit; done
done
exec "$interleave" run --sandbox --engines native fine.c
E
    INTERLEAVE_SANDBOX=A interleave=$interleave run --separate-stderr sh taken.sh "${places[@]}"
    assert_success
    assert_equal "$(groups_of "$(cat id)" | wc -l)" $((9 * ${#places[@]}))
    # Whoever comes next takes them away, as their owner is gone.
    INTERLEAVE_SANDBOX=A judge --sandbox --engines native fine.c
    assert_equal "$(groups_of "$(cat id)")" ""
}

# without CALLS COMMAND…: as in a container whose kernel refuses namespaces, and Landlock when CALLS says so.
without() {
    cat >without.c <<'E'
#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <string.h>
#include <unistd.h>
int main(int argc, char **argv) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(unshare), 0);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWNS, CLONE_NEWNS));
    if (strcmp(argv[1], "all") == 0)
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EOPNOTSUPP), SCMP_SYS(landlock_create_ruleset), 0);
    return argc < 3 || seccomp_load(filter) != 0 || execvp(argv[2], argv + 2);
}
E
    clang without.c -lseccomp -o without
    run --separate-stderr ./without "$@"
}

@test "where namespaces are not permitted, level C is taken, and doctor says why" {
    write_program fine.c <<<'int main(void) { return 0; }'
    without namespaces "$interleave" run --sandbox --engines native fine.c
    assert_success
    without namespaces "$interleave" doctor
    assert_regex "$(tr -s ' \n' ' ' <<<"$output")" "level C confined by Landlock.*not more, because of .*B: the sandbox could not be set up: bwrap: .*"
}

@test "where no sandbox works, it refuses, and names the remedy" {
    write_program fine.c <<<'int main(void) { return 0; }'
    without all "$interleave" run --sandbox --engines native fine.c
    assert_refused "cannot be confined on this machine" "Landlock" "--unsafe-no-sandbox" "bubblewrap"
}

@test "a level that does not work here is refused, not replaced; so is one that does not exist" {
    write_program fine.c <<<'int main(void) { return 0; }'
    PATH=$(path_without bwrap) INTERLEAVE_SANDBOX=B judge --sandbox fine.c
    assert_refused "B: bubblewrap is not installed"
    INTERLEAVE_SANDBOX=E judge --sandbox fine.c
    assert_refused "INTERLEAVE_SANDBOX is 'E'" "A, B or C"
    printf '#!/bin/sh\nexec clang "$@"\n' >own-clang
    chmod +x own-clang
    INTERLEAVE_CC=$PWD/own-clang judge --sandbox fine.c
    assert_refused "own-clang: the sandbox shows programs of /usr only"
}

@test "an ordinary user gets a sandbox, too" {
    ((EUID == 0)) || skip "only root can become somebody else"
    write_program fine.c <<<'int main(void) { return 0; }'
    run --separate-stderr setpriv --reuid=65534 --regid=65534 --clear-groups env TMPDIR=/tmp \
        "$interleave" run --sandbox --engines native,tsan,asan fine.c
    assert_success
    assert_output --partial "clean: no engine finds a fault"
    run --separate-stderr setpriv --reuid=65534 --regid=65534 --clear-groups env INTERLEAVE_SANDBOX=A TMPDIR=/tmp \
        "$interleave" run --sandbox --engines native fine.c
    assert_refused "A: control groups cannot be made"
}
