/* Says that the caller holds the lock. Callers see only exercise.h, and hold nothing. */
/* verdict: data-race wrong-result */
#include "exercise.h"
#include "thread_safety.h"

static struct lock board = LOCK_INITIALIZER;
static int points_of[PLAYERS] GUARDED_BY(board);

/* The best of those who have a point, or -1. */
static int find_best(void) REQUIRES(board);

static int find_best(void) {
    int best = -1;

    for (int i = 0; i < PLAYERS; i++) {
        if (points_of[i] > (best == -1 ? 0 : points_of[best])) { /* fault: data-race */
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

int board_points(int player) REQUIRES(board);
int board_leader(void) REQUIRES(board);

int board_points(int player) {
    return points_of[player]; /* fault: data-race */
}

int board_leader(void) {
    return find_best();
}
