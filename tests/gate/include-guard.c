/* passes */
#ifndef _EXERCISE_C
#define _EXERCISE_C
#define _GNU_SOURCE
#define NDEBUG
#include "exercise.h"
#include "must.h"
#include "thread_safety.h"
#include <assert.h>
#undef NDEBUG
#define __unused __attribute__((unused))
#define _MAX 3
#define inline_if(x) x
static int __unused spare(void) { return _MAX; }
#endif
