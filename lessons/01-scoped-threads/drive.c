/*
 * Three candidates, and a judge that waits until all three are looked at. Then one candidate alone.
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

static pthread_t main_thread;
static pthread_key_t at_end;   /* has a thread call note_end() as the last thing it does */
static bool ended[CANDIDATES]; /* the thread of this judge; touched as `asked` is */

static void note_end(void *its) {
    bool *end = its;

    *end = true; /* a race with main: find_winner() returned, and this thread was left over */
}

static int judge(int candidate) {
    /* Whoever asks one judge after the other waits here for ever. */
    int last = pthread_barrier_wait(&all_at_work);

    must(last == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : last);
    asked[candidate]++; /* a race with main: find_winner() returned while a judge was at work */
    ended[candidate] = pthread_equal(pthread_self(), main_thread); /* which goes on */
    must(pthread_setspecific(at_end, &ended[candidate]));
    return points[candidate];
}

int main(void) {
    int best = 1 + (int)drive_number(CANDIDATES - 1); /* nobody wins by standing first */

    for (int i = 0; i < CANDIDATES; i++) {
        bool is_as_good = i > best && drive_number(2) == 1;
        points[i] = i == best || is_as_good ? 10 : 1 + (int)drive_number(9);
    }
    main_thread = pthread_self();
    must(pthread_key_create(&at_end, note_end));
    must(pthread_barrier_init(&all_at_work, NULL, CANDIDATES));

    int winner = find_winner(CANDIDATES, judge);
    for (int i = 0; i < CANDIDATES; i++) {
        check(asked[i] == 1, "the judge was asked %d times about candidate %d, not once", asked[i],
              i);
        check(ended[i], "the thread that asked about candidate %d was left over", i);
    }
    check(winner == best, "candidate %d is said to have won, but it is candidate %d", winner, best);
    must(pthread_barrier_destroy(&all_at_work));

    must(pthread_barrier_init(&all_at_work, NULL, 1));
    points[0] = 0;
    winner = find_winner(1, judge);
    check(winner == 0, "candidate %d is said to have won, but there is only candidate 0", winner);
    must(pthread_barrier_destroy(&all_at_work));
    must(pthread_key_delete(at_end));
    drive_done();
    return 0;
}
