// What one schedule shows: faults that the runtime reported, and those that only its end tells.
#ifndef INTERLEAVE_EXPLORER_VERDICT_H
#define INTERLEAVE_EXPLORER_VERDICT_H

#include "attempt.h"

#include <stdint.h>

// Enters what the attempt found into the campaign; the caller holds its lock. `number`: how many
// schedules have been begun.
void verdict_enter(const struct attempt *attempt, uint64_t number);

// What the attempt shows: the kind of its first fault, or "clean". A weak one counts only if nothing else
// was found. Valid until the next call.
const char *verdict_word(const struct attempt *attempt);

struct finding;
// Tells the fault as the last attempt shows it: on a shorter way, other threads may take the same parts, in
// other memory.
void verdict_renew(struct finding *finding);

// Whether this attempt shows the fault with that key.
bool verdict_shows(const struct attempt *attempt, uint64_t key);

// Whether it printed what it should.
bool verdict_expects(const struct attempt *attempt);

// `text` as the inside of a JSON string, cut off at `room`.
void verdict_quote(char *quoted, size_t room, const char *text, size_t length);

#endif
