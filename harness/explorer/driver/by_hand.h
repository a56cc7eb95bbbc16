// A schedule that a person drives: what the settings ask for, run once, and where it stands then.
#ifndef INTERLEAVE_BY_HAND_H
#define INTERLEAVE_BY_HAND_H

#include <stdio.h>

// NULL, or a sentence that says what is wrong with the settings.
const char *by_hand_run(void);
// Of the last run:
//   {"hand": {"end": word, "status": n, "signal": n, "expected": bool, "output": text, "errors": text,
//    "moves": words, "schedule": word, "question": the threads or null, "trace": [...]}}
//   {"finding": …}          one for each fault
void by_hand_write(FILE *out);

#endif
