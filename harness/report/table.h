// The rows of a trace: one column for each thread, or, where these are too many for the width, one for each
// that matters and a last one for all others.
#ifndef INTERLEAVE_TABLE_H
#define INTERLEAVE_TABLE_H

#include "paint.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct table;

// `shown`: which steps get a row, so that only their threads need a column. `screen`: lines after which the
// heads are repeated. The painter is borrowed, and so is the trace.
struct table *table_new(const struct painter *painter, const json_t *trace, const bool *shown,
                        int screen);
void table_free(struct table *table);

// Which threads share a column, if any do, and the heads.
void table_begin(struct table *table);
void table_step(struct table *table, const json_t *step);
// A step that is not shown; who waits is known all the same.
void table_pass(struct table *table, const json_t *step);
// So many steps come before the first one, and are not known.
void table_omitted(struct table *table, long count);
// In the place of so many steps from there on, which were passed.
void table_fold(struct table *table, size_t from, size_t count);

#endif
