/*
 * Two guests dance, each in a thread of its own; one of them brings a friend. The host, main, may leave
 * before them. Then there is another party, with the host alone.
 */
#include <pthread.h>
#include <stdbool.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { GUESTS = 2 };

static struct party *party;
static int dances[GUESTS]; /* each written by one guest, and read when the lights go out */
static int planned[GUESTS];
static int times_out; /* touched by the last guest, and by main after the joins */

static void lights_out(void) {
    /* A race here: the party did not make what a guest did happen before the lights go out. */
    for (int i = 0; i < GUESTS; i++) {
        check(dances[i] == planned[i], "the lights went out before guest %d had left", i);
    }
    times_out++;
}

static void *dance(void *argument) {
    int me = *(const int *)argument;
    bool has_friend = me == 0;

    if (has_friend) {
        party_bring(party);
    }
    dances[me] = planned[me];
    party_leave(party);
    if (has_friend) {
        party_leave(party); /* the friend */
    }
    return NULL;
}

int main(void) {
    pthread_t threads[GUESTS];
    int numbers[GUESTS];
    bool host_leaves_last = drive_number(4) == 0;

    party = party_new(lights_out);
    for (int i = 0; i < GUESTS; i++) {
        numbers[i] = i;
        planned[i] = 1 + (int)drive_number(9);
        party_bring(party);
        must(pthread_create(&threads[i], NULL, dance, &numbers[i]));
    }
    if (!host_leaves_last) {
        party_leave(party);
    }
    for (int i = 0; i < GUESTS; i++) {
        must(pthread_join(threads[i], NULL));
    }
    if (host_leaves_last) {
        check(times_out == 0, "the lights went out before the host had left");
        party_leave(party);
    }
    check(times_out == 1, "the lights went out %d times, not once", times_out);

    party = party_new(lights_out);
    party_leave(party);
    check(times_out == 2, "the lights of a second party went out %d times, not once",
          times_out - 1);
    party = NULL; /* what nobody has freed is a leak, and no longer reachable from here */
    drive_done();
    return 0;
}
