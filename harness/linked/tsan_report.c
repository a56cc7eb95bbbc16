// Called by ThreadSanitizer's runtime for every report: writes it as one line of JSON to the file that
// INTERLEAVE_TSAN_REPORT names. Linked beside the program, never instrumented. The interface is that of
// compiler-rt's lib/tsan/rtl/tsan_debugging.cpp.
#include "canary.h"
#include "slots.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FRAMES = 32, LINE = 262144 };

int __tsan_get_report_data(void *report, const char **description, int *count, int *stacks,
                           int *accesses, int *locations, int *mutexes, int *threads,
                           int *unique_threads, void **sleep, unsigned long sleep_size);
int __tsan_get_report_stack(void *report, unsigned long index, void **trace, unsigned long size);
int __tsan_get_report_mop(void *report, unsigned long index, int *thread, void **address, int *size,
                          int *write, int *atomic, void **trace, unsigned long trace_size);
int __tsan_get_report_mutex(void *report, unsigned long index, uintptr_t *id, void **address,
                            int *destroyed, void **trace, unsigned long trace_size);
int __tsan_get_report_thread(void *report, unsigned long index, int *thread, int *os_id,
                             int *running, const char **name, int *parent, void **trace,
                             unsigned long trace_size);
void *__tsan_get_current_fiber(void);
void *__tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void *fiber);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);
void __tsan_write8(void *address);
void __tsan_on_report(void *report);
extern char interleave_witness_anchor; // where the program lies in memory (witness.h)

static char line[LINE]; // reports are made one at a time, under the runtime's own lock
static size_t used;

static void put(const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(line + used, LINE - used, format, list);
    va_end(list);
    if (length > 0)
        used += (size_t)length < LINE - used ? (size_t)length : LINE - used - 1;
}

static void put_string(const char *text) {
    put("\"");
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            put("\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            put("\\u%04x", c);
        else
            put("%c", c);
    }
    put("\"");
}

// A stack as the return addresses of its frames, innermost first. What they mean is found outside: a
// symbolizer in here would cost more than the whole run, and the program could meddle with it.
static void put_stack(void **trace) {
    put("[");
    for (int i = 0; i < FRAMES && trace[i]; i++)
        put("%s%lu", i ? "," : "", (unsigned long)trace[i]);
    put("]");
}

static void put_accesses(void *report, int count) {
    put(",\"accesses\":[");
    for (int i = 0; i < count; i++) {
        int thread = 0, size = 0, write = 0, atomic = 0;
        void *address = NULL, *trace[FRAMES] = {0};
        __tsan_get_report_mop(report, (unsigned long)i, &thread, &address, &size, &write, &atomic,
                              trace, FRAMES);
        put("%s{\"thread\":%d,\"address\":%lu,\"size\":%d,\"write\":%d,\"atomic\":%d,\"stack\":",
            i ? "," : "", thread, (unsigned long)address, size, write, atomic);
        put_stack(trace);
        put("}");
    }
    put("]");
}

static void put_stacks(void *report, int count) {
    put(",\"stacks\":[");
    for (int i = 0; i < count; i++) {
        void *trace[FRAMES] = {0};
        __tsan_get_report_stack(report, (unsigned long)i, trace, FRAMES);
        put("%s", i ? "," : "");
        put_stack(trace);
    }
    put("]");
}

static void put_threads(void *report, int count) {
    put(",\"threads\":[");
    for (int i = 0; i < count; i++) {
        const char *name = NULL;
        void *trace[FRAMES] = {0};
        int thread = 0, os_id = 0, running = 0, parent = 0;
        __tsan_get_report_thread(report, (unsigned long)i, &thread, &os_id, &running, &name,
                                 &parent, trace, FRAMES);
        put("%s{\"thread\":%d,\"created\":", i ? "," : "", thread);
        put_stack(trace);
        put("}");
    }
    put("]");
}

static void put_mutexes(void *report, int count) {
    put(",\"mutexes\":[");
    for (int i = 0; i < count; i++) {
        uintptr_t id = 0;
        void *address = NULL, *trace[FRAMES] = {0};
        int destroyed = 0;
        __tsan_get_report_mutex(report, (unsigned long)i, &id, &address, &destroyed, trace, FRAMES);
        put("%s{\"id\":%lu,\"address\":%lu,\"created\":", i ? "," : "", (unsigned long)id,
            (unsigned long)address);
        put_stack(trace);
        put("}");
    }
    put("]");
}

// The file is opened at the start, under a number that programs do not meet by chance: later the
// program may have used up its descriptors. If it closed this one, the file is opened again.
static int report_fd = -1;
static struct stat report_file;

static bool is_open(void) {
    struct stat now;
    return report_fd >= 0 && fstat(report_fd, &now) == 0 && now.st_dev == report_file.st_dev &&
           now.st_ino == report_file.st_ino;
}

__attribute__((constructor)) static void open_report(void) {
    const char *path = getenv("INTERLEAVE_TSAN_REPORT");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return;
    report_fd = fcntl(fd, F_DUPFD_CLOEXEC, 900);
    if (report_fd >= 0)
        close(fd);
    else
        report_fd = fd;
    fstat(report_fd, &report_file);
    // ThreadSanitizer was set up before this constructor ran: from here on it judges.
    static const char started[] = "{\"started\":1}\n";
    ssize_t ignored = write(report_fd, started, sizeof started - 1);
    (void)ignored;
}

static void write_line(void) {
    line[used++] = '\n'; // also of a line that was too long, so that the next one can be read
    for (size_t done = 0; done < used;) {
        ssize_t written = write(report_fd, line + done, used - done);
        if (written <= 0)
            break;
        done += (size_t)written;
    }
}

static unsigned reports; // of the program
static uint64_t canary;  // nobody but canary_sings() touches it
static bool sings;

// Told to the harness, so that what the text says of it is not taken for a fault; with the number of
// reports before it, all of which must have arrived.
static void note_canary(void) {
    sings = true;
    used = 0;
    put("{\"canary\":%lu,\"type\":\"data-race\",\"reports\":%u}", (unsigned long)(uintptr_t)&canary,
        reports);
    write_line();
}

enum { NO_SYNC = 1 }; // the fiber after the switch is not ordered after the one before

// Two writes that nothing orders, by this thread and by a fiber, which is a thread of its own to
// ThreadSanitizer: is that still reported?
bool canary_sings(void) {
    void *here = __tsan_get_current_fiber(), *there = __tsan_create_fiber(0);
    __tsan_write8(&canary);
    __tsan_switch_to_fiber(there, NO_SYNC);
    __tsan_write8(&canary);
    __tsan_switch_to_fiber(here, NO_SYNC);
    __tsan_destroy_fiber(there);
    return sings;
}

static bool is_canary(void *report, int accesses) {
    int thread = 0, size = 0, write = 0, atomic = 0;
    void *address = NULL, *trace[FRAMES] = {0};
    if (accesses)
        __tsan_get_report_mop(report, 0, &thread, &address, &size, &write, &atomic, trace, FRAMES);
    return address == &canary;
}

void __tsan_on_report(void *report) {
    const char *description = "";
    int count = 0, stacks = 0, accesses = 0, locations = 0, mutexes = 0, threads = 0, unique = 0;
    void *sleep[1] = {0};
    if (!is_open())
        open_report();
    if (!is_open())
        return; // the text report remains
    __tsan_get_report_data(report, &description, &count, &stacks, &accesses, &locations, &mutexes,
                           &threads, &unique, sleep, 1);
    if (is_canary(report, accesses)) {
        note_canary();
        return;
    }
    reports++;
    used = 0;
    const struct witness_thread *mine = slot_mine();
    put("{\"count\":%d,\"anchor\":%lu,\"thread\":%d,\"type\":", count,
        (unsigned long)(uintptr_t)&interleave_witness_anchor, mine ? (int)mine->number : -1);
    put_string(description);
    put_accesses(report, accesses);
    put_stacks(report, stacks);
    put_threads(report, threads);
    put_mutexes(report, mutexes);
    put("}");
    write_line();
}
