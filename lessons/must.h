/*
 * Checks for calls that must not fail. Each stops the program with the place, the call and the
 * reason. They are not assert(): with NDEBUG an assert() vanishes, and the lock inside it too.
 */
#ifndef INTERLEAVE_MUST_H
#define INTERLEAVE_MUST_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For calls that return 0 or an error number, as nearly all of pthread_*() do. */
#define must(call) must_be_zero((call), #call, __FILE__, __LINE__)

/* For calls that return -1 and leave the reason in errno, as sem_*() do. Gives the result back. */
#define must_errno(call) must_not_be_minus_one((call), #call, __FILE__, __LINE__)

/* For malloc() and its kind, which return NULL. Gives the pointer back; the caller owns it. */
#define must_alloc(call) must_not_be_null((call), #call, __FILE__, __LINE__)

static inline void must_be_zero(int error, const char *call, const char *file, int line) {
    if (error != 0) {
        fprintf(stderr, "%s:%d: %s: %s\n", file, line, call, strerror(error));
        exit(EXIT_FAILURE);
    }
}

static inline int must_not_be_minus_one(int result, const char *call, const char *file, int line) {
    if (result == -1) {
        must_be_zero(errno, call, file, line);
    }
    return result;
}

static inline void *must_not_be_null(void *memory, const char *call, const char *file, int line) {
    if (memory == NULL) {
        must_be_zero(ENOMEM, call, file, line);
    }
    return memory;
}

#endif
