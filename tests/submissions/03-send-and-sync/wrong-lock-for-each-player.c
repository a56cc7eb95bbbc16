/* The student takes the lock for each player anew. So the points are compared with those of another time. */
/* verdict: wrong-result */
#include "exercise.h"
#include "thread_safety.h"

static struct lock board = LOCK_INITIALIZER;
static int points_of[PLAYERS] GUARDED_BY(board);

void board_add(int player, int points) {
    lock_acquire(&board);
    points_of[player] += points;
    lock_release(&board);
}

int board_points(int player) {
    lock_acquire(&board);
    int points = points_of[player];
    lock_release(&board);
    return points;
}

int board_leader(void) {
    int best = -1, most = 0;
    for (int i = 0; i < PLAYERS; i++) {
        int points = board_points(i);
        if (points > most) {
            most = points;
            best = i;
        }
    }
    return best;
}
