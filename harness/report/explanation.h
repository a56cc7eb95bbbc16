// The long form of a verdict, for a person who wants to understand it: each fault once, whoever reports it.
#ifndef INTERLEAVE_EXPLANATION_H
#define INTERLEAVE_EXPLANATION_H

#include "paint.h"
#include "report.h"

void explanation_write(const struct painter *painter, const struct report *report);

#endif
