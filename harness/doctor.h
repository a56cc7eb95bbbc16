// Can every engine run here? Each is tried for real, on a program with a fault that it must see.
#ifndef INTERLEAVE_DOCTOR_H
#define INTERLEAVE_DOCTOR_H

#include "road.h"

// Prints a line for each engine; the remedy where one cannot run. 0 when all can, 2 otherwise; 128 and
// the signal's number when it was stopped.
int doctor_run(const struct journey *journey);

#endif
