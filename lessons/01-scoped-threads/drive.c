/*
 * Three candidates, and a judge that waits until all three are looked at.
 */
#include <pthread.h>
#include <stdbool.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { CANDIDATES = 3 };

static pthread_barrier_t all_at_work;
static int points[CANDIDATES];
static int asked[CANDIDATES]; /* how often; each is touched by one judge, and by main afterwards */

static int judge(int candidate) {
    /* Whoever asks one judge after the other waits here for ever. */
    int last = pthread_barrier_wait(&all_at_work);

    must(last == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : last);
    asked[candidate]++; /* a race with main: find_winner() returned while a judge was at work */
    return points[candidate];
}

int main(void) {
    int best = 1 + (int)drive_number(CANDIDATES - 1); /* nobody wins by standing first */

    for (int i = 0; i < CANDIDATES; i++) {
        bool is_as_good = i > best && drive_number(2) == 1;
        points[i] = i == best || is_as_good ? 10 : 1 + (int)drive_number(9);
    }
    must(pthread_barrier_init(&all_at_work, NULL, CANDIDATES));

    int winner = find_winner(CANDIDATES, judge);
    for (int i = 0; i < CANDIDATES; i++) {
        check(asked[i] == 1, "the judge was asked %d times about candidate %d, not once", asked[i],
              i);
    }
    check(winner == best, "candidate %d is said to have won, but it is candidate %d", winner, best);

    must(pthread_barrier_destroy(&all_at_work));
    drive_done();
    return 0;
}
