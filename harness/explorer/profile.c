#include "profile.h"

enum { SLOTS = 2 * COUNTS_MOST };

bool profile_matters(const struct thread *thread, uint64_t address) {
    const struct operation *operation = &thread->operation;
    const struct object *object = operation->object;
    if (!object)
        return false;
    if (address == PROFILE_NESTED)
        return operation->ready && thread->held_count;
    return object->address == address && (object->kind == OBJECT_ATOMIC || object->owner != thread);
}

// The list of a creator's children, in the order of their creation.
static void record_kin(struct thread *thread) {
    struct kin *kin = channel->kin;
    uint16_t number = (uint16_t)thread->number;
    kin[number] = (struct kin){0};
    if (!self)
        return;
    kin[number].creator = (uint16_t)self->number;
    if (self->next_child)
        kin[self->next_child].next = number;
    else
        kin[self->number].first = number;
    self->next_child = number;
}

void profile_created(struct thread *thread) {
    if (channel->plan.profile) {
        record_kin(thread);
        channel->outcome.kin = thread->number + 1;
        return;
    }
    thread->profiled = self && !self->next_child ? UNPROFILED : self ? self->next_child : 0;
    if (thread->profiled >= channel->plan.kin) {
        thread->profiled = UNPROFILED;
        return;
    }
    thread->next_child = channel->kin[thread->profiled].first;
    if (self)
        self->next_child = channel->kin[thread->profiled].next;
}

static void count(const struct thread *thread, uint64_t object) {
    static uint16_t slots[SLOTS]; // numbers in the profile, and 1
    struct outcome *outcome = &channel->outcome;
    size_t slot = (object + thread->number) * 0x9E3779B97F4A7C15ULL >> 51 & (SLOTS - 1);
    struct count *count;
    if (!profile_matters(thread, object))
        return;
    for (; slots[slot]; slot = (slot + 1) & (SLOTS - 1)) {
        count = &channel->profile[slots[slot] - 1];
        if (count->object == object && count->thread == thread->number)
            break;
    }
    if (!slots[slot]) {
        if (outcome->counts == COUNTS_MOST)
            return;
        channel->profile[outcome->counts++] =
            (struct count){.object = object, .thread = thread->number};
        slots[slot] = (uint16_t)outcome->counts;
    }
    count = &channel->profile[slots[slot] - 1];
    count->times++;
    count->changes += !thread->operation.reads;
}

void profile_count(const struct thread *thread) {
    if (!thread->operation.object)
        return;
    count(thread, thread->operation.object->address);
    count(thread, PROFILE_NESTED);
}
