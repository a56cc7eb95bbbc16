// What the tools themselves reported of a faulty program, kept for its author.
#ifndef INTERLEAVE_EVIDENCE_H
#define INTERLEAVE_EVIDENCE_H

#include "../judge.h"

// Copies the reports below `work`, where road_travel left them, and the file as it was judged, into `to`:
// at most 1 MiB, regular files only. NULL, or what went wrong (owned by the caller).
char *evidence_keep(const char *work, const char *exercise, const char *to);

#endif
