// The report of an exploration: JSON objects, one a line, in the file that the settings name.
//   {"anchor": address of the image}
//   {"finding": …, "schedule": word, "schedules": n, "hits": n, "measured": n, "confirmed": bool,
//    "trace": [...]}         one for each fault
//   {"tried": …}            a sample of the schedules, see sample.h
//   {"ending": text, "status": n, "times": n}      each way in which the program ended
//   {"unavailable": sentence, "place": n}          what is not modelled
//   {"failed": sentence, "outdated": true}         the explorer's own failure; or the schedule is of another
//                                                  build
//   {"summary": …}          last: what was covered
// A survey has {"sites": "12a0,12c4"} in place of findings, the accesses that raced; for a schedule that is
// driven by hand, see by_hand.h.
#ifndef INTERLEAVE_SUMMARY_H
#define INTERLEAVE_SUMMARY_H

#include "channel.h"

#include <stdint.h>
#include <stdio.h>

// Shrinks and confirms what was found and writes everything. `problem`: why nothing was explored, or NULL.
void summary_write(const char *problem);

// For the lines of others: `,"schedule":word`, unless it is too long, and `,"trace":[...]` as the last
// attempt wrote it, up to the fault with that key (0: all).
void summary_write_word(FILE *out, const struct departure *departures, uint32_t count,
                        const uint32_t *sites, uint32_t site_count);
void summary_write_trace(FILE *out, uint64_t key);

#endif
