// Brings together what shards of one grading have judged on machines that share no disk.
#ifndef INTERLEAVE_MERGE_H
#define INTERLEAVE_MERGE_H

// Takes over from an output directory what `out` does not have yet: the worklist, verdicts, files and
// evidence. That directory stays as it is. NULL, or why not (owned by the caller).
char *merge_from(const char *out, const char *from);

#endif
