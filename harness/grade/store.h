// The files of an output directory: where they lie, and how they are written so that power may fail at any
// moment.
//
//   worklist.jsonl, unrecognised.jsonl   what is to be judged (worklist.h), and what was not understood
//   sources/KK/DIGEST.c                  each distinct file as it was read
//   records/KK/KEY.json                  a verdict each (record.h)
//   evidence/KK/KEY/                     what the tools reported of a faulty one
//   lock, lock-I-of-N                    who is grading (lock.h)
#ifndef INTERLEAVE_STORE_H
#define INTERLEAVE_STORE_H

#include <stdbool.h>
#include <stddef.h>

// "OUT/records/4f/4f….json"; owned by the caller. They are the same whoever calls.
char *store_record(const char *out, const char *key);
char *store_source(const char *out, const char *digest);
char *store_evidence(const char *out, const char *key); // the directory
// "evidence/4f/4f…": relative to the output directory.
char *store_evidence_name(const char *key);

// Writes the whole file beside the path, has it reach the disk, renames it, and has that reach the disk
// too. Directories are made. NULL, or what went wrong (owned by the caller).
char *store_write(const char *path, const char *bytes, size_t length);
// The last three steps for a file that was written as `path` with ".new" behind it.
char *store_settle(const char *path);

// What is wrong with a write, and what to do about it; owned by the caller.
char *store_problem(const char *path, int error);
// Whether the error says that there is no room.
bool store_is_full(int error);

#endif
