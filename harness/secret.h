// The secret of a driver: drawn anew for every judgement, put into the driver's object and nowhere else,
// so that a student's file, which is another object, cannot say in the driver's place that all is well.
#ifndef INTERLEAVE_SECRET_H
#define INTERLEAVE_SECRET_H

#include "linked/proof.h"

#include <stdbool.h>

// From the kernel; false with errno set when there is none.
bool secret_draw(void *bytes, size_t count);
// The key that 32 hexadecimal digits spell; false when they do not.
bool secret_read(struct proof_key *key, const char *digits);
// Puts the key where lessons/drive.h keeps a place for it. False: this object has no such place.
bool secret_seal(char *object, size_t length, struct proof_key key);

#endif
