#include "attempt.h"

#include "settings.h"
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    LOOK_MICROSECONDS = 100000,
    BUSY_SECONDS = 5, // of the processor, without an operation: some fifty million accesses
    STILL_LOOKS = 40, // without an operation, hardly using it
    STILL_MICROSECONDS = 1000, // of the processor between two looks
    PATIENCE_LOOKS = 20,       // with who was asked where it is
    LONGER = 100,              // times as busy as any schedule that came to its end, and
    LOOP_SECONDS = 1,          // for so long: in an endless loop
    DRIVER_STACK = 64 << 10,   // bytes
};

static void (*start_program)(void);
static uintptr_t stack_start; // of the program, below all that the driver needs
static int out_file, err_file;
static char *out_map, *err_map;

// Only interrupts the wait.
static void look(int number) {
    (void)number;
}

static char *capture(const char *name, int *file) {
    *file = memfd_create(name, MFD_CLOEXEC);
    if (*file < 0)
        return MAP_FAILED;
    void *map = mmap(NULL, settings.output, PROT_READ, MAP_SHARED, *file, 0);
    if (map != MAP_FAILED)
        madvise(map, settings.output, MADV_DONTFORK);
    return map;
}

// Schedules run side by side: each reads the standard input for itself, from its start.
static void open_own_input(void) {
    struct stat status;
    if (fstat(STDIN_FILENO, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    int own = open("/proc/self/fd/0", O_RDONLY);
    if (own >= 0) {
        dup2(own, STDIN_FILENO);
        close(own);
    }
    lseek(STDIN_FILENO, 0, SEEK_SET);
}

const char *attempt_prepare(void (*start)(void)) {
    const struct sigaction action = {.sa_handler = look};
    const struct itimerval often = {{0, LOOK_MICROSECONDS}, {0, LOOK_MICROSECONDS}};
    start_program = start;
    if (!stack_start)
        stack_start = ((uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)15) - DRIVER_STACK;
    out_map = capture("output", &out_file);
    err_map = capture("errors", &err_file);
    if (channel) // the driver's, which started this worker
        munmap(channel, sizeof *channel);
    channel = mmap(NULL, sizeof *channel, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (out_map == MAP_FAILED || err_map == MAP_FAILED || channel == MAP_FAILED)
        return strerror(errno);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL); // of this process only: a fork does not inherit it
    return NULL;
}

// From wherever the driver starts a schedule, the program's stack begins at the same address: what lies on
// it is found again when the schedule is run another time.
static __attribute__((noinline)) void start_at_same_address(void) {
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    void *room = here > stack_start ? __builtin_alloca(here - stack_start) : NULL;
    __asm__ volatile("" : : "r"(room) : "memory");
    start_program();
}

static void begin_process(void) {
    const struct rlimit most = {settings.output, settings.output};
    const struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(SIGALRM, &usual, NULL);
    setrlimit(RLIMIT_FSIZE, &most);
    open_own_input();
    dup2(out_file, STDOUT_FILENO);
    dup2(err_file, STDERR_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, 0); // the program's have the same numbers in every process
    start_at_same_address();
    _exit(0);
}

static uint64_t processor_time(pid_t pid) {
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return 0;
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static uint64_t nanoseconds(const struct timeval *time) {
    return (uint64_t)time->tv_sec * 1000000000 + (uint64_t)time->tv_usec * 1000;
}

// It would run if it got a processor: other programs have them.
static bool is_ready(pid_t pid) {
    char path[32], line[512];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, line, sizeof line - 1);
    if (file >= 0)
        close(file);
    line[length > 0 ? length : 0] = '\0';
    const char *name_end = strrchr(line, ')');
    return name_end && strncmp(name_end, ") R", 3) == 0;
}

static bool is_endless(uint64_t busy) {
    uint64_t slowest = channel->plan.slowest;
    return slowest && busy >= slowest * LONGER && busy >= LOOP_SECONDS * 1000000000ULL;
}

// Looks at the process now and then: one that does no operation for long, while it computes or waits
// elsewhere, is asked where it is and then ended. What counts is the processor time that it got, since
// others may use the machine too.
static void watch(pid_t pid, int *status, struct attempt *attempt) {
    uint64_t progress = 0, start = 0;
    int looks = 0, patience = 0;
    struct rusage used = {0};
    while (wait4(pid, status, 0, &used) < 0 && errno == EINTR) {
        uint64_t now = atomic_load(&channel->outcome.progress), time = processor_time(pid);
        looks += !is_ready(pid);
        if (attempt->too_long && ++patience > PATIENCE_LOOKS)
            kill(pid, SIGKILL);
        if (now != progress || !start) {
            progress = now;
            start = time;
            looks = 0;
        }
        bool endless = is_endless(time - start);
        bool busy = endless || time - start >= BUSY_SECONDS * 1000000000ULL;
        bool still = looks >= STILL_LOOKS && time - start <= looks * STILL_MICROSECONDS * 1000ULL;
        if ((busy || still) && !attempt->too_long) {
            attempt->too_long = true;
            attempt->suspicion = endless ? SUSPECT_LOOP : busy ? SUSPECT_CALCULATION : SUSPECT_WAIT;
            atomic_store(&channel->outcome.suspicion, attempt->suspicion);
            syscall(SYS_tgkill, pid, atomic_load(&channel->outcome.runner), SIGNAL_WHERE);
        }
    }
    attempt->processor = nanoseconds(&used.ru_utime) + nanoseconds(&used.ru_stime);
}

static size_t captured(int file) {
    off_t length = lseek(file, 0, SEEK_END);
    return length < 0 ? 0 : (size_t)length > settings.output ? settings.output : (size_t)length;
}

void attempt_run(struct attempt *attempt) {
    int status = 0;
    *attempt = (struct attempt){.output = out_map, .errors = err_map};
    memset(&channel->outcome, 0, sizeof channel->outcome);
    if (ftruncate(out_file, 0) != 0 || ftruncate(err_file, 0) != 0)
        return;
    lseek(out_file, 0, SEEK_SET);
    lseek(err_file, 0, SEEK_SET);
    pid_t pid = fork();
    if (pid == 0)
        begin_process();
    if (pid < 0) {
        attempt->end = END_UNAVAILABLE;
        return;
    }
    watch(pid, &status, attempt);
    attempt->output_length = captured(out_file);
    attempt->errors_length = captured(err_file);
    attempt->end = channel->outcome.end <= END_ASKS ? channel->outcome.end : END_NONE;
    if (WIFSIGNALED(status)) {
        attempt->signal_number = WTERMSIG(status);
        attempt->end = END_NONE;
    }
}
