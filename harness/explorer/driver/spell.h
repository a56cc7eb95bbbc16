// A schedule as a short word that can be printed, mailed and typed: the build it belongs to, the seed of
// the driver when that is not 1 ("+2" behind the build), its departures, the accesses that are choices too, and a checksum, as in "3f9a12c4:1.4>2,2.7>1s@12a0:5e".
#ifndef INTERLEAVE_SPELL_H
#define INTERLEAVE_SPELL_H

#include "channel.h"

#include <stddef.h>

// Writes the word, cut off at `room`; returns its full length.
size_t spell_write(char *word, size_t room, const struct departure *departures, uint32_t count,
                   const uint32_t *sites, uint32_t site_count);
extern const char spell_of_another_build[]; // the sentence

// Reads it into the plan and the departures of the channel. NULL, or a sentence that says what is wrong
// with it.
const char *spell_read(const char *word);

#endif
