/* refused 2:inline */
#define inline inline __attribute__((no_sanitize("thread")))
#include "must.h"
