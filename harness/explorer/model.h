// What the models share. A model is one file: what the standard says of a kind of object, and nothing of
// threads or schedules. Each wrapped call announces what it is about to do and changes the model once it
// may; then it makes the real call, which cannot block any more.
#ifndef INTERLEAVE_MODEL_H
#define INTERLEAVE_MODEL_H

#include "report.h"
#include "schedule.h"

// In a schedule, and not in the program's constructors before it: otherwise calls go straight through.
#define MODELLED (schedule_runs() && self)

#define WRAP(result, name, ...) \
    result __wrap_##name(__VA_ARGS__); \
    result __wrap_##name(__VA_ARGS__)

// What one thread did before a release, another knows after the acquire.
void model_acquire(const struct object *object);
void model_release(struct object *object); // besides what others released
void model_release_alone(struct object *object);
void model_tick(void);
// The same by a clock of the model's own.
void model_learn(const struct clock *clock);
void model_tell(struct clock *clock);
// The calling thread goes on, taught by another while it waited.
void model_taught(const struct object *object);

// A point in time of the program's clock as the schedule's, never 0.
uint64_t model_deadline(clockid_t clock, const struct timespec *time);
// Whether a wait may end by that; otherwise EINVAL.
static inline bool model_is_deadline(clockid_t clock, const struct timespec *time) {
    return (clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC) && time->tv_nsec >= 0 &&
           time->tv_nsec < 1000000000;
}

// Sleeps, or lets others go first; the latter returns 0.
void model_sleep(uint64_t nanoseconds, uint32_t place);
int model_yield(uint32_t place);

// Used against the rules of its kind: reports a lock-misuse and ends the schedule.
_Noreturn void model_misused(const struct object *object, uint32_t place, const char *rule);
// An object is destroyed; afterwards the check reports its use, until one is made anew at the address.
void model_end_life(void *address, enum object_kind kind, uint32_t place);
void model_check_life(const void *address, enum object_kind kind, uint32_t place);

#endif
