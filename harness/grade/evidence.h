// What the tools themselves reported of a faulty program, kept for its author.
#ifndef INTERLEAVE_EVIDENCE_H
#define INTERLEAVE_EVIDENCE_H

#include "../judge.h"

// Copies the reports that road_travel left below `work` for this verdict, and the file as it was judged, into
// `to`: of each engine that found a fault the last run, at most 1 MiB, regular files only. NULL, or what went
// wrong (owned by the caller).
char *evidence_keep(const struct verdict *verdict, const char *work, const char *exercise,
                    const char *to);
// All that was kept at another place.
char *evidence_copy(const char *from, const char *to);

#endif
