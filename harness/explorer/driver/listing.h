// What every single schedule showed, for comparing two judges of the same schedules.
#ifndef INTERLEAVE_LISTING_H
#define INTERLEAVE_LISTING_H

// Runs as many schedules as the settings ask for, at random, one seed after the other and whatever they
// show, unless one cannot be run; and writes a line for each into the report:
//   {"seed": n, "end": word, "operations": n, "said": [faults, refusals …]}
void listing_write(void);

#endif
