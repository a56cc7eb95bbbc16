/* TODO: what the student did, and why that is enough. Name the file after it. */
/* verdict: clean */
#include "exercise.h"

#include "must.h"

void exercise(void) {
    must(0); /* TODO: a repair that is right, and another than the solution */
}
