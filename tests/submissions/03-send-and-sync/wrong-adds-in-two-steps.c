/* Reads the points with board_points() and writes the sum: each under the lock, not the two as
 * one. */
/* verdict: wrong-result */
#include "exercise.h"
#include "thread_safety.h"

static struct lock board = LOCK_INITIALIZER;
static int points_of[PLAYERS] GUARDED_BY(board);

/* The best of those who have a point, or -1. */
static int find_best(void) REQUIRES(board);

static int find_best(void) {
    int best = -1;

    for (int i = 0; i < PLAYERS; i++) {
        if (points_of[i] > (best == -1 ? 0 : points_of[best])) {
            best = i;
        }
    }
    return best;
}

void board_add(int player, int points) {
    int sum = board_points(player) + points;

    lock_acquire(&board);
    points_of[player] = sum;
    lock_release(&board);
}

int board_points(int player) {
    lock_acquire(&board);
    int points = points_of[player];
    lock_release(&board);
    return points;
}

int board_leader(void) {
    lock_acquire(&board);
    int leader = find_best();
    lock_release(&board);
    return leader;
}
