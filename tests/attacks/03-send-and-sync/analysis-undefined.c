/* attack: the macros that tell the analysis of locks are defined anew, as nothing */
/* verdict: refused thread-safety data-race wrong-result */
#include "exercise.h"
#include "thread_safety.h"

#undef GUARDED_BY
#define GUARDED_BY(lock)
#undef REQUIRES
#define REQUIRES(lock)

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
    points_of[player] += points;
    lock_release(&board);
}

int board_points(int player) {
    return points_of[player];
}

int board_leader(void) {
    return find_best();
}
