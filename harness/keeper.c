#include "keeper.h"

#include "fault.h"
#include "observe.h"
#include "sandbox/box.h"
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

enum {
    TICK_MS = 70,       // between two looks at the child
    GLANCE_MS = 10,     // between two looks at its memory, in a box
    SHOWN_THREADS = 16, // of a program that is out of time
};

struct keeper {
    json_t *spec;
    const json_t *box; // NULL: none
    int told[2];       // descriptors that say when to stop: signals, and the leash or -1
    const char *executable, *witness_path, *input;
    char **argv; // of the program
    pid_t child;
    struct strings sources; // of the program, in a box
    struct witness *witness;
    uint64_t output_pipes[2];
    double started;
    double looked;   // the last time
    double busy;     // seconds of the processor that its processes had used then
    double own_time; // see take_time
    uint64_t peak;
    bool child_ended;
    bool crash_seen;
    int status;
    struct rusage usage;
    const char *end;
    json_t *report;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool spec_flag(const struct keeper *keeper, const char *key) {
    return json_is_true(json_object_get(keeper->spec, key));
}

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

// Both the signals and the leash may say something.
static void await_word(const struct keeper *keeper, int milliseconds, struct pollfd *also) {
    struct pollfd entries[3] = {{.fd = keeper->told[0], .events = POLLIN},
                                {.fd = keeper->told[1], .events = POLLIN},
                                {.fd = also ? also->fd : -1, .events = POLLIN}};
    poll(entries, 3, milliseconds);
    if (also)
        also->revents = entries[2].revents;
}

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
    if (spec_flag(keeper, "one_cpu")) {
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
        await_word(keeper, -1, &answer);
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

static struct observer *observe(const struct keeper *keeper) {
    return observer_new(keeper->executable, keeper->witness, keeper->child,
                        spec_flag(keeper, "unwinds"));
}

// Threads get rising ids, from the process's own on; after the highest they go on from a low one.
static uint32_t age_rank(const struct task *task) {
    return (uint32_t)task->tid - (uint32_t)task->pid;
}

// The first thread that a process started, of those that live.
static bool is_first_started(const struct tasks *tasks, const struct task *task) {
    for (size_t i = 0; i < tasks->count; i++) {
        const struct task *other = &tasks->items[i];
        if (other->pid == task->pid && other->tid != other->pid && age_rank(other) < age_rank(task))
            return false;
    }
    return task->tid != task->pid;
}

// ThreadSanitizer's own thread: started before any of the program's, unknown to the witness, and in a
// sleep that ends.
static bool is_tool_thread(const struct keeper *keeper, const struct tasks *tasks,
                           const struct task *task) {
    bool sleeps = task->call == SYS_nanosleep || task->call == SYS_clock_nanosleep;
    return sleeps && !waits_thread(keeper->witness, task->tid) && is_first_started(tasks, task);
}

// A sanitizer starts a program that finds it the names of its lines, and keeps it. While that one works,
// the sanitizer waits for it; then it sleeps.
static bool is_idle_symbolizer(const struct task *task) {
    if (task->rest != TASK_ASLEEP)
        return false;
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/comm", (long)task->pid);
    char *name = file_read(path, NULL);
    bool found =
        name && (string_starts(name, "llvm-symbolizer") || string_starts(name, "addr2line"));
    free(name);
    return found;
}

static void look(const struct keeper *keeper, struct tasks *tasks) {
    tasks_read(tasks, getpid(), spec_flag(keeper, "alarms"), keeper->output_pipes);
    for (size_t i = 0; keeper->witness && spec_flag(keeper, "own_thread") && i < tasks->count; i++)
        if (is_tool_thread(keeper, tasks, &tasks->items[i]) ||
            (tasks->items[i].pid != keeper->child && is_idle_symbolizer(&tasks->items[i])))
            tasks->items[i].rest = TASK_TOOL;
}

// A fatal signal has arrived and the program has stopped itself (linked/witness.c): note where.
static void observe_crash(struct keeper *keeper) {
    if (!keeper->crash_seen && keeper->witness && atomic_load(&keeper->witness->crash_signal)) {
        keeper->crash_seen = true;
        struct observer *observer = observe(keeper);
        struct tasks tasks;
        look(keeper, &tasks);
        json_object_set_new(keeper->report, "threads",
                            observe_threads(observer, &tasks, keeper->witness->crash_tid, 1));
        tasks_free(&tasks);
        observer_free(observer);
        atomic_store(&keeper->witness->crash_read, 1);
        kill(keeper->witness->crash_pid, SIGCONT);
    }
}

static void reap(struct keeper *keeper) {
    int status;
    struct rusage usage;
    pid_t pid;
    while ((pid = wait4(-1, &status, WNOHANG | WUNTRACED, &usage)) > 0) {
        if (pid != keeper->child)
            continue;
        if (WIFSTOPPED(status)) {
            observe_crash(keeper);
            continue;
        }
        keeper->child_ended = true;
        keeper->status = status;
        keeper->usage = usage;
    }
}

// The program is over and only the tool's thread keeps the process alive: main has left by pthread_exit
// and every other thread has ended. ThreadSanitizer 14 then never exits.
static bool only_tool_left(const struct tasks *tasks) {
    bool tool = false;
    for (size_t i = 0; i < tasks->count; i++) {
        tool = tool || tasks->items[i].rest == TASK_TOOL;
        if (tasks->items[i].rest != TASK_TOOL && tasks->items[i].rest != TASK_ENDED)
            return false;
    }
    return tool;
}

static bool same_waits(const struct waits *a, const struct waits *b) {
    if (a->hang != b->hang || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].tid != b->items[i].tid || a->items[i].object != b->items[i].object ||
            a->items[i].pc != b->items[i].pc || a->items[i].sequence != b->items[i].sequence)
            return false;
    return true;
}

static const char *const hang_words[] = {
    [HANG_CYCLE] = "cycle",           [HANG_SELF] = "self",
    [HANG_ORPHAN] = "orphan",         [HANG_ACROSS_WAIT] = "across-wait",
    [HANG_ALL_ASLEEP] = "all-asleep",
};

static void end_with_hang(struct keeper *keeper, const struct waits *waits) {
    struct observer *observer = observe(keeper);
    keeper->end = "hang";
    json_object_set_new(keeper->report, "hang", json_string(hang_words[waits->hang]));
    json_object_set_new(keeper->report, "threads", observe_waits(observer, waits));
    observer_free(observer);
}

static void end_with_places(struct keeper *keeper, const char *end) {
    keeper->end = end;
    if (!spec_flag(keeper, "watch"))
        return;
    struct observer *observer = observe(keeper);
    struct tasks tasks;
    look(keeper, &tasks);
    json_object_set_new(keeper->report, "threads",
                        observe_threads(observer, &tasks, 0, SHOWN_THREADS));
    tasks_free(&tasks);
    observer_free(observer);
}

static bool heap_grown(const struct keeper *keeper) {
    return keeper->witness && atomic_load_explicit(&keeper->witness->grown, memory_order_acquire);
}

// Of the processor, by all that were reaped.
static double seconds_of_ended(void) {
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// Its own time goes on while it runs and while it waits, but not while it would run if others left it a
// processor: what it is allowed must not depend on how busy the machine is.
static void take_time(struct keeper *keeper, const struct tasks *tasks) {
    double cpu = tasks->cpu + seconds_of_ended();
    double at = now(), passed = at - keeper->looked, used = cpu - keeper->busy;
    bool ready = false;
    for (size_t i = 0; i < tasks->count; i++)
        ready = ready || tasks->items[i].ready;
    if (ready && used < passed)
        passed = used > 0 ? used : 0;
    keeper->own_time += passed;
    keeper->looked = at;
    keeper->busy = cpu;
}

static void check_memory(struct keeper *keeper, uint64_t resident) {
    uint64_t allowed = (uint64_t)json_integer_value(json_object_get(keeper->spec, "resident"));
    if (allowed && resident > allowed)
        resident = tasks_proportional(getpid(), resident);
    if (resident > keeper->peak)
        keeper->peak = resident;
    if (allowed && resident > allowed)
        end_with_places(keeper, "memory");
}

// What must end the child now? Sets `end` when there is something.
static void check_limits(struct keeper *keeper, const struct tasks *tasks) {
    if (heap_grown(keeper))
        keeper->end = "growth";
    else
        check_memory(keeper, tasks->resident);
    double allowed = json_number_value(json_object_get(keeper->spec, "seconds"));
    if (keeper->end)
        return;
    if (keeper->own_time > allowed)
        end_with_places(keeper, "timeout");
    else if (now() - keeper->started > allowed * KEEPER_PATIENCE)
        keeper->end = "starved";
}

// The harness speaks by SIGTERM; so does the terminal by SIGINT, and the kernel when the harness dies. In a
// box, where the program could send signals too, it speaks by letting go of the leash.
static bool told_to_stop(const struct keeper *keeper, int milliseconds) {
    bool stop = false;
    char ignored;
    await_word(keeper, milliseconds, NULL);
    struct signalfd_siginfo info;
    while (read(keeper->told[0], &info, sizeof info) == sizeof info)
        stop = stop || (info.ssi_signo != SIGCHLD && !keeper->box);
    return stop || (keeper->box && read(BOX_LEASH, &ignored, 1) == 0);
}

// Between two looks, in a box. A closer look at a fork bomb would take longer than it has.
static void glance(struct keeper *keeper) {
    size_t processes;
    uint64_t resident = tasks_resident(getpid(), &processes);
    if (processes > BOX_PROCESSES) {
        keeper->end = "processes";
        return;
    }
    check_memory(keeper, resident);
    if (!keeper->end && cell_is_full(keeper->box))
        end_with_places(keeper, "files");
}

static int wait_until(const struct keeper *keeper, double next_look) {
    double left = (next_look - now()) * 1000;
    int milliseconds = left > 0 ? (int)left + 1 : 0;
    return keeper->box && milliseconds > GLANCE_MS ? GLANCE_MS : milliseconds;
}

// A look at thousands of threads must not slow them down much.
static double after(double began, int milliseconds) {
    double cost = 4 * (now() - began);
    return now() + (cost > milliseconds / 1000.0 ? cost : milliseconds / 1000.0);
}

static void watch(struct keeper *keeper) {
    struct tasks before = {0};
    struct waits found = {0};
    double next_look = now() + TICK_MS / 1000.0, next_glance = now();
    while (!keeper->child_ended && !keeper->end) {
        if (told_to_stop(keeper, wait_until(keeper, next_look))) {
            keeper->end = "stopped";
            break;
        }
        reap(keeper);
        double began = now();
        if (keeper->box && !keeper->child_ended && began >= next_glance) {
            glance(keeper);
            next_glance = after(began, GLANCE_MS);
        }
        if (keeper->child_ended || keeper->end || began < next_look)
            continue;
        struct tasks tasks;
        observe_crash(keeper);
        look(keeper, &tasks);
        take_time(keeper, &tasks);
        check_limits(keeper, &tasks);
        if (!keeper->end && only_tool_left(&tasks))
            keeper->end = "over";
        if (!keeper->end && spec_flag(keeper, "watch")) {
            struct waits waits;
            waits_find(&waits, &before, &tasks, keeper->witness);
            if (waits.hang != HANG_NONE && same_waits(&waits, &found))
                end_with_hang(keeper, &waits);
            waits_free(&found);
            found = waits;
        }
        tasks_free(&before);
        before = tasks;
        next_look = after(began, TICK_MS);
    }
    waits_free(&found);
    tasks_free(&before);
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
        reap(keeper);
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
    double own = keeper->own_time +
                 (seconds_of_ended() > keeper->busy ? seconds_of_ended() - keeper->busy : 0);
    json_object_set_new(report, "seconds", json_real(now() - keeper->started));
    json_object_set_new(report, "own", json_real(own));
    json_object_set_new(report, "cpu", json_real(cpu));
    json_object_set_new(report, "peak",
                        json_integer((json_int_t)(most > keeper->peak ? most : keeper->peak)));
    json_object_set_new(report, "end", json_string(keeper->end ? keeper->end : "exit"));
    if (keeper->witness) {
        struct observer *observer = observe(keeper);
        json_object_set_new(report, "anchor", json_integer((json_int_t)keeper->witness->anchor));
        json_object_set_new(report, "heap_peak", json_integer(atomic_load(&keeper->witness->peak)));
        if (heap_grown(keeper)) {
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
        if (spec_flag(keeper, "lock_graph"))
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
                            .started = now()};
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
        watch(&keeper);
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
