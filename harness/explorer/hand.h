// A schedule that a person drives. A schedule is run from its start for each question: with the moves made
// so far, and up to the next choice, where it tells what every thread is about to do, and ends. It costs
// a millisecond, there is nothing to keep in step with the person, and taking moves back is to leave out
// the last ones.
#ifndef INTERLEAVE_HAND_H
#define INTERLEAVE_HAND_H

#include "choose.h"

// Sets the choice to the next move of the plan, if there is one, and to the only one there is, if nothing
// is to be chosen. False when a person has to be asked. `choice` is what the departures of a word say.
bool hand_goes_on(struct choice *choice);
void hand_record(struct choice choice);
// Tells where all threads stand, and ends the schedule. `usual`: what would happen without anybody's choice.
_Noreturn void hand_ask(const struct thread *current, struct choice usual);

#endif
