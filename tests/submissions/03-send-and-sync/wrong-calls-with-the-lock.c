/* Under the lock, board_leader() calls board_points(), which takes the lock again. */
/* verdict: double-lock */
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
    lock_acquire(&board); /* fault: double-lock */
    int points = points_of[player];
    lock_release(&board);
    return points;
}

int board_leader(void) {
    int leader = -1;
    int most = 0;

    lock_acquire(&board);
    for (int i = 0; i < PLAYERS; i++) {
        if (board_points(i) > most) { /* fault: double-lock */
            most = points_of[i];
            leader = i;
        }
    }
    lock_release(&board);
    return leader;
}
