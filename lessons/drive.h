/*
 * For drivers (drive.c): what they need to examine an exercise. A driver has main(), calls the
 * functions of exercise.h from several threads, and checks what must be true afterwards.
 *
 * What it finds goes to Interleave by a way of its own, not through what the exercise prints. Without
 * Interleave (cc -I.. -pthread exercise.c drive.c) it goes to standard error.
 */
#ifndef INTERLEAVE_DRIVE_H
#define INTERLEAVE_DRIVE_H

#include <stdio.h>
#include <stdlib.h>

/* Unless the condition holds, the exercise is wrong. What follows is a sentence as for printf(). */
#define check(condition, ...)                                                                     \
    do {                                                                                          \
        if (!(condition)) {                                                                       \
            char sentence[256];                                                                   \
            snprintf(sentence, sizeof sentence, __VA_ARGS__);                                     \
            drive_failed(__FILE__, __LINE__, sentence);                                           \
        }                                                                                         \
    } while (0)

/* Interleave's side; not there when the program is built without it. */
extern _Noreturn void interleave_check_failed(const char *sentence, const void *called_from)
    __attribute__((weak));
extern void interleave_driver_done(unsigned long first, unsigned long second) __attribute__((weak));

/* Known to Interleave by its name: this program is not over before drive_done(). */
extern const int interleave_driven;
const int interleave_driven = 1;

static _Noreturn void drive_failed(const char *file, int line, const char *sentence) {
    if (interleave_check_failed) {
        interleave_check_failed(sentence, __builtin_return_address(0));
    }
    fprintf(stderr, "%s:%d: %s\n", file, line, sentence);
    _Exit(EXIT_FAILURE);
}

/* The last call of a driver's main(): everything was examined. Only the driver can say so: when it is
 * built, Interleave writes a number that nobody else knows into the place that is kept here. */
static inline void drive_done(void) {
    static const volatile union {
        char place[33];
        unsigned long number[2];
    } secret = {"interleave:place-for-the-secret!"};
    if (interleave_driver_done) {
        interleave_driver_done(secret.number[0], secret.number[1]);
    }
}

/* The next of a row of numbers that differs from run to run, from 0 to below - 1. Only for main(),
 * before it starts threads. */
static inline unsigned drive_number(unsigned below) {
    static unsigned state; /* a linear congruence: Knuth, The Art of Computer Programming, 3.2.1 */
    if (state == 0) {
        const char *seed = getenv("INTERLEAVE_SEED");
        state = seed ? (unsigned)strtoul(seed, NULL, 10) * 2654435761u + 1u : 1u;
    }
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % below;
}

#endif
