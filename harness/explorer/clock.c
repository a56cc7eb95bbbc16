#include "clock.h"

#include "arena.h"

#include <string.h>

static void make_room(struct clock *clock, size_t count) {
    clock->times = arena_grow(clock->times, &clock->room, count, sizeof *clock->times);
}

uint32_t clock_time(const struct clock *clock, unsigned thread) {
    return thread < clock->room ? clock->times[thread] : 0;
}

void clock_set(struct clock *clock, unsigned thread, uint32_t time) {
    make_room(clock, thread + 1);
    clock->times[thread] = time;
}

void clock_join(struct clock *into, const struct clock *other) {
    make_room(into, other->room);
    for (size_t i = 0; i < other->room; i++)
        if (into->times[i] < other->times[i])
            into->times[i] = other->times[i];
}

void clock_copy(struct clock *into, const struct clock *other) {
    make_room(into, other->room);
    if (other->room)
        memcpy(into->times, other->times, other->room * sizeof *other->times);
    if (into->room > other->room)
        memset(into->times + other->room, 0, (into->room - other->room) * sizeof *into->times);
}

void clock_clear(struct clock *clock) {
    if (clock->room)
        memset(clock->times, 0, clock->room * sizeof *clock->times);
}
