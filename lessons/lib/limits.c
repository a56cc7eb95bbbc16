#include "limits.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

/* The number in a file that holds nothing else; `otherwise` when there is none, such as "max". */
static size_t number_in(const char *path, size_t otherwise) {
    FILE *file = fopen(path, "r");
    unsigned long long number;
    size_t result = otherwise;

    if (file) {
        if (fscanf(file, "%llu", &number) == 1) {
            result = (size_t)number;
        }
        fclose(file);
    }
    return result;
}

/* Threads of all processes: the fourth field of loadavg is "running/all". */
static size_t threads_of_all(void) {
    FILE *file = fopen("/proc/loadavg", "r");
    unsigned long long all = 0;

    if (file) {
        if (fscanf(file, "%*s %*s %*s %*u/%llu", &all) != 1) {
            all = 0;
        }
        fclose(file);
    }
    return (size_t)all;
}

static size_t left_of(size_t limit, size_t used) {
    return limit > used ? limit - used : 0;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t limits_threads(void) {
    size_t all = threads_of_all();
    size_t left = left_of(number_in("/proc/sys/kernel/threads-max", SIZE_MAX), all);
    size_t group = number_in("/sys/fs/cgroup/pids.max", SIZE_MAX);
    struct rlimit user;

    left = least(left, left_of(group, number_in("/sys/fs/cgroup/pids.current", 0)));
    /* Those of the user are among all: counting all is on the safe side. */
    if (getrlimit(RLIMIT_NPROC, &user) == 0 && user.rlim_cur != RLIM_INFINITY) {
        left = least(left, left_of((size_t)user.rlim_cur, all));
    }
    return left;
}

size_t limits_memory(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long long pages = 0;

    if (file) {
        if (fscanf(file, "%*u %llu", &pages) != 1) {
            pages = 0;
        }
        fclose(file);
    }
    return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}
