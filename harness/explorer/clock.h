// Vector clocks (Fidge 1988, Mattern 1989): for each thread, how far its past is known. Two accesses are
// ordered by happens-before exactly if the later one's clock knows the earlier one's time.
#ifndef INTERLEAVE_CLOCK_H
#define INTERLEAVE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct clock {
    size_t room; // times beyond are 0
    uint32_t *times;
};

// One moment of one thread (an "epoch": Flanagan and Freund, FastTrack, PLDI 2009).
struct moment {
    uint32_t time; // 0: never
    uint16_t thread;
};

uint32_t clock_time(const struct clock *clock, unsigned thread);
void clock_set(struct clock *clock, unsigned thread, uint32_t time);
void clock_join(struct clock *into, const struct clock *other); // the larger of each
void clock_copy(struct clock *into, const struct clock *other);
void clock_clear(struct clock *clock);

static inline bool clock_knows(const struct clock *clock, unsigned thread, uint32_t time) {
    return thread < clock->room ? time <= clock->times[thread] : time == 0;
}

#endif
