// Thread-specific data.
#ifndef INTERLEAVE_KEYS_H
#define INTERLEAVE_KEYS_H

// Runs the destructors of what the calling thread has set (POSIX pthread_key_create).
void keys_destroy(void);

#endif
