/* TODO: what the student did, and why that is not enough. Name the file after it. */
/* verdict: TODO */
#include "exercise.h"

#include "must.h"

void exercise(void) {
    must(0); /* TODO: a repair that is not enough, as students write it; a line where that shows ends in a mark */
}
