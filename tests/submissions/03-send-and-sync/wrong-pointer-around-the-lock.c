/* Looks at the points through a pointer, where the analysis does not follow. */
/* verdict: data-race */
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
    lock_acquire(&board);
    points_of[player] += points; /* fault: data-race */
    lock_release(&board);
}

int board_points(int player) {
    const int *all = points_of;

    return all[player]; /* fault: data-race */
}

int board_leader(void) {
    lock_acquire(&board);
    int leader = find_best();
    lock_release(&board);
    return leader;
}
