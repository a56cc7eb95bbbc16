// What pthread_once and call_once share.
#ifndef INTERLEAVE_ONCE_H
#define INTERLEAVE_ONCE_H

#include <pthread.h>
#include <stdint.h>

void once_run(pthread_once_t *control, void (*routine)(void), uint32_t place);

#endif
