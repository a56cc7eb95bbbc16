// TSan's races as faults of the schedule. The interface is that of compiler-rt's
// lib/tsan/rtl/tsan_debugging.cpp.
#include "arena.h"
#include "model.h"

#include <string.h>

enum {
    FRAMES = 2
}; // where the access is, and if that is in a function of the C library, who called it

int __tsan_get_report_data(void *report, const char **description, int *count, int *stacks,
                           int *accesses, int *locations, int *mutexes, int *threads,
                           int *unique_threads, void **sleep, unsigned long sleep_size);
int __tsan_get_report_mop(void *report, unsigned long index, int *thread, void **address, int *size,
                          int *write, int *atomic, void **trace, unsigned long trace_size);
int __tsan_get_report_loc(void *report, unsigned long index, const char **type, void **address,
                          uintptr_t *start, uintptr_t *size, int *thread, int *fd,
                          int *suppressable, void **trace, unsigned long trace_size);
void __tsan_on_report(void *report);

struct access {
    int thread, size, write,
        atomic;                    // TSan numbers threads as the explorer does, as they are created
    void *address, *calls[FRAMES]; // that led to it, innermost first
};

static struct access access_of(void *report, unsigned long index) {
    struct access access = {0};
    __tsan_get_report_mop(report, index, &access.thread, &access.address, &access.size,
                          &access.write, &access.atomic, access.calls, FRAMES);
    return access;
}

static void report_access(const struct access *access) {
    static const char *const words[] = {"reads", "writes", "atomically reads", "atomically writes"};
    report_part((unsigned)access->thread, report_place(access->calls[0]),
                words[2 * !!access->atomic + !!access->write], NULL, false);
}

static void report_calls(const char *name, const struct access *access) {
    report_list(name);
    for (int i = 0; i < FRAMES && access->calls[i]; i++)
        report_item(report_place(access->calls[i]));
}

static bool is_own(const struct access *access) {
    const char *at = access->address, *start = (const char *)channel;
    return arena_has(at) || (at >= start && at < start + sizeof *channel);
}

// TSan takes calls on a descriptor for accesses to it, and the models make more of them than the program.
static bool is_descriptor(void *report) {
    const char *type = "";
    void *address, *trace[1];
    uintptr_t start, size;
    int thread, fd, suppressable;
    __tsan_get_report_loc(report, 0, &type, &address, &start, &size, &thread, &fd, &suppressable,
                          trace, 1);
    return strcmp(type, "fd") == 0;
}

void __tsan_on_report(void *report) {
    const char *description = "";
    int count, stacks, accesses = 0, locations = 0, mutexes, threads, unique;
    void *sleep[1] = {0};
    __tsan_get_report_data(report, &description, &count, &stacks, &accesses, &locations, &mutexes,
                           &threads, &unique, sleep, 1);
    if (!MODELLED || strcmp(description, "data-race") != 0 || accesses < 2)
        return;
    const struct access later = access_of(report, 0), earlier = access_of(report, 1);
    if (is_own(&later) || (locations > 0 && is_descriptor(report)))
        return;
    report_fault("data-race");
    report_memory("object", (uintptr_t)later.address, (unsigned)later.size);
    report_access(&earlier);
    report_access(&later);
    report_calls("earlier", &earlier);
    report_calls("later", &later);
    report_fault_end();
}
