#include "tasks.h"

#include "text.h"

#include <dirent.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

bool task_memory(pid_t pid, uint64_t address, void *buffer, size_t size) {
    struct iovec local = {buffer, size}, remote = {(void *)(uintptr_t)address, size};
    return process_vm_readv(pid, &local, 1, &remote, 1, 0) == (ssize_t)size;
}

static void add_pid(pid_t **pids, size_t *count, pid_t pid) {
    *pids = memory_resize(*pids, *count + 1, sizeof **pids);
    (*pids)[(*count)++] = pid;
}

static void add_children(pid_t pid, pid_t **pids, size_t *count) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/task", (long)pid);
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        if (entry->d_name[0] == '.')
            continue;
        char file[400];
        snprintf(file, sizeof file, "%s/%s/children", path, entry->d_name);
        char *text = file_read(file, NULL), *state = NULL;
        for (char *word = text ? strtok_r(text, " \n", &state) : NULL; word;
             word = strtok_r(NULL, " \n", &state))
            add_pid(pids, count, (pid_t)strtol(word, NULL, 10));
        free(text);
    }
    if (directory)
        closedir(directory);
}

size_t tasks_children(pid_t parent, pid_t **pids) {
    size_t count = 0;
    *pids = NULL;
    add_children(parent, pids, &count);
    return count;
}

size_t tasks_descendants(pid_t parent, pid_t **pids) {
    size_t count = 0;
    *pids = NULL;
    add_children(parent, pids, &count);
    for (size_t i = 0; i < count && count < 65536; i++)
        add_children((*pids)[i], pids, &count);
    return count;
}

bool task_waits_on_futex(const struct task *task, uint64_t *address) {
    if (task->call != SYS_futex)
        return false;
    *address = task->arguments[0];
    return true;
}

// System calls that wait

enum wait_end {
    ENDS_FUTEX,     // futex: depends on the operation
    ENDS_BY_FD,     // argument 0 is the descriptor waited for
    ENDS_BY_POLL,   // an array of pollfd; argument 2 (or a pointer) is the time-out
    ENDS_BY_EPOLL,  // argument 0 is an epoll descriptor, argument 3 the time-out
    ENDS_BY_CHILD,  // wait4, waitid
    ENDS_BY_SIGNAL, // pause, sigsuspend, sigwait
    ENDS_BY_INSIDE, // System V queues and semaphores, file locks
};

static const struct waiting_call {
    long number;
    enum wait_end end;
} waiting_calls[] = {
    {SYS_futex, ENDS_FUTEX},
    {SYS_read, ENDS_BY_FD},
    {SYS_readv, ENDS_BY_FD},
    {SYS_write, ENDS_BY_FD},
    {SYS_writev, ENDS_BY_FD},
    {SYS_recvfrom, ENDS_BY_FD},
    {SYS_recvmsg, ENDS_BY_FD},
    {SYS_sendto, ENDS_BY_FD},
    {SYS_sendmsg, ENDS_BY_FD},
    {SYS_accept, ENDS_BY_FD},
    {SYS_accept4, ENDS_BY_FD},
#ifdef SYS_poll
    {SYS_poll, ENDS_BY_POLL},
#endif
    {SYS_ppoll, ENDS_BY_POLL},
#ifdef SYS_epoll_wait
    {SYS_epoll_wait, ENDS_BY_EPOLL},
#endif
    {SYS_epoll_pwait, ENDS_BY_EPOLL},
    {SYS_wait4, ENDS_BY_CHILD},
    {SYS_waitid, ENDS_BY_CHILD},
#ifdef SYS_pause
    {SYS_pause, ENDS_BY_SIGNAL},
#endif
    {SYS_rt_sigsuspend, ENDS_BY_SIGNAL},
    {SYS_rt_sigtimedwait, ENDS_BY_SIGNAL},
    {SYS_msgrcv, ENDS_BY_INSIDE},
    {SYS_msgsnd, ENDS_BY_INSIDE},
#ifdef SYS_semop
    {SYS_semop, ENDS_BY_INSIDE},
#endif
    {SYS_flock, ENDS_BY_INSIDE},
};

// What stands behind a descriptor: can only this tree end a wait for it?
static enum task_rest rest_of_fd(pid_t pid, int fd, const uint64_t output_pipes[2]) {
    char path[64], target[128];
    snprintf(path, sizeof path, "/proc/%ld/fd/%d", (long)pid, fd);
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length <= 0)
        return TASK_OUTSIDE;
    target[length] = '\0';
    struct stat status;
    bool known = stat(path, &status) == 0;
    // The harness takes what the program prints, late perhaps: by pipes or, as libuv has it, by sockets.
    if (known && (status.st_ino == output_pipes[0] || status.st_ino == output_pipes[1]))
        return TASK_RUNS;
    if (string_starts(target, "pipe:") || (known && S_ISFIFO(status.st_mode)))
        return TASK_ASLEEP;
    if (strcmp(target, "anon_inode:[eventfd]") == 0)
        return TASK_ASLEEP;
    if (strcmp(target, "anon_inode:[timerfd]") == 0)
        return TASK_RUNS;
    if (string_starts(target, "socket:[")) { // a nameless local pair is ours alone
        char *sockets = file_read("/proc/net/unix", NULL);
        char *inode = string_format(" %lu\n", strtoul(target + 8, NULL, 10));
        bool pair = sockets && strstr(sockets, inode);
        free(sockets);
        free(inode);
        return pair ? TASK_ASLEEP : TASK_OUTSIDE;
    }
    return TASK_OUTSIDE;
}

static enum task_rest more_awake(enum task_rest a, enum task_rest b) {
    return a < b ? a : b;
}

static enum task_rest rest_of_poll(const struct task *task, const uint64_t output_pipes[2]) {
#ifdef SYS_poll
    bool endless = task->call == SYS_poll ? (int)task->arguments[2] < 0 : task->arguments[2] == 0;
#else
    bool endless = task->arguments[2] == 0;
#endif
    if (!endless)
        return TASK_RUNS;
    enum task_rest rest = TASK_ASLEEP;
    uint64_t count = task->arguments[1] < 64 ? task->arguments[1] : 64;
    for (uint64_t i = 0; i < count; i++) {
        struct pollfd entry;
        if (!task_memory(task->pid, task->arguments[0] + i * sizeof entry, &entry, sizeof entry))
            return TASK_OUTSIDE;
        if (entry.fd >= 0)
            rest = more_awake(rest, rest_of_fd(task->pid, entry.fd, output_pipes));
    }
    return rest;
}

static enum task_rest rest_of_epoll(const struct task *task, const uint64_t output_pipes[2]) {
    if ((int)task->arguments[3] >= 0)
        return TASK_RUNS;
    char *path = string_format("/proc/%ld/fdinfo/%d", (long)task->pid, (int)task->arguments[0]);
    char *text = file_read(path, NULL);
    free(path);
    enum task_rest rest = text ? TASK_ASLEEP : TASK_OUTSIDE;
    for (char *line = text; line && (line = strstr(line, "tfd:")); line += 4)
        rest =
            more_awake(rest, rest_of_fd(task->pid, (int)strtol(line + 4, NULL, 10), output_pipes));
    free(text);
    return rest;
}

static enum task_rest rest_of_futex(const struct task *task) {
    int operation = (int)task->arguments[1] & FUTEX_CMD_MASK;
    bool waits = operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET ||
                 operation == FUTEX_LOCK_PI || operation == 13 /* FUTEX_LOCK_PI2 */;
    return waits && task->arguments[3] == 0 ? TASK_ASLEEP : TASK_RUNS;
}

static enum task_rest rest_of_call(const struct task *task, const uint64_t output_pipes[2]) {
    for (size_t i = 0; i < sizeof waiting_calls / sizeof waiting_calls[0]; i++) {
        if (waiting_calls[i].number != task->call)
            continue;
        switch (waiting_calls[i].end) {
        case ENDS_FUTEX:
            return rest_of_futex(task);
        case ENDS_BY_FD:
            return rest_of_fd(task->pid, (int)task->arguments[0], output_pipes);
        case ENDS_BY_POLL:
            return rest_of_poll(task, output_pipes);
        case ENDS_BY_EPOLL:
            return rest_of_epoll(task, output_pipes);
        case ENDS_BY_SIGNAL:
            return TASK_OUTSIDE;
        case ENDS_BY_CHILD:
        case ENDS_BY_INSIDE:
            return TASK_ASLEEP;
        }
    }
    return TASK_RUNS; // sleeps with an end, disk, anything that is not known to last for ever
}

static uint64_t field_after(const char *text, const char *name) {
    const char *found = strstr(text, name);
    return found ? strtoull(found + strlen(name), NULL, 10) : 0;
}

static bool read_task(struct task *task, const uint64_t output_pipes[2]) {
    char path[96];
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/status", (long)task->pid, (long)task->tid);
    char *status = file_read(path, NULL);
    const char *state = status ? strstr(status, "State:\t") : NULL;
    if (!state) {
        free(status);
        return false;
    }
    char letter = state[7];
    task->switches = field_after(status, "\nvoluntary_ctxt_switches:") +
                     field_after(status, "\nnonvoluntary_ctxt_switches:");
    free(status);
    task->rest = letter == 'Z' || letter == 'X' ? TASK_ENDED : TASK_RUNS;
    task->ready = letter == 'R';
    task->call = -1;
    if (letter != 'S')
        return true;
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/syscall", (long)task->pid, (long)task->tid);
    char *call = file_read(path, NULL);
    uint64_t stack;
    long number = -1;
    uint64_t *a = task->arguments;
    int fields = call ? sscanf(call, "%ld %lx %lx %lx %lx %lx %lx %lx %lx", &number, &a[0], &a[1],
                               &a[2], &a[3], &a[4], &a[5], &stack, &task->pc)
                      : 0;
    free(call);
    if (fields == 9 && number >= 0) {
        task->call = number;
        task->rest = rest_of_call(task, output_pipes);
    }
    return true;
}

// POSIX timers of the process: one that is armed can still wake it.
static bool has_timers(pid_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/timers", (long)pid);
    char *timers = file_read(path, NULL);
    bool found = timers && *timers;
    free(timers);
    return found;
}

static uint64_t resident_bytes(pid_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
    char *text = file_read(path, NULL);
    unsigned long total = 0, resident = 0;
    if (text)
        sscanf(text, "%lu %lu", &total, &resident);
    free(text);
    return (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE);
}

uint64_t tasks_resident(pid_t parent, size_t *processes) {
    pid_t *pids;
    uint64_t bytes = 0;
    *processes = tasks_descendants(parent, &pids);
    for (size_t i = 0; i < *processes; i++)
        bytes += resident_bytes(pids[i]);
    free(pids);
    return bytes;
}

// Of the process, and of the children that it has waited for.
static double processor_seconds(pid_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    char *text = file_read(path, NULL);
    const char *name_end = text ? strrchr(text, ')') : NULL;
    unsigned long ticks[4] = {0};
    if (name_end)
        sscanf(name_end + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu",
               &ticks[0], &ticks[1], &ticks[2], &ticks[3]);
    free(text);
    return (double)(ticks[0] + ticks[1] + ticks[2] + ticks[3]) / (double)sysconf(_SC_CLK_TCK);
}

uint64_t tasks_proportional(pid_t parent, uint64_t otherwise) {
    pid_t *pids;
    uint64_t bytes = 0;
    size_t count = tasks_descendants(parent, &pids);
    for (size_t i = 0; i < count; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)pids[i]);
        char *text = file_read(path, NULL);
        bytes += text ? field_after(text, "\nPss:") * 1024 : resident_bytes(pids[i]);
        free(text);
    }
    free(pids);
    return bytes ? bytes : otherwise;
}

static int by_tid(const void *a, const void *b) {
    pid_t left = ((const struct task *)a)->tid, right = ((const struct task *)b)->tid;
    return (left > right) - (left < right);
}

void tasks_read(struct tasks *tasks, pid_t parent, bool alarms, const uint64_t output_pipes[2]) {
    *tasks = (struct tasks){0};
    pid_t *pids;
    size_t count = tasks_descendants(parent, &pids);
    for (size_t i = 0; i < count; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%ld/task", (long)pids[i]);
        DIR *directory = opendir(path);
        bool timers = directory && (alarms || has_timers(pids[i]));
        for (struct dirent *entry; directory && (entry = readdir(directory));) {
            struct task task = {.pid = pids[i], .tid = (pid_t)strtol(entry->d_name, NULL, 10)};
            if (task.tid <= 0 || !read_task(&task, output_pipes))
                continue;
            if (timers && task.rest == TASK_ASLEEP)
                task.rest = TASK_OUTSIDE;
            tasks->items = memory_resize(tasks->items, tasks->count + 1, sizeof *tasks->items);
            tasks->items[tasks->count++] = task;
        }
        if (directory)
            closedir(directory);
        tasks->resident += resident_bytes(pids[i]);
        tasks->cpu += processor_seconds(pids[i]);
    }
    free(pids);
    if (tasks->count)
        qsort(tasks->items, tasks->count, sizeof *tasks->items, by_tid);
}

void tasks_free(struct tasks *tasks) {
    free(tasks->items);
    *tasks = (struct tasks){0};
}

const struct task *tasks_find(const struct tasks *tasks, pid_t tid) {
    struct task key = {.tid = tid};
    return tasks->count ? bsearch(&key, tasks->items, tasks->count, sizeof key, by_tid) : NULL;
}

void tasks_end_children(bool (*spared)(void *context, pid_t pid), void *context) {
    pid_t *children, *below;
    size_t count = tasks_children(getpid(), &children);
    for (size_t i = 0; i < count; i++) {
        if (spared(context, children[i]))
            continue;
        size_t more = tasks_descendants(children[i], &below);
        kill(children[i], SIGKILL);
        for (size_t k = 0; k < more; k++)
            kill(below[k], SIGKILL);
        free(below);
        waitpid(children[i], NULL, WNOHANG);
    }
    free(children);
}
