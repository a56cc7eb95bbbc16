// The report of an exploration: JSON objects, one a line, in the file that the settings name.
//   {"anchor": address of the image}
//   {"finding": …, "schedule": word, "schedules": n, "hits": n, "measured": n, "confirmed": bool,
//    "trace": [...]}         one for each fault
//   {"ending": text, "status": n, "times": n}      each way in which the program ended
//   {"unavailable": sentence, "place": n}          what is not modelled
//   {"failed": sentence}                           the explorer's own failure
//   {"summary": …}          last: what was covered
// A survey has {"sites": "12a0,12c4"} in place of findings, the accesses that raced; for a schedule that is
// driven by hand, see by_hand.h.
#ifndef INTERLEAVE_SUMMARY_H
#define INTERLEAVE_SUMMARY_H

#include <stdint.h>
#include <stdio.h>

// Shrinks and confirms what was found and writes everything. `problem`: why nothing was explored, or NULL.
void summary_write(const char *problem);

// `,"trace":[…]`: the steps that the last attempt told of, up to the fault with that key; 0: all of them.
void summary_write_trace(FILE *out, uint64_t key);

#endif
