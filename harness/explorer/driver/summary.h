// The report of an exploration: JSON objects, one a line, in the file that the settings name.
//   {"anchor": address of the image}
//   {"finding": …, "schedule": word, "schedules": n, "hits": n, "measured": n, "confirmed": bool,
//    "trace": [...]}         one for each fault
//   {"ending": text, "status": n, "times": n}      each way in which the program ended
//   {"unavailable": sentence, "place": n}          what is not modelled
//   {"failed": sentence}                           the explorer's own failure
//   {"summary": …}          last: what was covered
#ifndef INTERLEAVE_SUMMARY_H
#define INTERLEAVE_SUMMARY_H

// Shrinks and confirms what was found and writes everything. `problem`: why nothing was explored, or NULL.
void summary_write(const char *problem);

#endif
