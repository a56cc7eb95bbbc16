/*
 * TODO: what this is.
 */
#include "exercise.h"

#include "must.h"

void exercise(void) {
    must(0); /* TODO: as like exercise.c as it can be */
}
