// A failing schedule, cut to what is needed to fail.
#ifndef INTERLEAVE_SHRINK_H
#define INTERLEAVE_SHRINK_H

#include "campaign.h"

// Leaves departures out of the finding as long as the same fault still comes (delta debugging: Zeller
// and Hildebrandt, TSE 2002), for at most `seconds`.
void shrink(struct finding *finding, double seconds);

// Runs the finding's schedule once more, with a trace. Whether the same fault came, in the same way.
bool shrink_confirm(struct finding *finding);

#endif
