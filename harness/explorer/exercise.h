// What the driver of an exercise says (lessons/drive.h).
#ifndef INTERLEAVE_EXPLORER_EXERCISE_H
#define INTERLEAVE_EXPLORER_EXERCISE_H

#include <stdbool.h>

// Whether the program has a driver.
bool exercise_is_driven(void);
void exercise_main_returns(void);
// The program ends by itself: a fault when it has a driver that has not examined everything,
// or whose main did not return.
void exercise_look(void);

#endif
