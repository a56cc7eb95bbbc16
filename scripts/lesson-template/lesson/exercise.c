/*
 * TODO: what this is, and what is wrong with it.
 *
 * The task: TODO: what is to be repaired, not how.
 */
#include "exercise.h"

#include "must.h"

void exercise(void) {
    must(0); /* TODO: a program with the same fault as broken.c, and another than that */
}
