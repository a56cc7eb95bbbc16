// Thread-specific data.
#ifndef INTERLEAVE_KEYS_H
#define INTERLEAVE_KEYS_H

#include <pthread.h>

// For <threads.h> too.
int keys_create(pthread_key_t *key, void (*destructor)(void *));
int keys_delete(pthread_key_t key);
void *keys_get(pthread_key_t key);
int keys_set(pthread_key_t key, const void *value);

// Runs the destructors of what the calling thread has set (POSIX pthread_key_create).
void keys_destroy(void);

#endif
