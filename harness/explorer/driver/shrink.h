// A failing schedule, cut to what is needed to fail.
#ifndef INTERLEAVE_SHRINK_H
#define INTERLEAVE_SHRINK_H

#include "campaign.h"

// Leaves departures out of the finding as long as the same fault still comes (delta debugging: Zeller
// and Hildebrandt, TSE 2002), within limits that are the same on every machine, so that the word is, too.
void shrink(struct finding *finding);

// Sets the plan to a schedule with its trace; accesses to the memory that the first finding is about, if it
// is about memory, are in it too.
void shrink_plan(const struct departure *departures, uint32_t count, const uint32_t *sites,
                 uint32_t site_count);

// Runs the finding's schedule once more, with a trace. Whether the same fault came, in the same way.
bool shrink_confirm(struct finding *finding);

#endif
