// Calls of the C library that keep something between two calls and need not be thread-safe (POSIX 2.9.1),
// as this library documents them: where strtok stands, what localtime returns, the environment, the numbers
// of drand48. Each is an access to what it keeps; and who is given a part of it reads that later.
#include "access.h"
#include "model.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

// One byte stands for all that is kept.
static char strtok_position, broken_down_time, time_as_text, environment, random_state;

#define KEEPS(kept, access) \
    if (MODELLED) \
    access_made(&kept, 1, access, PLACE_HERE)

// What the call has written where the program can read it.
#define GIVES(memory, size, access) \
    if (MODELLED && (memory)) \
    shadow_access((uintptr_t)(memory), size, access, PLACE_HERE)

WRAP(char *, strtok, char *text, const char *separators) {
    KEEPS(strtok_position, ACCESS_WRITE);
    char *word = strtok(text, separators);
    GIVES(word, strlen(word) + 1, ACCESS_READ);
    return word;
}

#define BREAKS_DOWN(name) \
    WRAP(struct tm *, name, const time_t *time) { \
        KEEPS(broken_down_time, ACCESS_WRITE); \
        struct tm *broken = name(time); \
        GIVES(broken, sizeof *broken, ACCESS_WRITE); \
        return broken; \
    }
BREAKS_DOWN(localtime)
BREAKS_DOWN(gmtime)

#define WRITES_OUT(name, type) \
    WRAP(char *, name, type time) { \
        KEEPS(time_as_text, ACCESS_WRITE); \
        char *text = name(time); \
        GIVES(text, strlen(text) + 1, ACCESS_WRITE); \
        return text; \
    }
WRITES_OUT(asctime, const struct tm *)
WRITES_OUT(ctime, const time_t *)

WRAP(char *, getenv, const char *name) {
    KEEPS(environment, ACCESS_READ);
    return getenv(name);
}

WRAP(int, setenv, const char *name, const char *value, int replaces) {
    KEEPS(environment, ACCESS_WRITE);
    return setenv(name, value, replaces);
}

WRAP(int, unsetenv, const char *name) {
    KEEPS(environment, ACCESS_WRITE);
    return unsetenv(name);
}

WRAP(int, putenv, char *text) {
    KEEPS(environment, ACCESS_WRITE);
    return putenv(text);
}

#define DRAWS(result, name) \
    WRAP(result, name, void) { \
        KEEPS(random_state, ACCESS_WRITE); \
        return name(); \
    }
DRAWS(double, drand48)
DRAWS(long, lrand48)
DRAWS(long, mrand48)

WRAP(void, srand48, long seed) {
    KEEPS(random_state, ACCESS_WRITE);
    srand48(seed);
}
