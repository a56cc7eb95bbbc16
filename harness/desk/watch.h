// `interleave watch`: an exercise is judged whenever it is saved, and all that helps is one key away.
#ifndef INTERLEAVE_WATCH_H
#define INTERLEAVE_WATCH_H

#include "progress_file.h"

#include "../options.h"

// Watches until the student quits. Begins with `lesson`, or with the first that is not solved. Returns the exit
// status; when it cannot begin, *problem says why (owned by the caller).
int watch_run(const struct options *options, const struct home *home, const struct course *course,
              const struct lesson *lesson, char **problem);

#endif
