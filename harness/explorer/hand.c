#include "hand.h"

#include "report.h"
#include "stuck.h"

#include <stdio.h>

enum { TOLD_MOST = 200 }; // threads

static uint32_t times_done; // operations of plan.hand_thread

static bool is_possible(const struct choice *choice) {
    return choice->thread && choose_can(choice->thread->number, choice->way);
}

// The plan's thread goes on, as long as it can.
static bool follow_thread(struct choice *choice) {
    const struct plan *plan = &channel->plan;
    const enum way way = times_done ? WAY_GO : (enum way)plan->hand_way;
    *choice = (struct choice){.thread = thread_numbered(plan->hand_thread), .way = way};
    return is_possible(choice);
}

// A wake-up without a cause is possible at any time while a thread waits for a condition, so it can be
// chosen, but is no reason to ask.
static bool find_only_one(struct choice *choice) {
    const struct set *candidates = choose_candidates();
    unsigned count = candidates->count;
    if (count)
        *choice =
            (struct choice){.thread = thread_numbered(set_next(candidates, 0)), .way = WAY_GO};
    SET_EACH(&choices.timed, number)
        if (choose_can(number, WAY_TIME_OUT)) {
            *choice = (struct choice){.thread = thread_numbered(number), .way = WAY_TIME_OUT};
            count++;
        }
    return count == 1;
}

bool hand_goes_on(struct choice *choice) {
    const struct plan *plan = &channel->plan;
    static bool over; // the thread of the plan has gone as far as it should, or could
    uint32_t done = channel->outcome.moves;
    if (plan->hand == HAND_WORD)
        return true;
    if (done < plan->moves) {
        const struct move move = channel->moves[done];
        *choice =
            (struct choice){.thread = thread_numbered(move.thread), .way = (enum way)move.way};
        return is_possible(choice);
    }
    if (!over && times_done < plan->hand_times) {
        if (follow_thread(choice)) {
            times_done++;
            return true;
        }
        if (!times_done)
            return false;
    }
    over = true;
    return !plan->hand_each && find_only_one(choice);
}

void hand_record(struct choice choice) {
    struct outcome *outcome = &channel->outcome;
    if (outcome->moves == DEPARTURES_MOST)
        report_end(END_CUT, 0);
    channel->moved[outcome->moves++] =
        (struct move){(uint16_t)choice.thread->number & 0x3fff, choice.way & 3};
}

static void tell(const struct thread *thread) {
    static const enum way ways[] = {WAY_GO, WAY_TIME_OUT, WAY_SPURIOUS};
    unsigned can = 0;
    uint32_t since;
    const struct thread *holder = stuck_awaited(thread, &since);
    for (int i = 0; i < 3; i++)
        can |= (unsigned)choose_can(thread->number, ways[i]) << ways[i];
    bool ready = set_has(&choices.ready, thread->number);
    report_pending(thread, can, ready && !can, ready ? NULL : holder, since);
}

// What the program has printed so far still lies in its buffer. Nobody is within the stream, since
// threads park before a call.
_Noreturn void hand_ask(const struct thread *current, struct choice usual) {
    struct outcome *outcome = &channel->outcome;
    if (outcome->departures < DEPARTURES_MOST) // it changes nothing, and marks the place
        channel->taken[outcome->departures++] =
            (struct departure){current->steps, (uint16_t)current->number,
                               (uint16_t)usual.thread->number & 0x3fff, usual.way & 3};
    fflush_unlocked(stdout);
    report_question();
    for (unsigned i = 0, told = 0; i < thread_count() && told < TOLD_MOST; i++)
        if (!thread_numbered(i)->ended) {
            tell(thread_numbered(i));
            told++;
        }
    report_question_end();
    report_end(END_ASKS, 0);
}
