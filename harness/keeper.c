#include "keeping.h"

#include "fault.h"
#include "sandbox/box.h"
#include "sandbox/order.h"
#include "sandbox/sizes.h"
#include "symbols.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void map_witness(struct keeper *keeper) {
    int fd = *keeper->witness_path ? open(keeper->witness_path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *map = mmap(NULL, sizeof(struct witness), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    keeper->witness = map == MAP_FAILED ? NULL : map;
    close(fd);
}

// Why the program could not be started.
struct failure {
    const char *step; // of its confinement, NULL: it itself
    int number;
};

// In the new process, before the program: from here on only what the program may see.
static void become_program(const struct keeper *keeper, int error_pipe) {
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int fd = open(*keeper->input ? keeper->input : "/dev/null", O_RDONLY | O_NOCTTY);
    if (fd >= 0 && fd != STDIN_FILENO) {
        dup2(fd, STDIN_FILENO);
        close(fd);
    }
    close_range(KEEPER_STATUS, ~0U, CLOSE_RANGE_CLOEXEC);
    // ThreadSanitizer cannot map its shadow where addresses are too random; and equal addresses make
    // runs easier to compare. Where the call is refused, the tool's own complaint is the evidence.
    int old = personality(0xffffffff);
    if (old >= 0)
        personality((unsigned long)old | ADDR_NO_RANDOMIZE);
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    if (keeping_flag(keeper, "one_cpu")) {
        cpu_set_t all, one;
        sched_getaffinity(0, sizeof all, &all);
        CPU_ZERO(&one);
        for (size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; cpu++)
            if (CPU_ISSET(cpu, &all))
                CPU_SET(cpu, &one);
        sched_setaffinity(0, sizeof one, &one);
    }
    struct failure failure = {.step = keeper->box ? cell_confine(keeper->box) : NULL};
    if (!failure.step)
        execvp(keeper->argv[0], keeper->argv);
    failure.number = errno;
    ssize_t ignored = write(error_pipe, &failure, sizeof failure);
    (void)ignored;
    _exit(127);
}

static bool start_child(struct keeper *keeper) {
    int error_pipe[2] = {-1, -1};
    struct failure failure = {0};
    bool ok = keeper->argv[0] && pipe2(error_pipe, O_CLOEXEC) == 0;
    keeper->child = ok ? fork() : -1;
    if (keeper->child == 0)
        become_program(keeper, error_pipe[1]);
    failure.number = keeper->child < 0 ? errno : 0;
    close(error_pipe[1]);
    struct pollfd answer = {.fd = error_pipe[0]};
    if (keeper->child > 0) // whatever holds the new process up, a signal must get through
        keeping_await(keeper, -1, &answer);
    if (keeper->child > 0 && (!(answer.revents & POLLIN) ||
                              read(error_pipe[0], &failure, sizeof failure) != sizeof failure))
        failure = (struct failure){0};
    close(error_pipe[0]);
    if (failure.number) {
        const char *command = keeper->argv[0] ? keeper->argv[0] : "no command";
        char *sentence = string_format("%s: %s", failure.step ? failure.step : command,
                                       strerror(failure.number));
        json_object_set_new(keeper->report, "error", json_of_text(sentence));
        free(sentence);
    }
    return failure.number == 0;
}

// Ends whatever is left below this process. Orphans become our own children (subreaper), so nothing
// gets away by forking, changing its session or ignoring signals.
static void end_everything(struct keeper *keeper) {
    for (;;) {
        if (getpid() == 1) // all of the box at once: a fork bomb is faster than any list of it
            kill(-1, SIGKILL);
        pid_t *pids;
        size_t count = tasks_descendants(getpid(), &pids);
        for (size_t i = 0; i < count; i++)
            kill(pids[i], SIGKILL);
        free(pids);
        keeping_reap(keeper);
        int status;
        struct rusage usage;
        pid_t pid = wait4(-1, &status, count ? 0 : WNOHANG, &usage);
        if (pid == keeper->child && !keeper->child_ended) {
            keeper->child_ended = true;
            keeper->status = status;
            keeper->usage = usage;
        }
        if (pid < 0 && errno == ECHILD)
            return;
    }
}

static void write_report(struct keeper *keeper) {
    json_t *report = keeper->report;
    if (keeper->end && strcmp(keeper->end, "over") == 0) {
        keeper->status = 0;
        keeper->end = "exit";
    }
    if (WIFSIGNALED(keeper->status))
        json_object_set_new(report, "signal", json_integer(WTERMSIG(keeper->status)));
    else
        json_object_set_new(report, "exit", json_integer(WEXITSTATUS(keeper->status)));
    const struct rusage *usage = &keeper->usage;
    double cpu = (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
                 (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
    uint64_t most = (uint64_t)usage->ru_maxrss * 1024;
    // What it did since the last look, it may have done waiting or running; it ends running.
    double own =
        keeper->own_time +
        (keeping_seconds_of_ended() > keeper->busy ? keeping_seconds_of_ended() - keeper->busy : 0);
    json_object_set_new(report, "seconds", json_real(keeping_now() - keeper->started));
    json_object_set_new(report, "own", json_real(own));
    json_object_set_new(report, "cpu", json_real(cpu));
    json_object_set_new(report, "peak",
                        json_integer((json_int_t)(most > keeper->peak ? most : keeper->peak)));
    json_object_set_new(report, "end", json_string(keeper->end ? keeper->end : "exit"));
    if (keeper->witness) {
        struct observer *observer = keeping_observer(keeper);
        json_object_set_new(report, "anchor", json_integer((json_int_t)keeper->witness->anchor));
        json_object_set_new(report, "heap_peak", json_integer(atomic_load(&keeper->witness->peak)));
        if (keeping_heap_grown(keeper)) {
            json_object_set_new(report, "end", json_string("growth"));
            json_t *allocations = observe_allocations(observer);
            if (allocations)
                json_object_set_new(report, "allocations", allocations);
        }
        json_object_set_new(report, "kept", observe_kept(observer));
        json_t *blocked = observe_blocked(observer);
        if (blocked)
            json_object_set_new(report, "blocked", blocked);
        json_t *crowd = observe_crowd(observer);
        if (crowd)
            json_object_set_new(report, "crowd", crowd);
        json_t *driver = observe_driver(observer);
        if (driver)
            json_object_set_new(report, "driver", driver);
        if (keeping_flag(keeper, "lock_graph"))
            json_object_set_new(report, "lock_graph", observe_lock_graph(observer));
        observer_free(observer);
    }
}

static bool has_trouble(struct keeper *keeper, char *problem) {
    if (problem)
        json_object_set_new(keeper->report, "error", json_of_text(problem));
    free(problem);
    return problem != NULL;
}

// What the program could put in its place stays known by its descriptor.
static void hold_executable(struct keeper *keeper) {
    int fd = *keeper->executable ? open(keeper->executable, O_RDONLY | O_CLOEXEC) : -1;
    if (fd >= 0)
        keeper->executable = string_format("/proc/self/fd/%d", fd);
}

static bool enter(struct keeper *keeper, char **argv) {
    if (keeper->box && has_trouble(keeper, box_enter(keeper->spec, argv)))
        return false;
    if (keeper->box) {
        keeper->told[1] = BOX_LEASH;
        fcntl(BOX_LEASH, F_SETFL, O_NONBLOCK);
        if (has_trouble(keeper, cell_open(keeper->box)))
            return false;
        hold_executable(keeper);
        symbols_own_sources(&keeper->sources, cell_sources(keeper->box, &keeper->sources));
    }
    fcntl(KEEPER_STATUS, F_SETFD, FD_CLOEXEC);
    map_witness(keeper);
    return true;
}

static void leave(struct keeper *keeper) {
    if (!keeper->box)
        return;
    if (!keeper->end && cell_is_full(keeper->box))
        keeper->end = "files";
    has_trouble(keeper, cell_close(keeper->box));
}

int keeper_run(int argc, char **argv) {
    if (argc < 5)
        return 2;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigset_t watched;
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    sigaddset(&watched, SIGTERM);
    sigaddset(&watched, SIGINT);
    sigaddset(&watched, SIGHUP);
    sigprocmask(SIG_BLOCK, &watched, NULL);
    int signals = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
    struct keeper keeper = {.spec = json_loads(argv[0], 0, NULL),
                            .executable = argv[1],
                            .witness_path = argv[2],
                            .input = argv[3],
                            .argv = argv + 4,
                            .told = {signals, -1},
                            .report = json_object(),
                            .started = keeping_now()};
    keeper.looked = keeper.started;
    keeper.box = json_object_get(keeper.spec, "box");
    if (!keeper.box) // in a box the one above kills it, and so everything in there
        prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (!keeper.spec || signals < 0)
        return 2;
    if (!keeper.box &&
        getppid() != (pid_t)json_integer_value(json_object_get(keeper.spec, "parent")))
        return 2; // the harness ended before its death could be announced
    for (int i = 0; i < 2; i++) {
        struct stat status;
        if (fstat(STDOUT_FILENO + i, &status) == 0)
            keeper.output_pipes[i] = status.st_ino;
    }
    if (enter(&keeper, argv) && start_child(&keeper)) {
        close(STDOUT_FILENO); // the pipes end when the program and its children have closed them
        close(STDERR_FILENO);
        keeping_watch(&keeper);
        end_everything(&keeper);
        leave(&keeper);
        write_report(&keeper);
    }
    json_dumpfd(keeper.report, KEEPER_STATUS, JSON_COMPACT);
    close(KEEPER_STATUS);
    json_decref(keeper.report);
    json_decref(keeper.spec);
    return 0;
}
