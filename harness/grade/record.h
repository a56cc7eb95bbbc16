// A finished verdict on disk: records/KK/KEY.json (docs/grades.schema.json). It carries a sum of itself, so
// that what was half written, or changed since, is not believed.
#ifndef INTERLEAVE_RECORD_H
#define INTERLEAVE_RECORD_H

#include <jansson.h>
#include <stdbool.h>

// Puts the sum into the record and writes it so that it survives a loss of power. NULL, or what went wrong
// (owned by the caller).
char *record_write(const char *out, const char *key, json_t *record);
// The record of that key, to be released with json_decref; NULL: there is none that can be believed.
json_t *record_read(const char *out, const char *key);

#endif
