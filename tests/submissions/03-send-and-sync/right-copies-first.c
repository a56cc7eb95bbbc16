/* Copies all points under the lock, and compares the copies without it. */
/* verdict: clean */
#include <string.h>

#include "exercise.h"
#include "thread_safety.h"

static struct lock board = LOCK_INITIALIZER;
static int points_of[PLAYERS] GUARDED_BY(board);

static void copy_points(int copy[PLAYERS]) {
    lock_acquire(&board);
    memcpy(copy, points_of, sizeof points_of);
    lock_release(&board);
}

void board_add(int player, int points) {
    lock_acquire(&board);
    points_of[player] += points;
    lock_release(&board);
}

int board_points(int player) {
    int copy[PLAYERS];

    copy_points(copy);
    return copy[player];
}

int board_leader(void) {
    int copy[PLAYERS];
    int best = 0;

    copy_points(copy);
    for (int i = 1; i < PLAYERS; i++) {
        if (copy[i] > copy[best]) {
            best = i;
        }
    }
    return copy[best] > 0 ? best : -1;
}
