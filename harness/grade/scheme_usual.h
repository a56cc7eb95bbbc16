// Between the two files that make up the scheme.
#ifndef INTERLEAVE_SCHEME_USUAL_H
#define INTERLEAVE_SCHEME_USUAL_H

#include "scheme.h"

void scheme_set_usual(struct scheme *scheme);

#endif
