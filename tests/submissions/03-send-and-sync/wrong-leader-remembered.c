/* Keeps the leader up to date when points are added. Of several that are equal the first to get
 * there leads. */
/* verdict: wrong-result */
#include "exercise.h"
#include "thread_safety.h"

static struct lock board = LOCK_INITIALIZER;
static int points_of[PLAYERS] GUARDED_BY(board);

static int best GUARDED_BY(board) = -1;

void board_add(int player, int points) {
    lock_acquire(&board);
    points_of[player] += points;
    if (best == -1 || points_of[player] > points_of[best]) {
        best = player;
    }
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
    int leader = best;
    lock_release(&board);
    return leader;
}
