#include "keeping.h"

#include "fault.h"
#include "sandbox/box.h"
#include "sandbox/sizes.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    TICK_MS = 70,       // between two looks at the child
    GLANCE_MS = 10,     // between two looks at its memory, in a box
    SHOWN_THREADS = 16, // of a program that is out of time
};

double keeping_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

bool keeping_flag(const struct keeper *keeper, const char *key) {
    return json_is_true(json_object_get(keeper->spec, key));
}

// Both the signals and the leash may say something.
void keeping_await(const struct keeper *keeper, int milliseconds, struct pollfd *also) {
    struct pollfd entries[3] = {{.fd = keeper->told[0], .events = POLLIN},
                                {.fd = keeper->told[1], .events = POLLIN},
                                {.fd = also ? also->fd : -1, .events = POLLIN}};
    poll(entries, 3, milliseconds);
    if (also)
        also->revents = entries[2].revents;
}

struct observer *keeping_observer(const struct keeper *keeper) {
    return observer_new(keeper->executable, keeper->witness, keeper->child,
                        keeping_flag(keeper, "unwinds"));
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
    tasks_read(tasks, getpid(), keeping_flag(keeper, "alarms"), keeper->output_pipes);
    for (size_t i = 0; keeper->witness && keeping_flag(keeper, "own_thread") && i < tasks->count;
         i++)
        if (is_tool_thread(keeper, tasks, &tasks->items[i]) ||
            (tasks->items[i].pid != keeper->child && is_idle_symbolizer(&tasks->items[i])))
            tasks->items[i].rest = TASK_TOOL;
}

// A fatal signal has arrived and the program has stopped itself (linked/witness.c): note where.
static void observe_crash(struct keeper *keeper) {
    if (!keeper->crash_seen && keeper->witness && atomic_load(&keeper->witness->crash_signal)) {
        keeper->crash_seen = true;
        struct observer *observer = keeping_observer(keeper);
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

void keeping_reap(struct keeper *keeper) {
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
    struct observer *observer = keeping_observer(keeper);
    keeper->end = "hang";
    json_object_set_new(keeper->report, "hang", json_string(hang_words[waits->hang]));
    json_object_set_new(keeper->report, "threads", observe_waits(observer, waits));
    observer_free(observer);
}

static void end_with_places(struct keeper *keeper, const char *end) {
    keeper->end = end;
    if (!keeping_flag(keeper, "watch"))
        return;
    struct observer *observer = keeping_observer(keeper);
    struct tasks tasks;
    look(keeper, &tasks);
    json_object_set_new(keeper->report, "threads",
                        observe_threads(observer, &tasks, 0, SHOWN_THREADS));
    tasks_free(&tasks);
    observer_free(observer);
}

bool keeping_heap_grown(const struct keeper *keeper) {
    return keeper->witness && atomic_load_explicit(&keeper->witness->grown, memory_order_acquire);
}

// Of the processor, by all that were reaped.
double keeping_seconds_of_ended(void) {
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// Its own time goes on while it runs and while it waits, but not while it would run if others left it a
// processor: what it is allowed must not depend on how busy the machine is.
static void take_time(struct keeper *keeper, const struct tasks *tasks) {
    double cpu = tasks->cpu + keeping_seconds_of_ended();
    double at = keeping_now(), passed = at - keeper->looked, used = cpu - keeper->busy;
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
    if (keeping_heap_grown(keeper))
        keeper->end = "growth";
    else
        check_memory(keeper, tasks->resident);
    double allowed = json_number_value(json_object_get(keeper->spec, "seconds"));
    if (keeper->end)
        return;
    if (keeper->own_time > allowed)
        end_with_places(keeper, "timeout");
    else if (keeping_now() - keeper->started > allowed * KEEPER_PATIENCE)
        keeper->end = "starved";
}

// The harness speaks by SIGTERM; so does the terminal by SIGINT, and the kernel when the harness dies. In a
// box, where the program could send signals too, it speaks by letting go of the leash.
static bool told_to_stop(const struct keeper *keeper, int milliseconds) {
    bool stop = false;
    char ignored;
    keeping_await(keeper, milliseconds, NULL);
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
    double left = (next_look - keeping_now()) * 1000;
    int milliseconds = left > 0 ? (int)left + 1 : 0;
    return keeper->box && milliseconds > GLANCE_MS ? GLANCE_MS : milliseconds;
}

// A look at thousands of threads must not slow them down much.
static double after(double began, int milliseconds) {
    double cost = 4 * (keeping_now() - began);
    return keeping_now() + (cost > milliseconds / 1000.0 ? cost : milliseconds / 1000.0);
}

void keeping_watch(struct keeper *keeper) {
    struct tasks before = {0};
    struct waits found = {0};
    double next_look = keeping_now() + TICK_MS / 1000.0, next_glance = keeping_now();
    while (!keeper->child_ended && !keeper->end) {
        if (told_to_stop(keeper, wait_until(keeper, next_look))) {
            keeper->end = "stopped";
            break;
        }
        keeping_reap(keeper);
        double began = keeping_now();
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
        if (!keeper->end && keeping_flag(keeper, "watch")) {
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
