// The release sequences of an atomic object.
#ifndef INTERLEAVE_RELEASES_H
#define INTERLEAVE_RELEASES_H

#include "model.h"

// The calling thread stores into the object, or modifies what it has read; `publishes` with a release
// order. The object's clock is then what an acquire that reads this value learns.
void releases_store(struct object *object, bool publishes);
void releases_modify(struct object *object, bool publishes);

#endif
