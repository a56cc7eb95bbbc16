#include "circles.h"

#include "history.h"
#include "report.h"

enum {
    PERIODS = RECENT / 2, // operations of the longest loop that is recognised roughly
    ROUGH_VISITS = 64,    // in such a loop, until the thread is put aside
    STACK_USUAL = 4096,   // bytes: more are looked at only when it seems to go in circles
    STACK_MOST = 1 << 20, // and with more than this it may be anywhere
};

// What the thread would go on from: the variables of all its functions, since any of them may count the
// rounds, and what it stands before. 0: not known.
static uint64_t state(const struct thread *thread, const struct operation *operation,
                      bool circling) {
    uintptr_t from = thread->frames, end = thread->top;
    if (!from || end < from || end - from > (circling ? STACK_MOST : STACK_USUAL))
        return 0;
    uint64_t hash = history_mix(operation->place, thread->looked);
    hash = history_mix(hash, operation->object ? operation->object->address : 0);
    hash = history_mix(hash, thread->held_count);
    for (; from < end; from += sizeof(uint64_t))
        hash = (hash ^ *(const uint64_t *)from) * 0x9E3779B97F4A7C15ULL, hash ^= hash >> 29;
    return hash | 1;
}

// How many operations ago it was in this state; 0: never since it changed something.
static unsigned same_ago(const struct thread *thread, uint64_t now) {
    for (unsigned ago = 1; ago <= RECENT && ago <= thread->recent_count; ago++)
        if (thread->recent[(thread->recent_count - ago) % RECENT] == now)
            return ago;
    return 0;
}

// The last operations are the same few over and over.
static bool goes_in_circles(const struct thread *thread) {
    for (unsigned period = 1; period <= PERIODS && thread->rough_count >= 2 * period; period++) {
        unsigned same = 0;
        while (same < period &&
               thread->rough[(thread->rough_count - 1 - same) % RECENT] ==
                   thread->rough[(thread->rough_count - 1 - same - period) % RECENT])
            same++;
        if (same == period)
            return true;
    }
    return false;
}

enum circle circles_look(struct thread *thread, const struct operation *operation, bool changed,
                         bool *wide) {
    if (changed)
        thread->rough_count = thread->circled = 0;
    if (changed || thread->wrote)
        thread->recent_count = 0;
    thread->wrote = false;
    thread->rough[thread->rough_count++ % RECENT] =
        history_mix(operation->place, operation->object ? operation->object->address : 0);
    bool circling = goes_in_circles(thread);
    thread->circled += circling;
    uint64_t now = state(thread, operation, circling);
    unsigned ago = now ? same_ago(thread, now) : 0;
    thread->recent[thread->recent_count++ % RECENT] = now;
    *wide = ago != 1 || !operation->object;
    return ago ? CIRCLE_SAME : thread->circled > ROUGH_VISITS ? CIRCLE_ROUGH : CIRCLE_NONE;
}

void circles_written(const void *address) {
    uintptr_t own = (uintptr_t)__builtin_frame_address(0);
    if ((uintptr_t)address < own || (uintptr_t)address >= self->top)
        self->wrote = true;
}
