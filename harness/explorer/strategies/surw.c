// Selectively uniform random walk (Zhao, Wolff, Mathur and Roychoudhury, ASPLOS 2025). Each schedule has
// one object in focus, and only the order of the operations on it is chosen with care: the thread that
// makes the next one is drawn with as much weight as it, and the threads that it has yet to create, have
// such operations left, which makes every order equally likely. The others are held back when they come
// to theirs; all other operations happen at random.
//
// Two additions of ours, each in some of the schedules. A patient one draws only when all that can run
// have come to such an operation, so that what they do before it is done. And one that goes by kinds
// draws first among the functions that the threads run: of a hundred that do the same and one that does
// something else, that one is worth as much as all the others.
#include "profile.h"
#include "rows.h"

static uint64_t focus; // address of the object
static bool patient, by_kinds;
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
    while (end < channel->plan.counts &&
           channel->profile[end].object == channel->profile[at].object)
        end++;
    return end - at;
}

// The place in the profile of a random object that several threads use, not all only reading. Where
// locks are taken while others are held, that is in focus in every fourth schedule.
static bool choose_focus(uint32_t *chosen) {
    unsigned shared = 0;
    for (uint32_t at = 0; at < channel->plan.counts; at += run_length(at))
        if (is_shared(&channel->profile[at], run_length(at)) && strategy_below(++shared) == 0)
            *chosen = at;
    bool nested = shared && channel->profile[0].object == PROFILE_NESTED &&
                  is_shared(&channel->profile[0], run_length(0));
    if (nested && strategy_below(4) == 0)
        *chosen = 0;
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
    patient = strategy_below(2);
    by_kinds = patient && strategy_below(2);
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

// One of the functions that they run, each as likely as any other.
static void *(*any_kind(const struct set *set))(void *) {
    enum { KINDS_MOST = 16 };
    void *(*kinds[KINDS_MOST])(void *);
    unsigned count = 0;
    SET_EACH(set, number) {
        unsigned i = 0;
        while (i < count && kinds[i] != thread_numbered(number)->function)
            i++;
        if (i == count && count < KINDS_MOST)
            kinds[count++] = thread_numbered(number)->function;
    }
    return kinds[strategy_below(count)];
}

static struct thread *draw_among(const struct set *held_back) {
    void *(*kind)(void *) = by_kinds ? any_kind(held_back) : NULL;
    double sum = 0;
    struct thread *drawn = NULL;
    SET_EACH(held_back, number) {
        struct thread *thread = thread_numbered(number);
        if (by_kinds && thread->function != kind)
            continue;
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
    if (!patient && (!intended || intended->ended))
        intended = draw();
    free.words = candidates->words;
    free.count = candidates->count;
    memcpy(free.bits, candidates->bits, free.words * sizeof free.bits[0]);
    SET_EACH(candidates, number)
        if ((patient || intended) && thread_numbered(number) != intended &&
            profile_matters(thread_numbered(number), focus))
            set_put(&free, number, false);
    if (!free.count) // the intended one cannot come to its operation before another
        return intended = draw_among(candidates);
    return random_choose(&free, current);
}

void surw_moved(struct thread *thread) {
    if (!focus || !profile_matters(thread, focus))
        return;
    thread->weight -= thread->weight >= 1;
    intended = NULL;
}
