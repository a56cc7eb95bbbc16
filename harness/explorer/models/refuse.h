// What is not modelled.
#ifndef INTERLEAVE_REFUSE_H
#define INTERLEAVE_REFUSE_H

#include <stdint.h>

#define HANDLES "which lets a handler run at any moment"
#define SENDS "which sends a signal to a thread"

// Ends the schedule as unavailable: `what` says after the name of the call what it does.
_Noreturn void refuse(const char *call, const char *what, uint32_t place);

#endif
