// Selectively uniform random walk (Zhao, Wolff, Mathur and Roychoudhury, ASPLOS 2025). Each schedule has
// one object in focus, and only the order of the operations on it is chosen with care: the thread that
// makes the next one is drawn with as much weight as it, and the threads that it has yet to create, have
// such operations left, which makes every order equally likely. The others are held back when they come
// to theirs; all other operations happen at random.
#include "profile.h"
#include "rows.h"

static uint64_t focus; // address of the object
static struct thread *intended;
static float left[KIN_MOST]; // of a thread of the profile and all that descends from it

static bool is_shared(const struct count *first, uint32_t threads) {
    uint32_t changes = 0;
    for (uint32_t i = 0; i < threads; i++)
        changes += first[i].changes;
    return threads > 1 && changes;
}

// The counts of one object stand together; how many, from `at` on.
static uint32_t run_length(uint32_t at) {
    uint32_t end = at;
    while (end < channel->plan.counts && channel->profile[end].object == channel->profile[at].object)
        end++;
    return end - at;
}

// The place in the profile of a random object that several threads use, not all only reading.
static bool choose_focus(uint32_t *chosen) {
    unsigned shared = 0;
    for (uint32_t at = 0; at < channel->plan.counts; at += run_length(at))
        if (is_shared(&channel->profile[at], run_length(at)) && strategy_below(++shared) == 0)
            *chosen = at;
    return shared;
}

static void sum_families(void) {
    for (uint32_t number = channel->plan.kin; number-- > 1;) {
        unsigned creator = channel->kin[number].creator;
        if (creator < number)
            left[creator] += left[number];
    }
}

void surw_begin(void) {
    uint32_t at;
    if (!choose_focus(&at))
        return;
    focus = channel->profile[at].object;
    for (uint32_t i = at; i < at + run_length(at); i++)
        if (channel->profile[i].thread < channel->plan.kin)
            left[channel->profile[i].thread] = (float)channel->profile[i].times;
    sum_families();
    self->weight = left[0];
}

// What is intended for one of a family falls to its members by their weights.
void surw_created(struct thread *thread) {
    double family = self->weight;
    if (thread->profiled == UNPROFILED)
        return;
    thread->weight = left[thread->profiled];
    self->weight -= thread->weight;
    if (intended == self && family > 0 &&
        strategy_below(1 << 20) < thread->weight / family * (1 << 20))
        intended = thread;
}

static bool in_focus(const struct thread *thread) {
    const struct object *object = thread->operation.object;
    return object && object->address == focus && profile_matters(thread);
}

// By weight, of all that live.
static struct thread *draw(void) {
    double sum = 0, at;
    for (unsigned i = 0; i < thread_count(); i++)
        if (!thread_numbered(i)->ended)
            sum += thread_numbered(i)->weight;
    at = sum * strategy_below(1 << 30) / (1 << 30);
    for (unsigned i = 0; i < thread_count(); i++) {
        struct thread *thread = thread_numbered(i);
        if (!thread->ended && thread->weight > 0 && (at -= thread->weight) < 0)
            return thread;
    }
    return NULL;
}

static struct thread *draw_among(const struct set *held_back) {
    double sum = 0;
    struct thread *drawn = NULL;
    SET_EACH(held_back, number) {
        struct thread *thread = thread_numbered(number);
        double weight = thread->weight > 1 ? thread->weight : 1;
        sum += weight;
        if (strategy_below(1 << 30) * sum < weight * (1 << 30))
            drawn = thread;
    }
    return drawn;
}

struct thread *surw_choose(const struct set *candidates, struct thread *current) {
    struct set free;
    if (!focus)
        return random_choose(candidates, current);
    if (!intended || intended->ended)
        intended = draw();
    free.words = candidates->words;
    free.count = candidates->count;
    memcpy(free.bits, candidates->bits, free.words * sizeof free.bits[0]);
    SET_EACH(candidates, number)
        if (intended && number != intended->number && in_focus(thread_numbered(number)))
            set_put(&free, number, false);
    if (!free.count) // the intended one cannot come to its operation before another
        return intended = draw_among(candidates);
    return random_choose(&free, current);
}

void surw_moved(struct thread *thread) {
    if (!focus || !in_focus(thread))
        return;
    thread->weight -= thread->weight >= 1;
    intended = NULL;
}
