// Functions of the C library that keep something between two calls, in memory that all threads share
// (POSIX 2.9.1: they need not be thread-safe). A call counts as a write to that memory, so that two calls
// which nothing orders are a race, and so is what is read of a result after somebody else's call. Those
// of them that the library guards all the same (rand, strerror, getenv) are left alone.
#include "access.h"
#include "model.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

// Stand for the library's own, and give it a name.
static char state_of_strtok, state_of_drand48;

static void kept(const char *state, uint32_t place) {
    if (MODELLED)
        access_made(state, 1, ACCESS_WRITE, place);
}

WRAP(char *, strtok, char *text, const char *ends) {
    kept(&state_of_strtok, PLACE_HERE);
    return strtok(text, ends);
}

WRAP(double, drand48, void) {
    kept(&state_of_drand48, PLACE_HERE);
    return drand48();
}

WRAP(long, lrand48, void) {
    kept(&state_of_drand48, PLACE_HERE);
    return lrand48();
}

WRAP(long, mrand48, void) {
    kept(&state_of_drand48, PLACE_HERE);
    return mrand48();
}

WRAP(void, srand48, long seed) {
    kept(&state_of_drand48, PLACE_HERE);
    srand48(seed);
}

// The result lies in the library, and is written by every call.
#define RETURNS(type, name, parameter, size) \
    WRAP(type, name, parameter from) { \
        type result = name(from); \
        if (MODELLED && result) \
            access_made(result, size, ACCESS_WRITE, PLACE_HERE); \
        return result; \
    }
RETURNS(struct tm *, localtime, const time_t *, sizeof *result)
RETURNS(struct tm *, gmtime, const time_t *, sizeof *result)
RETURNS(char *, ctime, const time_t *, strlen(result) + 1)
RETURNS(char *, asctime, const struct tm *, strlen(result) + 1)
