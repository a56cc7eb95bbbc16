// One schedule of one program on a page: its trace, what came of it, and how to see it again.
#ifndef INTERLEAVE_TRACE_PAGE_H
#define INTERLEAVE_TRACE_PAGE_H

#include "report.h"
#include "trace.h"

struct trace_page {
    const struct report *report; // of one program, by the explorer alone
    size_t fault;                // which one, from 0
    bool shipped;                // the exercise in its own place, for which there are make targets
    bool exact;                  // no line may be wider than the painter says, commands included
    struct trace_look look;
};

void trace_page_write(const struct painter *painter, const struct trace_page *page);

#endif
