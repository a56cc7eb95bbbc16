// What every thread of a process tree does at this moment, as Linux tells it in /proc. Nothing here
// stops or changes the processes.
#ifndef INTERLEAVE_TASKS_H
#define INTERLEAVE_TASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum task_rest {
    TASK_RUNS,    // running, or asleep with an end in sight (a time-out, a device)
    TASK_OUTSIDE, // waits for the world outside: a socket, a terminal, a signal
    TASK_ASLEEP,  // waits without a time-out for something only this tree can do
    TASK_ENDED,   // a zombie
    TASK_TOOL,    // a thread of the tool, not of the program
};

struct task {
    pid_t pid, tid;
    enum task_rest rest;
    long call;             // system call number, -1: none
    uint64_t arguments[6]; // of that call
    uint64_t pc;           // where the call was made
    bool ready;            // runs, or would if it got a processor
    uint64_t switches;     // context switches so far: equal means that it has not run since
};

struct tasks {
    struct task *items; // in the order of their ids
    size_t count;
    uint64_t resident; // bytes in memory, all processes together
    double cpu;        // seconds of the processor that they and their former children have used
};

// Reads all processes below `parent`. `alarms`: the program uses alarm() or an interval timer, which
// Linux does not show, so that a sleep of it may end by itself. `output_pipes` are the inodes of the pipes that the harness
// drains, a write to which always ends. Release with tasks_free.
void tasks_read(struct tasks *tasks, pid_t parent, bool alarms, const uint64_t output_pipes[2]);
void tasks_free(struct tasks *tasks);
// Bytes in memory of all processes below `parent`, as in struct tasks, and how many there are.
uint64_t tasks_resident(pid_t parent, size_t *processes);
// Bytes in memory of all processes below `parent`, what several share divided among them; `otherwise`
// where the kernel does not tell. Slower than the sum in struct tasks, which counts it for each.
uint64_t tasks_proportional(pid_t parent, uint64_t otherwise);
const struct task *tasks_find(const struct tasks *tasks, pid_t tid);

// The direct children of a process. The caller frees *pids.
size_t tasks_children(pid_t parent, pid_t **pids);
// Processes below `parent`, children before grandchildren. The caller frees *pids.
size_t tasks_descendants(pid_t parent, pid_t **pids);

bool task_waits_on_futex(const struct task *task, uint64_t *address);
// Reads memory of the process; false when it cannot be read.
bool task_memory(pid_t pid, uint64_t address, void *buffer, size_t size);

// Kills all children of this process, with everything below them, but for those that are spared.
void tasks_end_children(bool (*spared)(void *context, pid_t pid), void *context);

#endif
