/* odd: names, comments and texts that a gate which only looks for words would refuse */
/* verdict: correct */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

/* No asm here, no __attribute__((no_sanitize("thread"))), no syscall(), no #include "drive.c": only words. */
static const char *const note = "__tsan_default_options syscall no_sanitize asm fork(); #pragma";

struct system {
    int exit, fork, kill, asm_lines, syscall;
};

void hall_init(struct hall *hall, int seats) {
    must(pthread_mutex_init(&hall->lock, NULL));
    hall->seats = seats;
    hall->sold = 0;
}

void hall_destroy(struct hall *hall) {
    must(pthread_mutex_destroy(&hall->lock));
}

int hall_book(struct hall *hall, int wanted) {
    struct system system = {.exit = -1, .kill = note[0] != '_'};

    must(pthread_mutex_lock(&hall->lock));
    int exec = hall->sold, mmap = hall->seats;
    if (mmap - exec >= wanted && !system.kill) {
        system.exit = exec;
        hall->sold = exec + wanted;
    }
    must(pthread_mutex_unlock(&hall->lock));
    return system.exit;
}

int hall_left(struct hall *hall) {
    must(pthread_mutex_lock(&hall->lock));
    int exit = hall->seats - hall->sold;
    must(pthread_mutex_unlock(&hall->lock));
    return exit;
}
