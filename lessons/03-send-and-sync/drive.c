/*
 * Two players play, each in a thread of its own, and look at the board in between. Then one player
 * leads, and one thread adds points for all while another one adds some too and looks who leads.
 */
#include <pthread.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { PLAYING = 2, ROUNDS = 2, LEADER = 1 /* in the end */ };

static int points[PLAYING][ROUNDS]; /* written by main, before the threads start */
static int seen[PLAYING];           /* written by one player, read by main after the joins */
static int leader[PLAYING];

static void *play(void *argument) {
    int me = *(const int *)argument;

    board_add(me, points[me][0]);
    seen[me] = board_points(1 - me);
    leader[me] = board_leader();
    board_add(me, points[me][1]);
    return NULL;
}

static void *add_for_all(void *unused) {
    board_add(LEADER, 100);
    board_add(0, 50); /* more than the leader had before, and less than now */
    board_add(2, 50);
    return unused;
}

static void *look(void *unused) {
    board_add(LEADER, 10); /* the other thread adds to the same points */
    int who = board_leader();

    check(who == LEADER, "player %d was said to lead, and never did", who);
    return unused;
}

int main(void) {
    pthread_t threads[PLAYING];
    int numbers[PLAYING], total[PLAYING];

    check(board_leader() == -1, "there is a leader before the game");
    for (int i = 0; i < PLAYING; i++) {
        numbers[i] = i;
        points[i][0] = 1 + (int)drive_number(9);
        points[i][1] = 1 + (int)drive_number(9);
        total[i] = points[i][0] + points[i][1];
        must(pthread_create(&threads[i], NULL, play, &numbers[i]));
    }
    for (int i = 0; i < PLAYING; i++) {
        must(pthread_join(threads[i], NULL));
    }

    for (int i = 0; i < PLAYING; i++) {
        const int *others = points[1 - i];
        check(board_points(i) == total[i], "player %d has %d points, but made %d", i,
              board_points(i), total[i]);
        check(seen[i] == 0 || seen[i] == others[0] || seen[i] == total[1 - i],
              "player %d had %d points at a time, which cannot be", 1 - i, seen[i]);
        check(leader[i] == 0 || leader[i] == 1, "somebody plays, and the leader is said to be %d",
              leader[i]);
    }
    int best = total[1] > total[0];
    check(board_leader() == best, "player %d leads, and not player %d", best, board_leader());

    board_add(LEADER, 20);
    must(pthread_create(&threads[0], NULL, look, NULL));
    must(pthread_create(&threads[1], NULL, add_for_all, NULL));
    for (int i = 0; i < PLAYING; i++) {
        must(pthread_join(threads[i], NULL));
    }
    int now = board_points(LEADER);
    check(now == total[LEADER] + 130, "player %d has %d points, but made %d", LEADER, now,
          total[LEADER] + 130);
    board_add(PLAYERS - 1, 200);
    check(board_leader() == PLAYERS - 1, "player %d leads, and not player %d", PLAYERS - 1,
          board_leader());
    board_add(LEADER, board_points(PLAYERS - 1) - now);
    check(board_leader() == LEADER, "two have the most points, and player %d leads, not player %d",
          LEADER, board_leader());
    drive_done();
    return 0;
}
